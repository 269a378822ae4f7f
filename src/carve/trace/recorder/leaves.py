"""Values that hold no others: each as one text or number, by its type alone."""

import datetime as dt
import decimal
import enum
import math
import pathlib
import types
import uuid
import zoneinfo
from collections.abc import Callable
from typing import Any

from .once import Once
from .texts import Texts

__all__ = ["leaf_of"]

_BIG = 1 << 63
_LARGE = 1 << 20  # bytes
_SHOWN = 160  # bits
_RUNNING = (types.GeneratorType, types.CoroutineType, types.AsyncGeneratorType)
_CALLABLES = (
    *(types.FunctionType, types.BuiltinFunctionType, types.MethodType),
    *(types.MethodWrapperType, types.MethodDescriptorType, types.WrapperDescriptorType),
)


def _member(value: enum.Enum) -> str:
    own = vars(value)
    return str(own.get("_name_") or own.get("_value_"))


def _int(value: int, texts: Texts) -> Any:
    plain = int.__index__(value)
    if texts.is_now(plain) if abs(plain) < _BIG else False:
        return "<clock>"
    if abs(plain) < _BIG:
        return plain
    bits = plain.bit_length()
    return f"<int {hex(plain >> max(0, bits - _SHOWN))} ... {hex(plain % _BIG)}, {bits} bits>"


def _float(value: float, texts: Texts) -> Any:
    plain = float.__float__(value)
    if not math.isfinite(plain):
        return f"<float {plain}>"
    return "<clock>" if texts.is_now(plain) else float(f"{plain:.12g}")


def _date(value: Any, texts: Texts) -> str:
    if isinstance(value, dt.time):
        plain = dt.time.isoformat(dt.time.replace(value, tzinfo=None))
        return f"<time {plain}{_zone(dt.time.tzinfo.__get__(value))}>"
    zone = _zone(dt.datetime.tzinfo.__get__(value)) if isinstance(value, dt.datetime) else ""
    if texts.is_today(value):
        return f"<clock{zone}>"
    if isinstance(value, dt.datetime):
        plain = dt.datetime.isoformat(dt.datetime.replace(value, tzinfo=None))
        return f"<datetime {plain}{zone}>"
    return f"<date {dt.date.isoformat(value)}>"


def _zone(zone: "dt.tzinfo | None") -> str:
    if zone is None:
        return ""
    known = isinstance(zone, (dt.timezone, zoneinfo.ZoneInfo))
    return f" {zone}" if known else f" {type(zone).__name__}"


def _bytes(value: Any, texts: Texts) -> dict[str, str]:
    kind = bytes if isinstance(value, bytes) else bytearray
    size = kind.__len__(value)
    ends = (slice(None),) if size <= _LARGE else (slice(_LARGE // 2), slice(-_LARGE // 2, None))
    text = "".join(kind.__getitem__(value, each).decode("latin-1") for each in ends)
    told = texts.text(text) + (f" <{size} bytes>" if len(text) < size else "")
    return {f"({type(value).__name__})": told}


def _path(value: pathlib.PurePath, texts: Texts) -> dict[str, str]:
    return {"(path)": texts.text(pathlib.PurePath.__str__(value))}


def _function(value: Any, _texts: Texts) -> str:
    # A method that has moved is called after its new class, so only the last part is told.
    name = getattr(value, "__qualname__", None) or getattr(value, "__name__", "")
    return f"<function {str(name).rpartition('.')[2]}>"


_LEAVES: tuple[tuple[Any, Callable[[Any, Texts], Any]], ...] = (
    (enum.Enum, lambda value, _: f"{type(value).__name__}.{_member(value)}"),
    (str, lambda value, texts: texts.text(str.__str__(value))),
    (int, _int),
    (float, _float),
    ((bytes, bytearray), _bytes),
    (type, lambda value, _: f"<class {type.__dict__['__name__'].__get__(value)}>"),
    (_CALLABLES, _function),
    (types.ModuleType, lambda value, _: f"<module {vars(value).get('__name__')}>"),
    (_RUNNING, lambda value, _: f"<{type(value).__name__} {value.__name__}>"),
    (uuid.UUID, lambda value, texts: texts.id(f"{value.int:032x}")),
    (
        pathlib.PurePath,
        lambda value, texts: {"(path)": texts.text(pathlib.PurePath.__str__(value))},
    ),
    ((dt.date, dt.time), _date),
    (dt.timedelta, lambda value, _: f"<timedelta {dt.timedelta.total_seconds(value):g} s>"),
    (decimal.Decimal, lambda value, _: f"<Decimal {decimal.Decimal.__str__(value)}>"),
    ((complex, range, slice), lambda value, _: f"<{type(value).__name__} {value!r}>"),
)


def _leaf_of(cls: type) -> "Callable[[Any, Texts], Any] | None":
    return next((made for kinds, made in _LEAVES if issubclass(cls, kinds)), None)


# What makes values of a class plain; None for those that may hold others.
leaf_of: Once["Callable[[Any, Texts], Any] | None"] = Once(_leaf_of)
