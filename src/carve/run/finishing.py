"""What is run once more after the last step of a run: all pins, and the closing tests."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from carve.plan.model import Plan
from carve.report.model import FinalRecord, Problem, StepRecord
from carve.run.affected import EVERYTHING
from carve.run.events import Listener
from carve.run.phases import Phases
from carve.run.proofs import verified

__all__ = ["final_check", "is_owed"]


def is_owed(plan: Plan, steps: Sequence[StepRecord]) -> bool:
    """Tell whether anything is to be run after `steps`, which are done."""
    return _owes_pins(steps) or _owes_tests(plan, steps)


def final_check(
    tree: Path, plan: Plan, steps: Sequence[StepRecord], listener: Listener
) -> FinalRecord | None:
    """Return what was run after the last of `steps`; None when nothing is owed, or one failed."""
    if any(step.problems for step in steps) or not is_owed(plan, steps):
        return None
    pins = _owes_pins(steps)
    tests = plan.verify.all_tests if _owes_tests(plan, steps) else None
    phases = Phases(listener, "after the last step")
    choice = EVERYTHING if pins else None
    proof = verified(tree, plan, phases, choice=choice, tests=tests)
    problems = tuple(map(_told, proof.problems))
    return FinalRecord(steps[-1].id, proof.pins, proof.tests, problems, phases.seconds())


def _owes_pins(steps: Sequence[StepRecord]) -> bool:
    """Tell whether the last step that compared pins has left some out."""
    last = next((step for step in reversed(steps) if step.pins is not None), None)
    return last is not None and bool(last.compared)


def _owes_tests(plan: Plan, steps: Sequence[StepRecord]) -> bool:
    # Half-way the tree is neither what the tests were written for, nor what they are for now.
    return plan.verify.all_tests is not None and len(steps) == len(plan.steps)


def _told(problem: Problem) -> Problem:
    if problem.check != "pins":
        return problem
    known = "no single step was seen to cause it: each had compared what it can affect"
    return replace(
        problem,
        message=f"{problem.where}: {problem.message}; {known}",
        instead=f"{problem.instead}; find the step with carve run PLAN --until ID"
        if problem.instead
        else "find the step with: carve run PLAN --until ID",
    )
