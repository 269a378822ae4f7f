"""How long each phase of a step takes, told to whoever listens."""

import time
from dataclasses import dataclass, field

from carve.run.events import Listener, Phase

__all__ = ["Phases", "added"]


@dataclass(slots=True)
class Phases:
    """The phases of one step, or of what comes before the first one (`step` is empty)."""

    listener: Listener
    step: str
    _seconds: dict[str, float] = field(default_factory=dict)
    _now: Phase | None = None
    _since: float = 0.0

    def enter(self, phase: Phase) -> None:
        """Begin a phase; the one before it is over."""
        self.leave()
        self.listener.phase(self.step, phase)
        self._now, self._since = phase, time.monotonic()

    def leave(self, seconds: float | None = None) -> None:
        """End the phase; `seconds` tells what it took when it began beside another one."""
        if self._now is not None:
            took = time.monotonic() - self._since if seconds is None else seconds
            self._seconds[self._now] = self._seconds.get(self._now, 0.0) + took
            self._now = None

    def seconds(self) -> dict[str, float]:
        """End the phase and return what each has taken."""
        self.leave()
        return {name: round(seconds, 3) for name, seconds in self._seconds.items()}


def added(*parts: dict[str, float]) -> dict[str, float]:
    """Return the seconds of each phase, summed up."""
    names = dict.fromkeys(name for part in parts for name in part)
    return {name: round(sum(part.get(name, 0.0) for part in parts), 3) for name in names}
