"""A walk over an observation that knows each value a rule may mask, and can replace some of them.

The objects stay as they are: a value is replaced on its way into the plain data, in front of every
rule, as if the subject had shown another one.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from carve.pins.normalise import numbered
from carve.pins.plain import Plain

__all__ = ["DROPPED", "Leaf", "leaves", "shown_with"]

_Raw = TypeVar("_Raw")
DROPPED = object()


@dataclass(frozen=True, slots=True)
class Leaf:
    """A value as the subject showed it, what became of it, and how often each rule masked it."""

    raw: Any
    shown: str
    masked: Mapping[str, int]
    in_set: bool


def leaves(observation: Mapping[str, Any], roots: Mapping[str, str]) -> tuple[Leaf, ...]:
    """Return the texts, ids, floats and names of callables in the order of the walk."""
    walk = _Walk(roots, {})
    walk.items(observation.items())
    return tuple(walk.leaves)


def shown_with(
    observation: Mapping[str, Any], roots: Mapping[str, str], planted: Mapping[int, Any]
) -> str:
    """Return what a pin would hold, order included, if other values stood at these places."""
    counts: Counter[str] = Counter()
    return repr(numbered(_Walk(roots, planted).items(observation.items()), counts).data)


class _Walk(Plain):
    def __init__(self, roots: Mapping[str, str], planted: Mapping[int, Any]) -> None:
        super().__init__(roots, Counter())
        self.leaves: list[Leaf] = []
        self._planted = planted
        self._sets = 0
        self._sorting = 0

    def text(self, text: str) -> str:
        return str(self._leaf(text, super().text))

    def _id(self, value: UUID) -> str | None:
        shown: str | None = self._leaf(value, super()._id)
        return shown

    def _float(self, value: float) -> float | str | None:
        shown: float | str | None = self._leaf(value, super()._float)
        return shown

    def _name(self, name: str) -> str:
        return str(self._leaf(name, super()._name))

    def _key(self, key: Any, *, quiet: bool = False) -> str:
        # A key is looked at once to sort it and once to show it; only the latter counts.
        self._sorting += quiet
        try:
            return super()._key(key, quiet=quiet)
        finally:
            self._sorting -= quiet

    def _whole(self, value: Any, name: str) -> Any:
        inside = isinstance(value, AbstractSet)
        self._sets += inside
        try:
            return super()._whole(value, name)
        finally:
            self._sets -= inside

    def _leaf(self, raw: _Raw, convert: Callable[[_Raw], Any]) -> Any:
        if self._sorting:
            return convert(raw)
        outer, self._counts = self._counts, Counter()
        try:
            value = self._planted.get(len(self.leaves), raw)
            shown = None if value is DROPPED else convert(value)
            masked = dict(self._counts)
        finally:
            outer.update(self._counts)
            self._counts = outer
        self.leaves.append(Leaf(raw, str(shown), masked, bool(self._sets)))
        return shown
