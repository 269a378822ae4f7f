"""Values as plain data, by their types alone: no `__repr__`, `__eq__` or property is called.

What is new in every run (ids, addresses, folders, the clock) is masked here and nowhere else.
"""

import collections
import datetime as dt
import decimal
import enum
import json
import math
import pathlib
import types
import uuid
from collections.abc import Callable, Iterable
from itertools import islice
from typing import Any

from .names import is_mock, mock_name, mro_of
from .texts import Texts

__all__ = ["Values", "slots_of", "state_of"]

_DEEPEST = 5
_WIDEST = 40
_MOST = 400  # nodes of one value
_BIG = 1 << 63
_SEQUENCES: tuple[Any, ...] = (list, tuple, set, frozenset, collections.deque)
_RUNNING = (types.GeneratorType, types.CoroutineType, types.AsyncGeneratorType)
_CALLABLES = (
    *(types.FunctionType, types.BuiltinFunctionType, types.MethodType),
    *(types.MethodWrapperType, types.MethodDescriptorType, types.WrapperDescriptorType),
)


class Values:
    """Makes plain data; an instance of a class that `stands` accepts is told by its name alone."""

    def __init__(self, texts: Texts, stands: Callable[[type], bool]) -> None:
        """Take what masks texts, and which classes are described elsewhere."""
        self.texts = texts
        self._stands = stands

    def plain(self, value: Any) -> Any:
        """Return data that JSON can hold."""
        try:
            return _Walk(self.texts, self._stands).value(value, 0)
        except Exception:  # noqa: BLE001 - nothing here may reach the code that is traced
            return f"<{type(value).__name__} that cannot be read>"

    def state(self, value: Any) -> dict[str, Any]:
        """Return the attributes of an instance, in the order of their names."""
        return {
            str(key): self.plain(state) for key, state in sorted(state_of(value), key=_by_name)
        }


def state_of(value: Any) -> list[tuple[str, Any]]:
    """Return the attributes that an instance holds itself, in `__dict__` or in slots."""
    try:
        own = object.__getattribute__(value, "__dict__")
    except (AttributeError, TypeError):
        own = {}
    found = list(own.items()) if type(own) is dict else []
    return [*found, *slots_of(value)]


def slots_of(value: Any) -> list[tuple[str, Any]]:
    """Return the slots of an instance that are filled."""
    found = []
    for cls in mro_of(type(value)):
        for name, slot in vars(cls).items():
            # Those of the interpreter itself hold addresses and the like.
            if isinstance(slot, types.MemberDescriptorType) and not name.startswith("__"):
                try:
                    found.append((name, slot.__get__(value)))
                except (AttributeError, TypeError):
                    continue
    return found


class _Walk:
    """One value, with what is left of its budget."""

    def __init__(self, texts: Texts, stands: Callable[[type], bool]) -> None:
        self._texts = texts
        self._stands = stands
        self._left = _MOST
        self._open: set[int] = set()

    def value(self, value: Any, depth: int) -> Any:
        self._left -= 1
        if value is None or value is True or value is False:
            return value
        # What `__class__` says is no concern: a mock with a spec is not what it stands for.
        cls = type(value)
        made = next((made for kinds, made in _LEAVES if issubclass(cls, kinds)), None)
        if made is not None:
            return made(value, self._texts)
        told = self._by_name_alone(value, depth)
        if told:
            return told
        self._open.add(id(value))
        try:
            return self._whole(value, type(value).__name__, depth + 1)
        except RuntimeError:  # another thread changes it right now
            return f"<{type(value).__name__} while it changed>"
        finally:
            self._open.discard(id(value))

    def _by_name_alone(self, value: Any, depth: int) -> str:
        name = type(value).__name__
        if is_mock(value):
            return f"<mock {mock_name(value)}>"
        if self._stands(type(value)):
            return f"<{name}>"
        if id(value) in self._open:
            return f"<cycle {name}>"
        return f"<{name}, deeper>" if depth >= _DEEPEST or self._left <= 0 else ""

    def _whole(self, value: Any, name: str, depth: int) -> Any:
        if issubclass(type(value), dict):
            return self._mapping(value, name, depth)
        for kind in _SEQUENCES:
            if issubclass(type(value), kind):
                plain = self._many(kind.__iter__(value), kind.__len__(value), depth)
                if kind in (set, frozenset):
                    plain = sorted(plain, key=json.dumps)
                return plain if type(value) is list else {f"({name})": plain}
        pairs = sorted(state_of(value), key=_by_name)
        if issubclass(type(value), BaseException):
            pairs = [*_raised(value), *pairs]
        return {f"({name})": self._pairs(pairs, depth)} if pairs else f"<{name}>"

    def _mapping(self, value: Any, name: str, depth: int) -> Any:
        ordered = issubclass(type(value), collections.OrderedDict)
        items = (collections.OrderedDict if ordered else dict).items(value)
        if all(type(key) is str for key, _ in items):
            plain: Any = self._pairs(items, depth)
            return plain if type(value) is dict else {f"({name})": plain}
        some = islice(items, _WIDEST)
        plain = [[self.value(key, depth), self.value(each, depth)] for key, each in some]
        return {f"({name})": plain + _cut(len(items))}

    def _pairs(self, pairs: Iterable[tuple[str, Any]], depth: int) -> dict[str, Any]:
        pairs = list(pairs)
        some = {self._texts.text(str(k)): self.value(v, depth) for k, v in pairs[:_WIDEST]}
        more = _cut(len(pairs))
        return {**some, "...": more[0]} if more else some

    def _many(self, values: Iterable[Any], count: int, depth: int) -> list[Any]:
        return [self.value(each, depth) for each in islice(values, _WIDEST)] + _cut(count)


def _cut(count: int) -> list[str]:
    return [f"<{count} in all>"] if count > _WIDEST else []


def _member(value: enum.Enum) -> str:
    own = vars(value)
    return str(own.get("_name_") or own.get("_value_"))


def _raised(error: BaseException) -> list[tuple[str, Any]]:
    args, cause = (BaseException.__dict__[name].__get__(error) for name in ("args", "__cause__"))
    return [("args", args), *([("cause", cause)] if cause is not None else [])]


def _by_name(pair: tuple[str, Any]) -> str:
    return str(pair[0])


def _int(value: int, texts: Texts) -> Any:
    plain = int.__index__(value)
    if texts.is_now(plain) if abs(plain) < _BIG else False:
        return "<clock>"
    return plain if abs(plain) < _BIG else f"<int {hex(plain)[:80]}>"


def _float(value: float, texts: Texts) -> Any:
    plain = float.__float__(value)
    if not math.isfinite(plain):
        return f"<float {plain}>"
    return "<clock>" if texts.is_now(plain) else float(f"{plain:.12g}")


def _date(value: Any, texts: Texts) -> str:
    if isinstance(value, dt.time):
        return f"<time {dt.time.isoformat(dt.time.replace(value, tzinfo=None))}>"
    if texts.is_today(value):
        return "<clock>"
    if isinstance(value, dt.datetime):
        return f"<datetime {dt.datetime.isoformat(dt.datetime.replace(value, tzinfo=None))}>"
    return f"<date {dt.date.isoformat(value)}>"


def _bytes(value: Any, texts: Texts) -> dict[str, str]:
    return {f"({type(value).__name__})": texts.text(bytes(value).decode("latin-1"))}


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
