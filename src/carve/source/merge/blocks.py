"""Which statements of nearly alike blocks belong together; runs of those that do not match."""

import ast
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import product
from math import prod

from carve.source.members import Function
from carve.source.merge.places import BlockKey, Slot

__all__ = ["BlockPlan", "has_docstring"]

_Blocks = tuple[list[ast.stmt], ...]
_Probe = Callable[[BlockKey, int, tuple[ast.stmt, ...]], str]
_Ranges = tuple[tuple[int, int], ...]
_MOST_WAYS = 10_000


@dataclass
class BlockPlan:
    """How each block is divided; `coarsen` answers a place that no hook can be made for.

    At first a hook takes as small a part of an expression as it can, then the whole of it. At
    first neighbours that need a whole one share it. Then each gets its own; then the one that
    cannot have it is joined with the nearest other; in the end the statement that the block
    belongs to becomes part of a run itself.
    """

    _whole: set[BlockKey] = field(default_factory=set)
    _split: set[BlockKey] = field(default_factory=set)
    _given_up: set[BlockKey] = field(default_factory=set)
    _joined: dict[BlockKey, list[Slot]] = field(default_factory=dict)
    _last: dict[BlockKey, tuple[list[Slot], list[str]]] = field(default_factory=dict)

    def slots(self, key: BlockKey, blocks: _Blocks, probe: _Probe) -> list[Slot] | None:
        """Return the block's slots; None when it cannot be divided at all."""
        if key in self._given_up:
            return None
        rows = self._joined.get(key)
        if rows is None:
            rows = _Rows(key, blocks, probe).divided()
        needs = [
            "run" if row.is_run else probe(key, number, tuple(p[0] for p in row.of(blocks)))
            for number, row in enumerate(rows)
        ]
        if key not in self._joined and key not in self._split:
            rows, needs = _together(rows, needs)
        slots = [
            Slot(row.ranges, is_run=need == "run") for row, need in zip(rows, needs, strict=True)
        ]
        slots, needs = _with_anchor(slots, needs)
        self._last[key] = slots, needs
        return slots

    def is_fine(self, key: BlockKey) -> bool:
        """Tell whether hooks may stand for parts of expressions in the block."""
        return key not in self._whole

    def coarsen(self, key: BlockKey, number: int, *, is_run: bool) -> None:
        """Divide the block less finely, because slot `number` cannot be left to a hook."""
        if not is_run and key not in self._whole:
            self._whole.add(key)
            return
        slots, needs = self._last[key]
        others = [index for index, need in enumerate(needs) if need and index != number]
        if key not in self._joined and key not in self._split:
            self._split.add(key)
        elif others:
            nearest = min(others, key=lambda index: (abs(index - number), index))
            start, end = sorted((nearest, number))
            joined = slots[start].joined(slots[end])
            self._joined[key] = [*slots[:start], joined, *slots[end + 1 :]]
        else:
            self._given_up.add(key)


def has_docstring(node: ast.AST) -> bool:
    """Tell whether a function begins with a docstring."""
    return isinstance(node, Function) and ast.get_docstring(node, clean=False) is not None


@dataclass(frozen=True)
class _Rows:
    """Statements of all hosts, laid side by side."""

    key: BlockKey
    blocks: _Blocks
    probe: _Probe

    def divided(self) -> list[Slot]:
        """Return rows of one statement each, and runs of what cannot be paired."""
        shortest = min(map(len, self.blocks))
        if all(len(block) == shortest for block in self.blocks):
            return _rows((0,) * len(self.blocks), shortest)
        head = 0
        while head < shortest and self._needs((head,) * len(self.blocks)) != "run":
            head += 1
        ends = tuple(map(len, self.blocks))
        tail = 0
        while (
            tail < shortest - head and self._needs(tuple(end - tail - 1 for end in ends)) != "run"
        ):
            tail += 1
        middle = tuple((head, end - tail) for end in ends)
        below = tuple(end - tail for end in ends)
        return [
            *_rows((0,) * len(ends), head),
            *self._middle(middle),
            *_rows(below, tail),
        ]

    def _needs(self, at: tuple[int, ...]) -> str:
        row = tuple(block[index] for block, index in zip(self.blocks, at, strict=True))
        return self.probe(self.key, 0, row)

    def _middle(self, ranges: _Ranges) -> list[Slot]:
        """Divide statements of which neither the first nor the last can be paired.

        As in the matching of Ratcliff and Obershelp, the longest row of statements that all
        hosts share is kept, and what is on both sides of it is looked at in the same way.
        """
        if all(start == end for start, end in ranges):
            return []
        length, at = self._longest(ranges)
        if not length:
            return [Slot(ranges, is_run=True)]
        above = tuple((start, first) for (start, _), first in zip(ranges, at, strict=True))
        below = tuple((first + length, end) for (_, end), first in zip(ranges, at, strict=True))
        return [*self._middle(above), *_rows(at, length), *self._middle(below)]

    def _longest(self, ranges: _Ranges) -> tuple[int, tuple[int, ...]]:
        """Return the length of the longest row that all share, and where it begins in each."""
        best: tuple[int, tuple[int, ...]] = (0, ())
        lengths = [end - start for start, end in ranges]
        # Each way to lay the blocks beside each other is tried; longer ones stay undivided.
        if prod(lengths) > _MOST_WAYS:
            return best
        for at in product(*(range(start, end) for start, end in ranges)):
            room = min(end - first for (_, end), first in zip(ranges, at, strict=True))
            length = 0
            while room > best[0] and length < room and self._is_shared(at, length):
                length += 1
            best = max(best, (length, at), key=lambda each: each[0])
        return best

    def _is_shared(self, at: tuple[int, ...], offset: int) -> bool:
        moved = tuple(first + offset for first in at)
        kinds = {type(b[index]) for b, index in zip(self.blocks, moved, strict=True)}
        return len(kinds) == 1 and not self._needs(moved)


def _rows(at: tuple[int, ...], count: int) -> list[Slot]:
    """Return rows of one statement each, from these indexes on."""
    return [Slot(tuple((i + n, i + n + 1) for i in at)) for n in range(count)]


def _together(rows: list[Slot], needs: list[str]) -> tuple[list[Slot], list[str]]:
    """Join neighbours of which nothing can be shared."""
    found: list[Slot] = []
    kinds: list[str] = []
    for row, need in zip(rows, needs, strict=True):
        if kinds and {need, kinds[-1]} <= {"hook", "run"}:
            found[-1], kinds[-1] = found[-1].joined(row), "run"
        else:
            found.append(row)
            kinds.append(need)
    return found, kinds


def _with_anchor(slots: list[Slot], needs: list[str]) -> tuple[list[Slot], list[str]]:
    """Join a run in which the first host has nothing with its neighbour.

    Where a statement follows that all hosts share, the hook can be called before it instead.
    """
    for number, slot in enumerate(slots):
        start, end = slot.ranges[0]
        if not slot.is_run or start != end or len(slots) == 1:
            continue
        if number + 1 < len(slots) and not slots[number + 1].is_run:
            continue
        first, last = (number, number + 1) if number + 1 < len(slots) else (number - 1, number)
        joined = slots[first].joined(slots[last])
        return (
            [*slots[:first], joined, *slots[last + 1 :]],
            [*needs[:first], "run", *needs[last + 1 :]],
        )
    return slots, needs
