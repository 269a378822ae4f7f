"""Python values as plain data (mappings, lists, text, numbers) that say what they were.

`{"(tuple)": [...]}` and `{"(Model)": {...}}` keep apart what YAML would make equal. Ids stay in
the text as tokens here; `normalise` numbers them.
"""

import asyncio
import contextlib
import dataclasses
import datetime as dt
import enum
import inspect
import math
import re
import types
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from decimal import Decimal
from functools import partial
from pathlib import PurePath
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ValidationError

from carve.pins.rules import apply_rules, mask_roots

__all__ = ["SET", "TOKEN", "Plain", "token"]

SET = "(set)"
TOKEN = re.compile("\x00([0-9a-f]{32})\x00")
_DASHED = re.compile(
    r"(?<![0-9A-Fa-f-])[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}(?![0-9A-Fa-f-])"
)
_MARK = re.compile(r"^\\*\([\w.]+\)$")
_CALLABLES = (
    types.FunctionType,
    types.MethodType,
    types.BuiltinFunctionType,
    types.MethodWrapperType,
)
_DEEPEST = 60


def token(value: UUID) -> str:
    """Return the placeholder that stands for `value` until the ids are numbered."""
    return f"\x00{value.hex}\x00"


class Plain:
    """Turns values into plain data; `counts` tells which rule masked how much."""

    def __init__(self, roots: Mapping[str, str], counts: Counter[str]) -> None:
        """Take the folders to mask (folder -> mark) and the counter to fill."""
        self._roots = roots
        self._counts = counts
        self._open: list[int] = []

    def value(self, value: Any) -> Any:
        """Return `value` as plain data; a cycle ends in `<cycle Name>`."""
        if value is None or isinstance(value, bool):
            return value
        for kinds, convert in self._leaves():
            if isinstance(value, kinds):
                return convert(value)
        name = type(value).__name__
        if id(value) in self._open or len(self._open) > _DEEPEST:
            return f"<cycle {name}>" if id(value) in self._open else f"<deep {name}>"
        self._open.append(id(value))
        try:
            return self._whole(value, name)
        finally:
            self._open.pop()

    def text(self, text: str) -> str:
        """Return `text` with folders, ids and everything in the rules masked."""
        text = mask_roots(text.replace("\x00", "\\x00"), self._roots, self._counts)
        return _DASHED.sub(lambda found: token(UUID(found.group())), self._ruled(text))

    def items(self, pairs: Iterable[tuple[Any, Any]]) -> dict[str, Any]:
        """Return a mapping in the order of `pairs`; keys that become equal are numbered."""
        plain: dict[str, Any] = {}
        for raw, value in pairs:
            key, count = (wanted := self._key(raw)), 1
            while key in plain:
                count += 1
                key = f"{wanted} #{count}"
            plain[key] = self.value(value)
        return plain

    def _leaves(self) -> tuple[tuple[Any, Callable[[Any], Any]], ...]:
        return (
            (enum.Enum, lambda value: f"{type(value).__name__}.{value.name}"),
            (str, lambda value: self.text(str(value))),
            (int, int),
            (float, self._float),
            (UUID, self._id),
            ((dt.datetime, dt.date, dt.time), lambda value: value.isoformat()),
            (dt.timedelta, lambda value: f"<timedelta {value.total_seconds():g} s>"),
            (Decimal, lambda value: f"<Decimal {value}>"),
            (PurePath, lambda value: {"(path)": self.text(str(value))}),
            ((bytes, bytearray), self._bytes),
            (type, lambda value: f"<class {value.__name__}>"),
            (partial, lambda value: f"<partial {self._last_name(value.func)}>"),
            (_CALLABLES, lambda value: f"<callable {self._last_name(value)}>"),
            (types.ModuleType, lambda value: f"<module {value.__name__.rpartition('.')[2]}>"),
            ((types.CoroutineType, types.GeneratorType, types.AsyncGeneratorType), self._running),
            ((asyncio.Future, range, complex), self._other),
        )

    def _whole(self, value: Any, name: str) -> Any:
        if isinstance(value, BaseException):
            return self.error(value)
        if (fields := _fields(value)) is not None:
            return {f"({name})": self._sorted(fields)}
        if isinstance(value, Mapping):
            plain = self._sorted(value)
            return plain if type(value) is dict else {f"({name})": plain}
        if isinstance(value, AbstractSet):
            return {SET: [self.value(each) for each in value]}
        if isinstance(value, Sequence) or name == "deque":
            plain_list = [self.value(each) for each in value]
            return plain_list if type(value) is list else {f"({name})": plain_list}
        return f"<{name}>"

    def error(self, error: BaseException) -> dict[str, Any]:
        """Return type, code, message, context and cause of `error`, as far as it has them."""
        facts: dict[str, Any] = {"type": type(error).__name__}
        code = getattr(error, "error_code", getattr(error, "code", None))
        if code is not None:
            facts["code"] = self.value(code)
        facts["message"] = self.text(str(error))
        if isinstance(error, ValidationError):
            found = error.errors(include_url=False, include_context=False, include_input=False)
            facts["errors"] = [
                {"loc": list(map(str, each["loc"])), "type": each["type"]} for each in found
            ]
        if context := getattr(error, "context", None):
            facts["context"] = self.value(context)
        if isinstance(error, BaseExceptionGroup):
            facts["errors"] = [self.error(each) for each in error.exceptions]
        if error.__cause__ is not None and error.__cause__ is not error:
            facts["cause"] = self.value(error.__cause__)
        return facts

    def _sorted(self, mapping: Mapping[Any, Any]) -> dict[str, Any]:
        # Moved attributes and fields come in another order, so order is not compared; keys that
        # hold ids keep theirs, as their text is random.
        def place(pair: tuple[Any, Any]) -> str:
            return TOKEN.sub("<id>", self._key(pair[0], quiet=True))

        return self.items(sorted(mapping.items(), key=place))

    def _key(self, key: Any, *, quiet: bool = False) -> str:
        counts, self._counts = self._counts, Counter() if quiet else self._counts
        try:
            if isinstance(key, str) and not isinstance(key, enum.Enum):
                text = self.text(str(key))
                return f"\\{text}" if _MARK.match(text) else text
            if isinstance(key, UUID | enum.Enum):
                return str(self.value(key))
            plain = self.value(key)
            return plain if isinstance(plain, str) else f"<{type(key).__name__} {plain}>"
        finally:
            self._counts = counts

    def _ruled(self, text: str) -> str:
        return apply_rules(text, self._counts)

    def _id(self, value: UUID) -> str | None:
        return token(value)

    def _float(self, value: float) -> float | str | None:
        if not math.isfinite(value):
            return f"<float {value}>"
        short = float(f"{value:.12g}")
        if short != value:
            self._counts["float noise"] += 1
        snapped = round(short, 3)
        if snapped != short and abs(snapped - short) <= 1e-5 * abs(short):
            self._counts["clock noise"] += 1
            return snapped
        return short + 0.0  # turns a negative zero into zero

    def _bytes(self, value: bytes | bytearray) -> dict[str, str]:
        try:
            return {f"({type(value).__name__})": self.text(value.decode())}
        except UnicodeDecodeError:
            return {f"({type(value).__name__})": f"<hex {bytes(value).hex(' ')}>"}

    def _last_name(self, value: Any) -> str:
        return self._name(str(getattr(value, "__qualname__", None) or type(value).__name__))

    def _name(self, name: str) -> str:
        if "." in name:
            self._counts["owner of a callable"] += 1
        return name.rpartition(".")[2]

    def _running(self, value: Any) -> str:
        if inspect.iscoroutine(value) or inspect.isgenerator(value):
            with contextlib.suppress(ValueError, RuntimeError):  # it may be running right now
                value.close()
        return f"<{type(value).__name__} {self._last_name(value)}>"

    def _other(self, value: Any) -> str:
        return f"<{type(value).__name__}>" if isinstance(value, asyncio.Future) else f"<{value!r}>"


def _fields(value: Any) -> dict[str, Any] | None:
    if isinstance(value, BaseModel):
        known = {key: getattr(value, key, None) for key in type(value).model_fields}
        return {**known, **(value.model_extra or {})}
    if dataclasses.is_dataclass(value):
        return {one.name: getattr(value, one.name, None) for one in dataclasses.fields(value)}
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        return dict(value._asdict())
    return None
