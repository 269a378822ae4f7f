"""Values that the interpreter keeps in C: what they hold, asked of their own types alone."""

import functools
import gc
import hashlib
import io
import re
import types
import zoneinfo
from collections.abc import Callable
from typing import Any

from .once import Once

__all__ = ["held_in_c", "memory_of"]

_MOST = 1 << 20  # bytes: of a larger buffer only its shape is told
_WIDEST = 40
_ELEMENT = ("xml.etree.ElementTree", "Element")
_FIELDS: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (functools.partial, ("func", "args", "keywords")),
    (re.Pattern, ("pattern", "flags")),
    (re.Match, ("string", "regs")),
    (types.CellType, ("cell_contents",)),
    (zoneinfo.ZoneInfo, ("key",)),
    (types.GenericAlias, ("__origin__", "__args__")),
)
_VIEWS: tuple[Any, ...] = (
    types.MappingProxyType,
    type({}.keys()),
    type({}.values()),
    type({}.items()),
)
_Pairs = list[tuple[str, Any]]


def held_in_c(value: Any) -> _Pairs:
    """Return what a value of a known kind holds, without running any code of its class."""
    ask = _way_into(type(value))
    return ask(value) if ask else []


def _find_way(cls: type) -> Callable[[Any], _Pairs] | None:
    for kind, names in _FIELDS:
        if issubclass(cls, kind):
            return functools.partial(_fields, kind=kind, names=names)
    for kind, asked in _ASKED:
        if issubclass(cls, kind):
            return asked
    return _element if (cls.__module__, cls.__name__) == _ELEMENT else None


_way_into = Once(_find_way)


def _fields(value: Any, kind: Any, names: tuple[str, ...]) -> _Pairs:
    found = []
    for name in names:
        try:
            found.append((name, kind.__dict__[name].__get__(value)))
        except (AttributeError, KeyError, ValueError):  # an empty cell has no contents
            continue
    return found


def _view(value: Any) -> _Pairs:
    return [("of", each) for each in gc.get_referents(value) if type(each) is dict]


def _stream(value: Any) -> _Pairs:
    kind = io.StringIO if isinstance(value, io.StringIO) else io.BytesIO
    try:
        return [("value", kind.getvalue(value)), ("at", kind.tell(value))]
    except ValueError:
        return [("closed", True)]


def _element(value: Any) -> _Pairs:
    names = ("tag", "attrib", "text", "tail")
    cls = type(value)
    inner = [cls.__getitem__(value, i) for i in range(min(_WIDEST, cls.__len__(value)))]
    return [*_fields(value, cls, names), ("inner", inner), ("count", cls.__len__(value))]


def memory_of(value: Any) -> _Pairs:
    """Tell arrays and the like, of whatever library, by what their memory looks like."""
    if any("__buffer__" in vars(cls) and _is_python(cls) for cls in type(value).__mro__):
        return []
    try:
        view = memoryview(value)
    except (TypeError, ValueError, BufferError, NotImplementedError):
        return []
    with view:
        told: _Pairs = [("format", view.format), ("shape", view.shape)]
        if view.nbytes > _MOST or "O" in (view.format or ""):  # objects are told by addresses
            return told
        return [*told, ("hash", hashlib.sha256(view.tobytes()).hexdigest()[:12])]


def _is_python(cls: type) -> bool:
    return isinstance(vars(cls)["__buffer__"], types.FunctionType)


_ASKED: tuple[tuple[Any, Callable[[Any], _Pairs]], ...] = (
    (_VIEWS, _view),
    ((io.StringIO, io.BytesIO), _stream),
)
