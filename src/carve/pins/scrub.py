"""Measure what the rules hide: plant wrong values in an observation and see whether they show.

For each rule some of the values that it masked are exchanged, replaced or dropped, and the
observation is normalised anew. What does not show although the rule promises it is a finding.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, islice
from typing import Any
from uuid import UUID

from carve.pins.plain import TOKEN
from carve.pins.planting import ASPECTS, DASHED, FRESH, KINDS, pieces
from carve.pins.walk import DROPPED, Leaf, leaves, shown_with

__all__ = ["measure"]

_MOST = 2
_MOST_PAIRS = 400
_EXCERPT = 120
_FLOATS = ("clock noise", "float noise")
_Plant = dict[int, Any]


def measure(observation: Mapping[str, Any], roots: Mapping[str, str]) -> dict[str, Any]:
    """Return per rule and aspect how many wrong values were planted and seen.

    `{"planted": {rule: {aspect: [planted, seen]}}, "unseen": [...]}`; an unseen one says where.
    """
    found = leaves(observation, roots)
    usual = shown_with(observation, roots, {})
    planted: dict[str, dict[str, list[int]]] = {}
    unseen: list[dict[str, str]] = []
    for rule, makers in _Planter(found, roots).rules():
        for aspect in ASPECTS:
            if aspect in KINDS[rule].hides:
                continue
            for plant in islice(makers[aspect](), _MOST):
                seen = shown_with(observation, roots, plant) != usual
                count = planted.setdefault(rule, {}).setdefault(aspect, [0, 0])
                count[0] += 1
                count[1] += seen
                if not seen:
                    unseen.append(_told(rule, aspect, plant, found))
    return {"planted": planted, "unseen": unseen}


@dataclass(frozen=True, slots=True)
class _Spot:
    """A masked value: `start` to `end` of the text of a leaf, or all of it."""

    leaf: int
    start: int
    end: int
    value: str


class _Planter:
    """Makes the wrong values; each is a mapping from leaves to what stands there instead."""

    def __init__(self, found: Sequence[Leaf], roots: Mapping[str, str]) -> None:
        self._leaves = found
        self._roots = roots

    def rules(self) -> Iterator[tuple[str, dict[str, Callable[[], Iterator[_Plant]]]]]:
        """Yield each rule that masked something, with a maker for each aspect."""
        ids = self._ids()
        yield "id", self._for_ids(ids)
        for rule in KINDS:
            touched = [n for n, leaf in enumerate(self._leaves) if leaf.masked.get(rule)]
            if touched:
                yield rule, self._for_texts(rule, touched)

    def _for_ids(self, ids: list[_Spot]) -> dict[str, Callable[[], Iterator[_Plant]]]:
        ordered = [spot for spot in ids if not self._leaves[spot.leaf].in_set]
        return {
            "order": lambda: self._swapped_ids(ordered),
            "identity": lambda: self._other_ids(ordered),
            "presence": lambda: (self._put({spot: ""}) for spot in ids),
        }

    def _ids(self) -> list[_Spot]:
        spots = []
        for number, leaf in enumerate(self._leaves):
            if isinstance(leaf.raw, UUID):
                spots.append(_Spot(number, 0, 0, leaf.raw.hex))
            elif isinstance(leaf.raw, str):
                own = [
                    _Spot(number, *found.span(), UUID(found[0]).hex)
                    for found in DASHED.finditer(leaf.raw)
                ]
                # An id inside a text that another rule masks as a whole is gone with it.
                spots += own if len(TOKEN.findall(leaf.shown)) == len(own) else []
        return spots

    def _swapped_ids(self, spots: list[_Spot]) -> Iterator[_Plant]:
        values = [spot.value for spot in spots]
        usual = _pattern(values)
        for one, two in islice(combinations(range(len(spots)), 2), _MOST_PAIRS):
            swapped = list(values)
            swapped[one], swapped[two] = values[two], values[one]
            # Two ids that are interchangeable are so in another run as well.
            if _pattern(swapped) != usual:
                yield self._put({spots[one]: values[two], spots[two]: values[one]})

    def _other_ids(self, spots: list[_Spot]) -> Iterator[_Plant]:
        first: dict[str, _Spot] = {}
        again = [s for s in spots if first.setdefault(s.value, s) is not s]
        yield from (self._put({spot: FRESH.hex}) for spot in again[:1])
        merged = list(first.values())[1:2]
        yield from (self._put({spot: spots[0].value}) for spot in merged)

    def _for_texts(
        self, rule: str, touched: list[int]
    ) -> dict[str, Callable[[], Iterator[_Plant]]]:
        spots = [spot for number in touched for spot in self._spots(rule, number)]
        return {
            "order": lambda: self._exchanged(touched),
            "identity": lambda: self._replaced(rule, spots),
            "presence": lambda: (self._put({spot: ""}) for spot in spots),
        }

    def _spots(self, rule: str, number: int) -> list[_Spot]:
        leaf = self._leaves[number]
        if rule in _FLOATS or rule == "owner of a callable":
            text = str(leaf.raw)
            return [_Spot(number, 0, len(text), text)]
        found = self._folders(leaf.raw) if rule == "path" else pieces(rule, leaf.raw)
        spots = [_Spot(number, *each.span(), each[0]) for each in found if each[0]]
        # What another rule masked before is not this rule's.
        return spots if len(spots) == leaf.masked[rule] else []

    def _folders(self, text: str) -> Iterator["re.Match[str]"]:
        longest = "|".join(map(re.escape, sorted(self._roots, key=len, reverse=True)))
        yield from re.finditer(rf"(?:{longest})(?![\w.-])", text)

    def _exchanged(self, touched: list[int]) -> Iterator[_Plant]:
        places = [number for number in touched if not self._leaves[number].in_set]
        for one, two in islice(combinations(places, 2), _MOST_PAIRS):
            left, right = self._leaves[one], self._leaves[two]
            alike = TOKEN.sub("<id>", left.shown) == TOKEN.sub("<id>", right.shown)
            if not alike and type(left.raw) is type(right.raw):
                yield {one: right.raw, two: left.raw}

    def _replaced(self, rule: str, spots: list[_Spot]) -> Iterator[_Plant]:
        known: set[str] = set()
        again = [s for s in spots if s.value in known or known.add(s.value)]  # type: ignore[func-returns-value]
        for spot in again or spots:
            if rule in _FLOATS:
                raw = self._leaves[spot.leaf].raw
                yield {spot.leaf: raw + max(0.01, abs(raw) / 100)}
            elif rule == "path":
                yield self._put({spot: self._other_folder(spot.value)})
            elif (wrong := KINDS[rule].wrong) is not None:
                yield self._put({spot: wrong(spot.value)})

    def _other_folder(self, folder: str) -> str:
        others = (each for each in self._roots if self._roots[each] != self._roots[folder])
        return next(others, f"{folder}_planted")

    def _put(self, changes: Mapping[_Spot, str]) -> _Plant:
        """Return the plant with each spot's text replaced; nothing in its place drops it."""
        plant: _Plant = {}
        for spot in sorted(changes, key=lambda each: -each.start):
            raw, new = plant.get(spot.leaf, self._leaves[spot.leaf].raw), changes[spot]
            if isinstance(raw, UUID):
                plant[spot.leaf] = UUID(new) if new else DROPPED
            elif isinstance(raw, float):
                plant[spot.leaf] = DROPPED
            else:
                is_id = bool(DASHED.fullmatch(raw[spot.start : spot.end])) and new
                put = str(UUID(new)) if is_id else new
                plant[spot.leaf] = raw[: spot.start] + put + raw[spot.end :]
        return plant


def _pattern(values: Sequence[str]) -> list[int]:
    """Return which of the values are equal, whatever they are."""
    numbers: dict[str, int] = {}
    return [numbers.setdefault(value, len(numbers)) for value in values]


def _told(rule: str, aspect: str, plant: _Plant, found: Sequence[Leaf]) -> dict[str, str]:
    number = min(plant)
    after = "(dropped)" if plant[number] is DROPPED else str(plant[number])
    before = str(found[number].raw)
    return {
        "rule": rule, "aspect": aspect, "before": before[:_EXCERPT], "after": after[:_EXCERPT]
    }  # fmt: skip
