"""What a plan leaves behind as evidence: per step what moved and what proved it, per module lines.

Nothing in it depends on the time, the machine or the Python that it was made with.
"""

from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

__all__ = [
    "FATES",
    "FileFacts",
    "LineFacts",
    "LineFate",
    "MemberFacts",
    "ModuleFacts",
    "Move",
    "Proofs",
    "StepFacts",
]

LineFate = Literal["in place", "moved", "rewritten", "dropped"]
FATES: tuple[LineFate, ...] = ("in place", "moved", "rewritten", "dropped")


@dataclass(frozen=True, slots=True)
class Move:
    """Lines that stand elsewhere after a step, byte for byte; first and last line, included."""

    from_path: str
    from_lines: tuple[int, int]
    to_path: str
    to_lines: tuple[int, int]

    def __str__(self) -> str:
        """Return `a.py:1-9 -> b.py:11-19`."""
        return (
            f"{_place(self.from_path, self.from_lines)} -> {_place(self.to_path, self.to_lines)}"
        )


@dataclass(frozen=True, slots=True)
class MemberFacts:
    """One name that a step moved; `lines` of it were found, `moves` say where they went."""

    name: str
    owner: str
    lines: int
    moves: tuple[Move, ...] = ()


@dataclass(frozen=True, slots=True)
class FileFacts:
    """One file that a step wrote, with git's hashes of its content; None: there was no file."""

    path: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Proofs:
    """What was run after a step: how many pins of how many held, and what the tests said."""

    pins: int | None = None
    tests: str | None = None
    of: int | None = None


@dataclass(frozen=True, slots=True)
class StepFacts:
    """One step as it is kept.

    Attributes:
        id: The step's id in the plan.
        kind: The kind of step, as in `do:`.
        title: What it does, in one line.
        why: The reason that the plan gives.
        digest: Changes when the plan says something else of the step.
        state: `done`, or `nothing to do`.
        members: The names that moved.
        moves: All lines that stand elsewhere now, members or not.
        files: The files that were written.
        checks: How many checks had nothing to object.
        asked: Their names, as far as the step tells them.
        tree: The hash of the tree of all files that the plan has written up to here.
        proofs: What was run afterwards; None when nothing was.
    """

    id: str
    kind: str
    title: str
    why: str
    digest: str
    state: str
    members: tuple[MemberFacts, ...] = ()
    moves: tuple[Move, ...] = ()
    files: tuple[FileFacts, ...] = ()
    checks: int = 0
    asked: tuple[str, ...] = ()
    tree: str = ""
    proofs: Proofs | None = None

    def to_json(self) -> dict[str, Any]:
        """Return plain data; moves are text, as a reader would write them."""
        members = [{**asdict(m), "moves": [*map(str, m.moves)]} for m in self.members]
        return {**asdict(self), "members": members, "moves": [*map(str, self.moves)]}


@dataclass(frozen=True, slots=True)
class LineFacts:
    """One line of a module as it was before the first step.

    Attributes:
        line: Its number.
        kind: `code`, `header`, `import`, `docstring`, `comment` or `blank`.
        fate: What became of it.
        step: The step that did this; empty for a line that is in place.
        path: The file that it stands in now; empty when it was dropped.
        now: Its number there; 0 when it was dropped.
        held: The index of the set of scenarios that ran it; None where there is nothing to run.
    """

    line: int
    kind: str
    fate: LineFate
    step: str = ""
    path: str = ""
    now: int = 0
    held: int | None = None


@dataclass(frozen=True, slots=True)
class ModuleFacts:
    """Every line of a module that a plan takes apart.

    Attributes:
        module: Its dotted name.
        path: Its file.
        blob: Git's hash of its content before the first step.
        classes: The classes that steps take members from.
        lines: Its lines, from the first to the last.
        scenarios: The names of the scenarios that ran anything of it.
        sets: Which scenarios ran a line together, as ranges of indexes: `0-4,9`.
        text: The lines' text; not kept, as the hash names it.
    """

    module: str
    path: str
    blob: str
    classes: tuple[str, ...]
    lines: tuple[LineFacts, ...]
    scenarios: tuple[str, ...] = ()
    sets: tuple[str, ...] = ()
    text: tuple[str, ...] = field(default=(), repr=False)

    @property
    def sums(self) -> dict[str, int]:
        """Return how many lines have each fate; together they are all lines."""
        found = Counter(line.fate for line in self.lines)
        return {fate: found[fate] for fate in FATES}

    @property
    def dropped(self) -> dict[str, int]:
        """Return how many lines of each kind were dropped."""
        found = Counter(line.kind for line in self.lines if line.fate == "dropped")
        return dict(sorted(found.items()))

    @property
    def open(self) -> tuple[int, ...]:
        """Return the lines that could run, and that no scenario ran."""
        empty = {number for number, ranges in enumerate(self.sets) if not ranges}
        return tuple(line.line for line in self.lines if line.held in empty)

    def to_json(self) -> dict[str, Any]:
        """Return plain data; each line is one row."""
        return {
            "format": 1,
            "module": self.module,
            "path": self.path,
            "blob": self.blob,
            "classes": list(self.classes),
            "sums": {"lines": len(self.lines), **self.sums},
            "dropped": self.dropped,
            "scenarios": list(self.scenarios),
            "sets": list(self.sets),
            "columns": ["line", "kind", "fate", "step", "path", "now", "held"],
            "rows": [
                [each.line, each.kind, each.fate, each.step, each.path, each.now, each.held]
                for each in self.lines
            ],
        }


def _place(path: str, lines: tuple[int, int]) -> str:
    first, last = lines
    return f"{path}:{first}" if first == last else f"{path}:{first}-{last}"
