"""Where each line of a file is after a step: still there, elsewhere, rewritten, or gone.

Text is followed, not intentions: a line counts as moved only where it stands byte for byte.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Literal

from carve.disk import Edit
from carve.errors import Refused
from carve.source.text import Source

__all__ = ["Fate", "fates", "lines_of"]

_WORD = re.compile(r"\w")
_ALIKE = 0.6
# Between the same neighbours a line counts as rewritten although little of it is left.
_SLIGHTLY = 0.25
_MOST_PAIRS = 4000
_Kind = Literal["stays", "moved", "rewritten", "gone"]


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of one line, and where it is now; a line that is gone is nowhere."""

    kind: _Kind
    path: str = ""
    line: int = 0


@dataclass(slots=True)
class _Change:
    """One file of a step: its lines before and after, and what is known about them."""

    path: str
    before: list[str]
    after: list[str]
    found: dict[int, Fate] = field(default_factory=dict)
    fresh: set[int] = field(default_factory=set)
    blocks: list[tuple[range, range]] = field(default_factory=list)
    leaving: set[int] = field(default_factory=set)


def fates(
    edits: Iterable[Edit], leaving: Mapping[str, Iterable[range]]
) -> dict[str, tuple[Fate, ...]]:
    """Return the fate of every line of every file that the edits change, by path.

    `leaving` has the lines of each file that are meant to go. Where a region looks very much like
    what stays beside it, this is what tells the two apart.
    """
    changes = [
        _Change(edit.path, lines_of(edit.path, edit.before), lines_of(edit.path, edit.after))
        for edit in edits
        if edit.before is not None or edit.after is not None
    ]
    for change in changes:
        _compare(change)
        gone = [region for region in leaving.get(change.path, ()) if _mostly_open(change, region)]
        if gone:
            change.leaving.update(line for region in gone for line in region)
            _compare(change)
    fresh = _Fresh.of(changes)
    for change in changes:
        _follow(change, fresh)
        _pair(change)
        _bridge(change, fresh)
    return {
        change.path: tuple(
            change.found.get(number, Fate("gone")) for number in range(1, len(change.before) + 1)
        )
        for change in changes
    }


def lines_of(path: str, raw: bytes | None) -> list[str]:
    """Return the lines without their ends; a file that is no text is taken byte by byte."""
    try:
        source = Source.decode(path, raw or b"")
    except Refused:
        source = Source(path, (raw or b"").decode("latin-1"))
    return [line.rstrip("\r\n") for line in source.lines]


def _compare(change: _Change) -> None:
    """Find what stays where it is; a line that is leaving is like no other."""
    left: list[object] = [
        (number,) if number in change.leaving else line
        for number, line in enumerate(change.before, 1)
    ]
    change.found, change.fresh, change.blocks = {}, set(), []
    for tag, i, i_end, j, j_end in _opcodes(left, list(change.after)):
        if tag == "equal":
            for step in range(i_end - i):
                change.found[i + step + 1] = Fate("stays", change.path, j + step + 1)
        else:
            change.fresh.update(range(j + 1, j_end + 1))
            change.blocks.append((range(i + 1, i_end + 1), range(j + 1, j_end + 1)))


def _opcodes(
    left: Sequence[object], right: Sequence[object]
) -> Iterator[tuple[str, int, int, int, int]]:
    """Yield as difflib does; equal ends are not looked at twice."""
    shorter = min(len(left), len(right))
    head = next((i for i in range(shorter) if left[i] != right[i]), shorter)
    room = shorter - head
    tail = next((i for i in range(room) if left[-1 - i] != right[-1 - i]), room)
    if head:
        yield "equal", 0, head, 0, head
    middle = left[head : len(left) - tail], right[head : len(right) - tail]
    for tag, i, i_end, j, j_end in SequenceMatcher(None, *middle, autojunk=False).get_opcodes():
        yield tag, i + head, i_end + head, j + head, j_end + head
    if tail:
        yield "equal", len(left) - tail, len(left), len(right) - tail, len(right)


def _mostly_open(change: _Change, region: range) -> bool:
    return 2 * sum(number in change.found for number in region) <= len(region)


