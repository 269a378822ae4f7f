"""Values that change by themselves: what of them is the same in all runs, and is still compared.

Two runs of one tree teach what is loose at a place: the words of a text that change, the keys of a
mapping, the order of a list, or the value as a whole, of which the type remains.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

__all__ = ["Loose", "Path", "differing", "widened"]

Path = tuple[int | str, ...]
_WORD = re.compile(r"-?\d+(?:\.\d+)?(?:e[+-]?\d+)?(?!\w)|\w+|\W")


class _Pair(NamedTuple):
    """Two values that differ, and the way to them."""

    path: Path
    left: Any
    right: Any


@dataclass(frozen=True, slots=True)
class Loose:
    """How a value may change without being a difference.

    Attributes:
        kind: What changes: some words, some keys, the order, the value, or even its type.
        kept: The places of the words, or the keys, that do not.
    """

    kind: Literal["words", "keys", "order", "value", "type"]
    kept: frozenset[Any] = frozenset()

    @property
    def compared(self) -> str:
        """What is compared nevertheless."""
        told = {
            "words": "the other words",
            "keys": "the other keys and how many there are",
            "order": "what it holds, in any order",
            "value": "its type",
        }
        return told.get(self.kind, "nothing")


_VALUE = Loose("value")


def differing(
    left: Any, right: Any, loose: Mapping[Path, Loose], path: Path = ()
) -> Iterator[_Pair]:
    """Yield what differs beyond what is loose, each as deep inside as it can be told."""
    known = loose.get(path)
    if known is not None and not _is_walked(known, left, right):
        if not _agree(known, left, right):
            yield _Pair(path, left, right)
    elif isinstance(left, dict) and isinstance(right, dict):
        yield from _in_dicts(left, right, loose, path)
    elif isinstance(left, list) and isinstance(right, list) and len(left) == len(right):
        if known is None and left != right and _sorted(left) == _sorted(right):
            yield _Pair(path, left, right)
            return
        for place, (one, other) in enumerate(zip(left, right, strict=True)):
            yield from differing(one, other, loose, (*path, place))
    elif (type(left), left) != (type(right), right):
        yield _Pair(path, left, right)


def widened(known: Loose | None, pair: _Pair) -> Loose:
    """Return what is loose where two runs of one tree differ, beyond what was known to be."""
    _, left, right = pair
    if _type(left) != _type(right) or (known and known.kind in ("value", "type")):
        return Loose("type")
    if isinstance(left, str) and (known is None or known.kind == "words"):
        return _words_of(known, left, right)
    if isinstance(left, dict):
        return _keys_of(known, left, right)
    if isinstance(left, list) and known is None and _sorted(left) == _sorted(right):
        return Loose("order")
    return _VALUE


def _is_walked(known: Loose, left: Any, right: Any) -> bool:
    dicts = isinstance(left, dict) and isinstance(right, dict)
    return dicts and known.kind in ("keys", "order")


def _agree(known: Loose, left: Any, right: Any) -> bool:
    if _type(left) != _type(right):
        return known.kind == "type"
    if known.kind == "words" and isinstance(left, str):
        one, other = _WORD.findall(left), _WORD.findall(right)
        return len(one) == len(other) and all(one[at] == other[at] for at in known.kept)
    if known.kind == "order" and isinstance(left, list):
        return _sorted(left) == _sorted(right)
    return known.kind in ("value", "type") or bool(left == right)


def _in_dicts(
    left: dict[str, Any], right: dict[str, Any], loose: Mapping[Path, Loose], path: Path
) -> Iterator[_Pair]:
    known = loose.get(path)
    if known is not None and known.kind == "keys":
        yield from _beside_keys(left, right, loose, path)
        return
    if left.keys() != right.keys() or (known is None and list(left) != list(right)):
        yield _Pair(path, left, right)
    for key, value in left.items():
        if key in right:
            yield from differing(value, right[key], loose, (*path, key))


def _beside_keys(
    left: dict[str, Any], right: dict[str, Any], loose: Mapping[Path, Loose], path: Path
) -> Iterator[_Pair]:
    """Compare what is under the keys that stay, and the rest in the order in which it comes."""
    kept = loose[path].kept
    if not kept <= left.keys() & right.keys() or len(left) != len(right):
        yield _Pair(path, left, right)
        return
    others = [[key for key in each if key not in kept] for each in (left, right)]
    for number, (one, other) in enumerate(zip(*others, strict=True)):
        yield from differing(left[one], right[other], loose, (*path, f"(key {number})"))
    for key in left.keys() & kept:
        yield from differing(left[key], right[key], loose, (*path, key))


def _words_of(known: Loose | None, left: str, right: str) -> Loose:
    one, other = _WORD.findall(left), _WORD.findall(right)
    if len(one) != len(other):
        return _VALUE
    kept = frozenset(at for at, word in enumerate(one) if word == other[at])
    kept = kept & known.kept if known else kept
    return Loose("words", kept) if any(one[at].isalnum() for at in kept) else _VALUE


def _keys_of(known: Loose | None, left: dict[str, Any], right: dict[str, Any]) -> Loose:
    if left.keys() == right.keys() and known is None:
        return Loose("order")
    if len(left) != len(right):
        return _VALUE
    kept = frozenset(left.keys() & right.keys())
    return Loose("keys", kept & known.kept if known and known.kind == "keys" else kept)


def _type(value: Any) -> str:
    return "number" if type(value) in (int, float) else type(value).__name__


def _sorted(values: list[Any]) -> list[str]:
    return sorted(json.dumps(each, sort_keys=True) for each in values)
