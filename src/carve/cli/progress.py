"""Tells on stderr, while it is a terminal, which step is in which phase."""

import contextlib
import sys
from collections.abc import Sequence
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from carve.report.terminal import safe
from carve.run.events import Phase

__all__ = ["Live"]

_WORDS: dict[Phase, str] = {
    "before": "rebuilding the tree",
    "plan": "planning",
    "gates": "asking the gates",
    "coverage": "measuring which scenario runs which line",
    "mutants": "judging mutants",
    "write": "writing",
    "import": "importing",
    "pins": "comparing pins",
    "tests": "running the tests",
    "commit": "committing",
}


class Live:
    """A listener that shows one line, which is gone when the work is."""

    def __init__(self, steps: Sequence[str] = (), first: str = "") -> None:
        """Take the ids of the steps, and what to show until the first phase."""
        self._steps = list(steps)
        self._head = first
        self.reached = ""
        self._progress = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}", markup=False),
            TimeElapsedColumn(),
            console=Console(stderr=True, highlight=False),
            transient=True,
            disable=not sys.stderr.isatty(),
        )
        self._task = self._progress.add_task(first)

    def __enter__(self) -> Self:
        """Begin to show."""
        self._progress.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Leave the terminal as it was, if it is still there."""
        with contextlib.suppress(OSError):
            self._progress.stop()

    def phase(self, step: str, phase: Phase) -> None:
        """Show that a step enters a phase."""
        number = (
            f"{self._steps.index(step) + 1}/{len(self._steps)} " if step in self._steps else ""
        )
        name = f"{safe(step)}  " if step else "before the first step  "
        self._head = f"{number}{name}{_WORDS[phase]}"
        self._progress.update(self._task, description=self._head)

    def head(self, text: str) -> None:
        """Show what is being done from now on."""
        self._head = text

    def show(self, text: str) -> None:
        """Show at once what is being done from now on."""
        self._head = text
        self._progress.update(self._task, description=text)

    def pins(self, done: int, total: int) -> None:
        """Show how many pins have been compared."""
        self.reached = f"{done} of {total}"
        self._progress.update(self._task, description=f"{self._head} {done}/{total}")
