"""What a run, a preview or a check came to: one data model for terminal and JSON."""

from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from carve.errors import CarveError, Finding, StepRefused
from carve.report.summary import Summary
from carve.source.merge.telling import Difference

__all__ = [
    "FORMAT",
    "FinalRecord",
    "Problem",
    "RunRecord",
    "State",
    "StepRecord",
    "problem_of",
    "problems_of",
]

FORMAT = 1
State = Literal["pending", "planned", "done", "already done", "nothing to do", "refused", "failed"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One objection: what, where, what next; `check` names the check that objected."""

    message: str
    where: str | None = None
    instead: str | None = None
    check: str | None = None


@dataclass(frozen=True, slots=True)
class StepRecord:
    """One step of a plan: what it moves, and how far it has come.

    Attributes:
        id: The step's id in the plan.
        title: What it does, in one line.
        why: The reason that the plan gives.
        state: How far it has come.
        members: The names that move, in the order of the plan.
        lines: How many lines move.
        target: The class that they move to, as `pkg.mod:Class`.
        files: The files that the step changes or creates.
        diff: The change as a unified diff; empty unless asked for.
        checks: How many checks of carve's own passed.
        pins: How many pins were compared after the step, and held; None when none were.
        pins_of: How many pins there are; those that the step cannot affect were not compared.
        compared: Which were, as roles and modules of scenarios; empty when all were.
        undecided: Why some were of which nobody can tell whether the step affects them.
        tests: The last line that the tests printed; None when none were run.
        seconds: Wall time of the step, verification included.
        phases: Seconds of each phase; pins and tests run side by side, so the sum can be more.
        commit: The commit that holds the step's result.
        tree: The hash of that commit's tree.
        notes: Remarks that stop nothing.
        problems: What was objected.
        differences: Where merged members differed, and what covers it.
    """

    id: str
    title: str
    why: str
    state: State
    members: tuple[str, ...] = ()
    lines: int = 0
    target: str = ""
    files: tuple[str, ...] = ()
    diff: str = ""
    checks: int = 0
    pins: int | None = None
    pins_of: int | None = None
    compared: tuple[str, ...] = ()
    undecided: str = ""
    tests: str | None = None
    seconds: float = 0.0
    phases: dict[str, float] = field(default_factory=dict)
    commit: str | None = None
    tree: str | None = None
    notes: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True)
class FinalRecord:
    """What was run once more after the last step of a run, whatever the steps can affect.

    Attributes:
        step: The id of that step.
        pins: How many pins held; None when the step itself had compared them all.
        tests: The last line that `all_tests` printed; None when they were not run.
        problems: What was objected.
        phases: Seconds of each phase.
    """

    step: str
    pins: int | None = None
    tests: str | None = None
    problems: tuple[Problem, ...] = ()
    phases: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RunRecord:
    """A plan and how far its steps have come.

    Attributes:
        plan: The plan's file, relative to the repository where it lies inside.
        repository: The repository's folder.
        base: The commit that the run started from.
        ref: The git ref that holds the result.
        before: Pins that held on the tree before the first step; None when they were not run.
        steps: The steps, in the order of the plan.
        final: What was run after the last step; None when nothing was.
        drift: Files whose committed text is not what the plan leads to.
        seconds: Wall time of the whole run.
        remarks: Where a resumed run went on, and why there.
        phases: Seconds of each phase, of this run and of those that it went on from.
        summary: What the whole plan comes to; None before its last step is done.
    """

    plan: str
    repository: str
    base: str | None = None
    ref: str | None = None
    before: int | None = None
    steps: tuple[StepRecord, ...] = ()
    final: FinalRecord | None = None
    drift: tuple[str, ...] = ()
    seconds: float = 0.0
    phases: dict[str, float] = field(default_factory=dict)
    summary: Summary | None = None
    remarks: tuple[str, ...] = ()
    format: int = field(default=FORMAT)

    @property
    def objected(self) -> bool:
        """Tell whether anything was refused or failed, which is exit code 1."""
        objected = self.final is not None and bool(self.final.problems)
        return objected or bool(self.drift) or any(step.problems for step in self.steps)

    @property
    def nothing_to_do(self) -> bool:
        """Tell whether no step changed anything."""
        idle = ("already done", "nothing to do")
        return bool(self.steps) and all(step.state in idle for step in self.steps)

    def to_json(self) -> dict[str, Any]:
        """Return plain data; every key is always there."""
        return {"format": self.format, "nothing_to_do": self.nothing_to_do, **asdict(self)}


def problem_of(what: CarveError | Finding) -> Problem:
    """Return an error or a finding as data."""
    where = str(what.where) if what.where else None
    return Problem(what.message, where, what.instead, getattr(what, "check", None) or None)


def problems_of(error: CarveError) -> tuple[Problem, ...]:
    """Return all objections of a refused step, or the one of another error."""
    if isinstance(error, StepRefused):
        return tuple(problem_of(finding) for finding in error.findings)
    return (problem_of(error),)
