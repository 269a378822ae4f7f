"""Reads `name:type=default[:ge..le]`, and refuses what could not be a setting."""

import builtins
import keyword
import math
import re
from collections.abc import Iterable
from typing import Final

from omnibase_core.cli.mixins.scaffolding.new_field import Bounds, NewField, Value
from omnibase_core.cli.mixins.scaffolding.wording import plain_text
from omnibase_core.cli.request_error import RequestError
from omnibase_core.discovery.registry_error import nearest
from omnibase_core.models.contracts.subcontracts.model_subcontract_base import (
    ModelSubcontractBase,
)

__all__ = ["read_fields"]

_TYPES: Final = ("bool", "int", "float", "str", "list[str]")
_SYNTAX: Final = re.compile(r"(?P<name>[^:=]*):(?P<type>[^:=]*)=(?P<rest>.*)", re.DOTALL)
_RANGE: Final = re.compile(r"(?P<default>[^:]*):(?P<least>[^:]*?)\.\.(?P<greatest>[^:]*)")
_EXAMPLE: Final = "--field max_calls:int=10:1..1000"
_LONGEST_NAME: Final = 36
_LONGEST_TEXT: Final = 60
_LONGEST_NUMBER: Final = 20
_RESERVED: Final = ("model_", "pydantic_")


def read_fields(texts: Iterable[str], stem: str) -> tuple[NewField, ...]:
    """Return the settings that were asked for, or a switch where none was."""
    fields = tuple(_field(text) for text in texts)
    seen: set[str] = set()
    for each in fields:
        if each.name in seen:
            raise RequestError(f"the field {each.name!r} is given twice", "one of the two")
        seen.add(each.name)
    return fields or (NewField(f"{stem}_enabled", "bool", default=True),)


def _field(text: str) -> NewField:
    found = _SYNTAX.fullmatch(text)
    if not found:
        raise RequestError(f"--field {text!r} is not name:type=default[:ge..le]", _EXAMPLE)
    name, kind, rest = (found[part].strip() for part in ("name", "type", "rest"))
    _refuse_unusable(name)
    if kind not in _TYPES:
        raise RequestError(
            f"the field {name!r} has the unknown type {kind!r}",
            nearest(kind, _TYPES) or f"one of {', '.join(_TYPES)}",
        )
    if kind not in ("int", "float"):
        return NewField(name, kind, _plain(name, kind, rest))
    return _number(name, kind, rest)


def _refuse_unusable(name: str) -> None:
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name) or keyword.iskeyword(name):
        raise RequestError(f"{name!r} is no name for a field", "a name like max_calls")
    if hasattr(builtins, name) or name == "self":
        raise RequestError(f"the field {name!r} would hide a name of Python", f"{name}_value")
    if name.startswith(_RESERVED) or hasattr(ModelSubcontractBase, name):
        raise RequestError(f"{name!r} means something to every model", f"{name}_value")
    if len(name) > _LONGEST_NAME:
        raise RequestError(f"{name!r} has more than {_LONGEST_NAME} letters", "a shorter name")


def _plain(name: str, kind: str, text: str) -> Value:
    if kind == "bool":
        if text.lower() not in ("true", "false"):
            raise RequestError(f"the default of {name!r} is {text!r}", "true or false")
        return text.lower() == "true"
    text = plain_text(f"the default of {name!r}", text)
    parts = [part.strip() for part in text.split(",") if part.strip()]
    # A list has two quotes an item, which are to fit in the line as well.
    if len(text) + (2 * len(parts) if kind != "str" else 0) > _LONGEST_TEXT:
        raise RequestError(f"the default of {name!r} is too long for a line", "a shorter one")
    return text if kind == "str" else parts


def _number(name: str, kind: str, text: str) -> NewField:
    found = _RANGE.fullmatch(text)
    given = found["default"] if found else text
    ends = (found["least"], found["greatest"]) if found else ("", "")
    default = _parsed(name, kind, given)
    bounds = Bounds(*(_parsed(name, kind, end) if end.strip() else None for end in ends))
    if not bounds.hold(default):
        raise RequestError(
            f"the default of {name!r}, {default}, is not within {'..'.join(ends)}",
            "a default within the bounds",
        )
    return NewField(name, kind, default, bounds)


def _parsed(name: str, kind: str, text: str) -> float:
    try:
        value = int(text) if kind == "int" else float(text)
        if math.isfinite(value) and len(repr(value)) <= _LONGEST_NUMBER:
            return value
    except (ValueError, OverflowError):
        pass
    raise RequestError(f"the field {name!r}: {text!r} is no {kind} of sensible length", _EXAMPLE)
