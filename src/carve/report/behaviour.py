"""What pins and coverage came to: one data model for terminal and JSON."""

from dataclasses import asdict, dataclass
from typing import Any

__all__ = [
    "AcceptRecord",
    "CoverageRecord",
    "Held",
    "Open",
    "PinsRecord",
    "ScenarioRecord",
]


@dataclass(frozen=True, slots=True)
class ScenarioRecord:
    """One scenario that did not simply hold."""

    scenario: str
    status: str
    message: str = ""
    differences: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class PinsRecord:
    """How the scenarios compare with their pins; `open` are those that did not hold."""

    subject: str
    total: int
    held: int
    open: tuple[ScenarioRecord, ...] = ()
    orphans: tuple[str, ...] = ()
    repeat: int = 1
    seconds: float = 0.0

    @property
    def objected(self) -> bool:
        """Tell whether anything is not as it was pinned."""
        return bool(self.open or self.orphans)

    def to_json(self) -> dict[str, Any]:
        """Return plain data."""
        return {**asdict(self), "open": _flat(self.open)}


@dataclass(frozen=True, slots=True)
class AcceptRecord:
    """What became of the pins of the named scenarios."""

    reason: str
    accepted: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    open: tuple[ScenarioRecord, ...] = ()

    @property
    def objected(self) -> bool:
        """Tell whether a named scenario could not be accepted."""
        return bool(self.open)

    def to_json(self) -> dict[str, Any]:
        """Return plain data."""
        return {**asdict(self), "open": _flat(self.open)}


@dataclass(frozen=True, slots=True)
class Held:
    """A line, and the scenarios that ran it."""

    line: int
    scenarios: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Open:
    """A line that no scenario ran, or with `to` a way out of it that none took."""

    line: int
    code: str
    to: str | None = None


@dataclass(frozen=True, slots=True)
class CoverageRecord:
    """Which lines and branches of a module the pins hold."""

    module: str
    path: str
    lines: tuple[Held, ...]
    open: tuple[Open, ...] = ()
    unreachable: tuple[dict[str, Any], ...] = ()
    stale: tuple[str, ...] = ()
    pins: PinsRecord | None = None

    @property
    def objected(self) -> bool:
        """Tell whether something is open, a list has gone stale, or a pin did not hold."""
        return bool(self.open or self.stale or (self.pins and self.pins.objected))

    def to_json(self) -> dict[str, Any]:
        """Return plain data."""
        return {**asdict(self), "pins": self.pins.to_json() if self.pins else None}


def _flat(scenarios: tuple[ScenarioRecord, ...]) -> list[dict[str, Any]]:
    """Return plain data; a path says as text what its steps say one by one."""
    data = [asdict(each) for each in scenarios]
    for scenario in data:
        for each in scenario["differences"]:
            each.pop("steps", None)
    return data
