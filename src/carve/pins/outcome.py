"""How the scenarios of a run went."""

from dataclasses import dataclass, field
from typing import Any

from carve.pins.compare import Difference

__all__ = ["PinRun", "Progress", "ScenarioResult"]


@dataclass(frozen=True, slots=True)
class ScenarioResult:
    """How one scenario went; `text` is its observation, `masked` what each rule hid in it.

    `scrub` tells which wrong values were planted in it and seen, when that was asked for.
    """

    scenario: str
    status: str
    seconds: float = 0.0
    differences: tuple[Difference, ...] = ()
    message: str = ""
    text: str = ""
    masked: dict[str, int] = field(default_factory=dict)
    scrub: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Progress:
    """One scenario is done: number `index` of `total`."""

    index: int
    total: int
    scenario: str
    status: str


@dataclass(frozen=True, slots=True)
class PinRun:
    """How all scenarios went; `orphans` are pins that no scenario of the whole set writes."""

    results: tuple[ScenarioResult, ...]
    orphans: tuple[str, ...]
    seconds: float

    def having(self, status: str) -> tuple[ScenarioResult, ...]:
        """Return the results with one status."""
        return tuple(each for each in self.results if each.status == status)

    @property
    def held(self) -> tuple[ScenarioResult, ...]:
        """Scenarios that show what was pinned."""
        return self.having("held")

    @property
    def changed(self) -> tuple[ScenarioResult, ...]:
        """Scenarios that show something else."""
        return self.having("changed")

    @property
    def new(self) -> tuple[ScenarioResult, ...]:
        """Scenarios without a pin."""
        return self.having("new")

    @property
    def error(self) -> tuple[ScenarioResult, ...]:
        """Scenarios that could not be run or compared."""
        return self.having("error")

    @property
    def not_reproducible(self) -> tuple[ScenarioResult, ...]:
        """Scenarios that do not show the same twice."""
        return self.having("not reproducible")

    @property
    def missing(self) -> tuple[Difference, ...]:
        """One difference for each pin that no scenario writes."""
        return tuple(Difference("missing", name, "") for name in self.orphans)

    @property
    def differences(self) -> tuple[Difference, ...]:
        """Every difference there is, pins without a scenario last."""
        found = (each for result in self.results for each in result.differences)
        return (*found, *self.missing)

    @property
    def ok(self) -> bool:
        """Tell whether all scenarios held and every pin has a scenario."""
        return not self.orphans and len(self.held) == len(self.results)
