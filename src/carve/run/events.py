"""What a run tells while it goes on."""

from dataclasses import dataclass
from typing import Literal, Protocol, get_args

__all__ = ["PHASES", "Listener", "Phase", "Silent"]

Phase = Literal[
    "before",
    "plan",
    "gates",
    "coverage",
    "mutants",
    "write",
    "import",
    "pins",
    "tests",
    "commit",
]
PHASES: tuple[Phase, ...] = get_args(Phase)


class Listener(Protocol):
    """Hears which step is in which phase, and how many pins have been compared."""

    def phase(self, step: str, phase: Phase) -> None:
        """A step enters a phase; `step` is empty for what comes before the first step."""

    def pins(self, done: int, total: int) -> None:
        """So many of the pins have been compared."""


@dataclass(frozen=True, slots=True)
class Silent:
    """A listener for callers that do not listen."""

    def phase(self, step: str, phase: Phase) -> None:
        """Ignore it."""

    def pins(self, done: int, total: int) -> None:
        """Ignore it."""