@dataclass(slots=True)
class _Fresh:
    """The lines that a step has written, and where each text stands among them."""

    files: dict[str, list[str]]
    lines: dict[str, set[int]]
    places: dict[str, list[tuple[str, int]]]

    @classmethod
    def of(cls, changes: Iterable[_Change]) -> "_Fresh":
        """Return what the changes have written."""
        made = cls({}, {}, defaultdict(list))
        for change in changes:
            made.files[change.path] = change.after
            made.lines[change.path] = change.fresh
            for number in sorted(change.fresh):
                made.places[change.after[number - 1]].append((change.path, number))
        return made

    def run(self, change: _Change, start: int, place: tuple[str, int]) -> int:
        """Return how many lines in a row stand at a place, blank ones at the end left out."""
        path, number = place
        after, fresh = self.files[path], self.lines[path]
        length = solid = 0
        while number + length in fresh and start + length <= len(change.before):
            text = change.before[start + length - 1]
            if start + length in change.found or after[number + length - 1] != text:
                break
            length += 1
            solid = length if text.strip() else solid
        return solid


def _follow(change: _Change, fresh: _Fresh) -> None:
    """Find what is elsewhere now: the longest run of the same lines, from each open line on."""
    number = 1
    while number <= len(change.before):
        text = change.before[number - 1]
        places = fresh.places.get(text, []) if text.strip() else []
        if number in change.found or not places:
            number += 1
            continue
        tried = [(fresh.run(change, number, place), place) for place in places]
        length, (path, line) = max(tried, key=lambda each: each[0])
        run = change.before[number - 1 : number - 1 + length]
        # A bracket alone is no line that anybody would miss.
        if not any(map(_WORD.search, run)):
            number += 1
            continue
        for step in range(length):
            change.found[number + step] = Fate("moved", path, line + step)
        number += length


def _bridge(change: _Change, fresh: _Fresh) -> None:
    """Find what is said in other words amid lines that have moved."""
    number = 1
    while number <= len(change.before):
        if number in change.found:
            number += 1
            continue
        end = number
        while end <= len(change.before) and end not in change.found:
            end += 1
        room = _room(change, number, end)
        if room is not None:
            path, lines = room
            there = [line for line in lines if line in fresh.lines[path]]
            least = _SLIGHTLY if len(there) == end - number else _ALIKE
            _match(change, [*range(number, end)], (path, fresh.files[path], there), least)
        number = end


def _room(change: _Change, start: int, end: int) -> tuple[str, range] | None:
    """Return the lines that stand where lines `start` to `end` would, had they moved as well."""
    above, below = change.found.get(start - 1), change.found.get(end)
    if above and above.kind == "moved":
        ended = below and (below.kind, below.path) == ("moved", above.path)
        last = below.line if below and ended else above.line + 1 + end - start
        return above.path, range(above.line + 1, last)
    if below and below.kind == "moved":
        return below.path, range(max(1, below.line - end + start), below.line)
    return None


def _pair(change: _Change) -> None:
    """Find what is said in other words in the same place."""
    taken = {fate.line for fate in change.found.values() if fate.path == change.path}
    for before, after in change.blocks:
        here = [number for number in before if number not in change.leaving]
        there = [number for number in after if number not in taken]
        _match(change, here, (change.path, change.after, there), _ALIKE)


def _match(
    change: _Change, before: list[int], there: tuple[str, list[str], list[int]], least: float
) -> None:
    """Pair each open line with the line most like it, if they are alike enough."""
    path, after, free = there
    mine = [number for number in before if _worth(change, number)]
    if len(mine) * len(free) > _MOST_PAIRS:
        return
    for number in mine:
        text = change.before[number - 1]
        rated = [(_alike(text, after[other - 1], least), -other) for other in free]
        best, other = max(rated, default=(0.0, 0))
        if best >= least:
            change.found[number] = Fate("rewritten", path, -other)
            free.remove(-other)


def _worth(change: _Change, number: int) -> bool:
    return number not in change.found and bool(_WORD.search(change.before[number - 1]))


def _alike(one: str, other: str, least: float) -> float:
    matcher = SequenceMatcher(None, one.strip(), other.strip(), autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() >= least else 0.0
