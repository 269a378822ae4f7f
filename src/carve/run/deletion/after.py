"""The gates about the tree without a module: no run asks for it, and all pins hold."""

import tempfile
from collections.abc import Iterable
from pathlib import Path

from carve.errors import CarveError
from carve.pins.imports import Import, ImportRequest
from carve.pins.outcome import PinRun, Progress
from carve.pins.run import run_pins
from carve.pins.subjects import NOW
from carve.report.gates import GateRecord
from carve.report.model import Problem, problem_of
from carve.report.terminal import counted
from carve.run.deletion.case import Case
from carve.run.events import Listener

__all__ = ["gates_after"]


def gates_after(case: Case, tree: Path, listener: Listener) -> tuple[GateRecord, GateRecord]:
    """Return the gates `imports` and `pins`, judged in one run of all pins.

    The module must be gone from the tree at `tree`. What is measured here is never remembered.
    """
    listener.phase(case.spec.id, "pins")

    def tell(progress: Progress) -> None:
        listener.pins(progress.index, progress.total)

    with tempfile.TemporaryDirectory(prefix="carve-imports-") as scratch:
        request = ImportRequest(Path(scratch, "imports.jsonl"), (case.module,))
        folder = str(case.plan.verify.pins)
        try:
            run = run_pins(tree, folder=folder, subject=NOW, imports=request, on_scenario=tell)
        except CarveError as error:
            found = request.found()
            pins = _not_run(error)
            total = 0
        else:
            found = request.found()
            pins, total = _pins(run), len(run.results)
    return _imports(case, tree.resolve(), found, total), pins


def _imports(case: Case, tree: Path, found: Iterable[Import], total: int) -> GateRecord:
    places: dict[str, list[str]] = {}
    for each in found:
        places.setdefault(_place(tree, each), []).append(each.scenario)
    problems = tuple(
        Problem(
            f"{case.module} is asked for here: {_when(names)}",
            place or None,
            "let it take what it needs from where that is now",
            "imports",
        )
        for place, names in places.items()
    )
    if problems:
        facts = f"asked for at {counted(len(problems), 'place')}"
        return GateRecord("imports", "open", facts, {"places": len(problems)}, problems)
    if not total:
        return GateRecord("imports", "not known", "the pins did not run to their end")
    facts = f"none of {counted(total, 'scenario')} asks for it"
    return GateRecord("imports", "held", facts, {"scenarios": total})


def _pins(run: PinRun) -> GateRecord:
    total, held = len(run.results), len(run.held)
    figures = {"scenarios": total, "held": held}
    if run.ok:
        return GateRecord("pins", "held", f"all {counted(held, 'pin')} hold without it", figures)
    problems = [
        Problem(
            f"{difference.kind} at {difference.path or 'the whole observation'}: "
            f"{difference.before!r} became {difference.after!r}",
            difference.scenario,
            "what the module did is not done without it",
            "pins",
        )
        for result in run.results
        for difference in result.differences
    ]
    problems += [
        Problem(each.message or each.status, each.scenario, check="pins")
        for each in run.results
        if each.status != "held" and not each.differences
    ]
    problems += [Problem("no scenario writes this pin", o, check="pins") for o in run.orphans]
    facts = f"{held} of {counted(total, 'pin')} hold without it"
    return GateRecord("pins", "open", facts, figures, tuple(problems))


def _not_run(error: CarveError) -> GateRecord:
    said = problem_of(error)
    problem = Problem(said.message, said.where, said.instead, "pins")
    return GateRecord("pins", "open", "the pins cannot be run without it", problems=(problem,))


def _place(tree: Path, found: Import) -> str:
    path = Path(found.file)
    shown = path.relative_to(tree).as_posix() if path.is_relative_to(tree) else found.file
    return f"{shown}:{found.line}" if shown else ""


def _when(scenarios: list[str]) -> str:
    named = sorted({name for name in scenarios if name})
    if not named:
        return "while the scenarios are collected"
    more = f" and {len(named) - 1} more" if len(named) > 1 else ""
    return f"in {named[0]}{more}"
