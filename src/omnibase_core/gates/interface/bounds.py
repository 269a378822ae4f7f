"""Compare what two schemas say about the size of a value."""

import math
from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

__all__ = ["KEYWORDS", "bound_changes"]

_UNITS: Final = {"Length": " characters", "Items": " items", "Properties": " entries"}
_LOWEST: Final = ("minimum", "minLength", "minItems", "minProperties")
_HIGHEST: Final = ("maximum", "maxLength", "maxItems", "maxProperties")
_BEYOND: Final = {"minimum": "exclusiveMinimum", "maximum": "exclusiveMaximum"}

KEYWORDS: Final = frozenset((*_LOWEST, *_HIGHEST, *_BEYOND.values()))
"""Everything that a schema can say about it."""


class _Bound(NamedTuple):
    """A bound of how much may be there, with the larger one of two letting in more."""

    room: float
    is_open: bool
    words: str


def bound_changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[str]:
    """Yield each bound that moved, and what that does."""
    for keyword in (*_LOWEST, *_HIGHEST):
        before, after = _bound(old, keyword), _bound(new, keyword)
        if before[:2] == after[:2]:
            continue
        if after[:2] < before[:2]:
            fate = "contracts with values in the gap are refused"
        else:
            fate = "code generated for the old range can meet values it does not know"
        yield f"takes {after.words} now, where it took {before.words}: {fate}"


def _bound(schema: Mapping[str, Any], keyword: str) -> _Bound:
    lower = keyword in _LOWEST
    beyond = _BEYOND.get(keyword, "")
    found = [
        _Bound(-schema[key] if lower else schema[key], key == keyword, _words(schema[key], key))
        for key in (keyword, beyond)
        if key in schema
    ]
    free = f"values however {'small' if lower else 'large'}"
    return min(found, default=_Bound(math.inf, True, free))


def _words(value: float, keyword: str) -> str:
    unit = next((unit for end, unit in _UNITS.items() if keyword.endswith(end)), "")
    if keyword.startswith("exclusive"):
        return f"only {'more' if keyword.endswith('Minimum') else 'less'} than {value}"
    return f"at {'least' if keyword in _LOWEST else 'most'} {value}{unit}"
