"""What planning a step leads to: edits with the facts about them, or nothing to do."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from carve.errors import Finding, Place, Refused, StepRefused
from carve.source.merge.telling import Difference
from carve.workspace import Edit

__all__ = ["Planned", "Skipped", "refuse", "refusing"]


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
        differences: Where merged members differed, and what covers it.
        asked: The names of the checks that had nothing to object, as far as the step tells.
    """

    title: str
    edits: tuple[Edit, ...]
    members: tuple[str, ...]
    lines: int
    modules: tuple[str, ...]
    checks: int = 0
    notes: tuple[str, ...] = field(default=())
    asked: tuple[str, ...] = ()
    differences: tuple[Difference, ...] = ()


@contextmanager
def refusing(step: str) -> Iterator[None]:
    """Let a file that cannot be read or parsed refuse the step."""
    try:
        yield
    except StepRefused:
        raise
    except Refused as error:
        where = error.where or Place("")
        finding = Finding(where.path, where.line, error.message, error.instead or "", error.check)
        raise StepRefused([finding], step=step) from error


def refuse(step: str, findings: Iterable[Finding]) -> None:
    """Refuse the step with all findings, if there is one."""
    found = list(findings)
    if found:
        raise StepRefused(found, step=step)
