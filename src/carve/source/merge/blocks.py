"""Which statements of nearly alike blocks belong together; runs of those that do not match."""

import ast
from collections.abc import Callable
from dataclasses import dataclass, field

from carve.source.members import Function
from carve.source.merge.places import BlockKey, Slot

__all__ = ["BlockPlan", "has_docstring"]

_Blocks = tuple[list[ast.stmt], ...]
_Probe = Callable[[BlockKey, int, tuple[ast.stmt, ...]], str]


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
            rows = _rows(key, blocks, probe)
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


def _rows(key: BlockKey, blocks: _Blocks, probe: _Probe) -> list[Slot]:
    """Return rows of one statement each; what cannot be paired is one run in the middle."""
    shortest = min(map(len, blocks))
    if all(len(block) == shortest for block in blocks):
        return [Slot(((i, i + 1),) * len(blocks)) for i in range(shortest)]

    def fits(offsets: tuple[int, ...]) -> bool:
        row = tuple(block[at] for block, at in zip(blocks, offsets, strict=True))
        return probe(key, 0, row) != "run"

    head = 0
    while head < shortest and fits((head,) * len(blocks)):
        head += 1
    tail = 0
    while tail < shortest - head and fits(tuple(len(b) - tail - 1 for b in blocks)):
        tail += 1
    above = [Slot(((i, i + 1),) * len(blocks)) for i in range(head)]
    middle = Slot(tuple((head, len(block) - tail) for block in blocks), is_run=True)
    below = [
        Slot(tuple((len(block) - i, len(block) - i + 1) for block in blocks))
        for i in range(tail, 0, -1)
    ]
    return [*above, middle, *below]


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
    """Join a run in which the first host has nothing with what follows, or else precedes."""
    for number, slot in enumerate(slots):
        start, end = slot.ranges[0]
        if not slot.is_run or start != end or len(slots) == 1:
            continue
        first, last = (number, number + 1) if number + 1 < len(slots) else (number - 1, number)
        joined = slots[first].joined(slots[last])
        return (
            [*slots[:first], joined, *slots[last + 1 :]],
            [*needs[:first], "run", *needs[last + 1 :]],
        )
    return slots, needs
