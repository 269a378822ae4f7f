"""What two runs of the same tree agree on; the rest says nothing about a change."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from carve.trace.recording import OUTSIDE, Recording, TestTrace
from carve.trace.shown import place_text

__all__ = ["Stable", "differing", "stable"]

_Path = tuple[int | str, ...]
_MISSING = object()


@dataclass(slots=True)
class Stable:
    """What of one test can be compared.

    Attributes:
        order: Whether the same things happen in the same order.
        outcomes: Whether it ends the same way.
        pieces: Whether other threads do the same.
        values: The places of values that change: number of the event, then the way into it.
        rest: Whether events beyond the limit are the same: by value, by kind.
        left_out: What is not compared, each in words.
    """

    order: bool = True
    outcomes: bool = True
    pieces: bool = True
    values: set[_Path] = field(default_factory=set)
    rest: tuple[bool, bool] = (True, True)
    left_out: list[str] = field(default_factory=list)

    def hides(self, path: _Path) -> bool:
        """Tell whether the value at the path, or one around it, is left out."""
        return any(path[:end] in self.values for end in range(1, len(path) + 1))


def stable(test: str, runs: Sequence[Recording]) -> Stable:
    """Return what all runs agree on in one test."""
    found = Stable()
    first, *others = [run.of(test) for run in runs]
    for other in others:
        _narrow(found, first, other)
        if test == OUTSIDE:
            found.outcomes = True
    return found


def _narrow(found: Stable, one: TestTrace, other: TestTrace) -> None:
    if found.outcomes and one.outcomes != other.outcomes:
        found.outcomes = False
        found.left_out.append("how it ends")
    if found.pieces and _sorted(one.pieces) != _sorted(other.pieces):
        found.pieces = False
        found.left_out.append("what happens on other threads")
    if found.order and one.kinds() != other.kinds():
        found.order = False
        found.left_out.append("the order and the number of its events")
    _narrow_rest(found, one, other)
    if found.order:
        _narrow_values(found, one, other)


def _narrow_rest(found: Stable, one: TestTrace, other: TestTrace) -> None:
    by_value, by_kind = (one.more.get(key) == other.more.get(key) for key in ("full", "kinds"))
    by_kind = by_kind and one.more.get("count") == other.more.get("count")
    if not (by_value and by_kind) and found.rest == (True, True):
        found.left_out.append("values beyond the first events" if by_kind else "later events")
    found.rest = (found.rest[0] and by_value and by_kind, found.rest[1] and by_kind)


def _narrow_values(found: Stable, one: TestTrace, other: TestTrace) -> None:
    for number, (left, right) in enumerate(zip(one.events, other.events, strict=True)):
        for path in differing(left[2], right[2]):
            if (number, *path) not in found.values:
                found.values.add((number, *path))
                found.left_out.append(place_text(left, path).strip())


def differing(left: Any, right: Any, path: _Path = ()) -> Iterator[_Path]:
    """Yield the ways to the values that differ."""
    if isinstance(left, dict) and isinstance(right, dict):
        if list(left) != list(right) and left.keys() == right.keys():
            yield path
            return
        for key in {**left, **right}:
            yield from differing(left.get(key, _MISSING), right.get(key, _MISSING), (*path, key))
    elif isinstance(left, list) and isinstance(right, list) and len(left) == len(right):
        for place, (one, other) in enumerate(zip(left, right, strict=True)):
            yield from differing(one, other, (*path, place))
    elif left is not right and (type(left), left) != (type(right), right):
        yield path


def _sorted(pieces: list[list[Any]]) -> list[str]:
    return sorted(map(repr, pieces))
