"""What the gates before a deletion came to: one data model, shown on a terminal or as JSON."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from rich.console import Console

from carve.report.model import Problem
from carve.report.problems import show_grouped
from carve.report.terminal import line, safe

__all__ = ["DeletionRecord", "GateRecord", "GateState", "show_gates"]

GateState = Literal["held", "open", "not known", "not asked"]
_STYLES: dict[GateState, str] = {
    "held": "green",
    "open": "bold red",
    "not known": "yellow",
    "not asked": "dim",
}


@dataclass(frozen=True, slots=True)
class GateRecord:
    """One gate.

    Attributes:
        name: What it is called; its problems have it as their `check`, or a part of it.
        state: `held`, `open`, `not known` when nobody has measured, or `not asked`.
        facts: What it came to in a few words.
        figures: The same as numbers.
        problems: What it objects to.
    """

    name: str
    state: GateState
    facts: str
    figures: Mapping[str, Any] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class DeletionRecord:
    """All gates of one module.

    Attributes:
        module: The module that is to go.
        path: Its file.
        when: At which point of the plan that is.
        gates: The gates, in the order in which they are asked.
        notes: Remarks that stop nothing.
        lines: How many of the lines before the first step came to what, by the steps until then.
        seconds: Wall time.
    """

    module: str
    path: str
    when: str
    gates: tuple[GateRecord, ...]
    notes: tuple[str, ...] = ()
    lines: Mapping[str, int] = field(default_factory=dict)
    seconds: float = 0.0

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Return what all gates object to."""
        return tuple(problem for gate in self.gates for problem in gate.problems)

    @property
    def objected(self) -> bool:
        """Tell whether a gate is open."""
        return any(gate.state == "open" for gate in self.gates)

    @property
    def unknown(self) -> tuple[str, ...]:
        """Return the gates that nobody has measured."""
        return tuple(gate.name for gate in self.gates if gate.state == "not known")

    @property
    def told(self) -> tuple[str, ...]:
        """Return what a step's record notes about the gates."""
        names = " and ".join(self.unknown)
        are = "are" if len(self.unknown) > 1 else "is"
        advice = f"{names} {are} not known yet; carve gate {self.module} finds out"
        return (*self.notes, advice) if names else self.notes

    def of(self, name: str) -> GateRecord | None:
        """Return the gate called `name`, if it was asked."""
        return next((gate for gate in self.gates if gate.name == name), None)

    def to_json(self) -> dict[str, Any]:
        """Return plain data."""
        return {**asdict(self), "open": sum(gate.state == "open" for gate in self.gates)}


def show_gates(console: Console, record: DeletionRecord) -> None:
    """Print one line for each gate, then what is objected, then whether the module may go."""
    console.print(line((safe(record.module), "bold"), f"  {safe(record.when)}"), soft_wrap=True)
    for gate in record.gates:
        head = (f"  {gate.state:<9}", _STYLES[gate.state])
        console.print(line(head, f"  {gate.name:<11}  {safe(gate.facts)}"), soft_wrap=True)
    for note in record.notes:
        console.print(line(("  note       ", "dim"), safe(note)), soft_wrap=True)
    if record.problems:
        console.print()
        show_grouped(console, record.problems)
    console.print()
    console.print(_verdict(record), soft_wrap=True)


def _verdict(record: DeletionRecord) -> str:
    open_ones = sum(gate.state == "open" for gate in record.gates)
    name = safe(record.path)
    if open_ones:
        verb = "is" if open_ones == 1 else "are"
        return f"{name} has to stay: {open_ones} of {len(record.gates)} gates {verb} open"
    if record.unknown:
        return f"{name}: nothing speaks against it so far, but not all gates are known"
    return f"{name} may go: every gate that has to be asked holds"
