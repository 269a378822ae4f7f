"""What planning a step leads to: edits with the facts about them, or nothing to do."""

from dataclasses import dataclass, field

from carve.workspace import Edit

__all__ = ["Planned", "Skipped"]


@dataclass(frozen=True, slots=True)
class Skipped:
    """The step has nothing to do, and why."""

    reason: str


@dataclass(frozen=True, slots=True)
class Planned:
    """The step's edits, and what they amount to.

    Attributes:
        title: One line for a commit or a table.
        edits: New bytes per file, in the order in which they are written.
        members: The names that move, in the order of the plan.
        lines: How many lines move.
        modules: Dotted names of the modules that have to be importable first in a process.
        checks: How many checks had nothing to object.
        notes: Remarks that are worth reading and stop nothing.
    """

    title: str
    edits: tuple[Edit, ...]
    members: tuple[str, ...]
    lines: int
    modules: tuple[str, ...]
    checks: int = 0
    notes: tuple[str, ...] = field(default=())
