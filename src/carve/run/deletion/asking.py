"""Ask every gate that a module has to pass before it may be deleted."""

import tempfile
import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from carve.disk import lay
from carve.gates.destination import find, left_in
from carve.report.gates import DeletionRecord, GateRecord
from carve.report.model import Problem, StepRecord, problem_of
from carve.report.terminal import counted
from carve.run.deletion.after import gates_after
from carve.run.deletion.case import Case
from carve.run.deletion.measured import Measuring, coverage_gate, mutation_gate
from carve.run.events import Listener

__all__ = ["ask", "ask_known", "gated"]

_BEFORE = ("coverage", "mutation")
_AFTER = ("imports", "pins")


def ask(
    case: Case,
    planned: StepRecord,
    tree: Path,
    listener: Listener,
    fates: Mapping[str, int] | None = None,
) -> DeletionRecord:
    """Return what all gates say; whatever is not known is measured.

    `planned` is the step as planned, `tree` a folder with the tree right before the deletion,
    `fates` how many lines of the module came to what by the steps before. The module is away
    from `tree` while the pins run there, and is put back.
    """
    started = time.monotonic()
    gates = _read(case, planned)
    if case.plan.verify.pins is None:
        gates += _without_pins(case)
    else:
        listener.phase(case.spec.id, "gates")
        with tempfile.TemporaryDirectory(prefix="carve-before-") as scratch:
            gates += _before(case, Measuring(case, Path(scratch), listener))
        gates += _after(case, tree, listener)
    return _record(case, gates, time.monotonic() - started, fates or {})


def ask_known(case: Case, planned: StepRecord) -> DeletionRecord:
    """Return what the gates say as far as it can be told without running anything."""
    gates = _read(case, planned)
    if case.plan.verify.pins is None:
        gates += _without_pins(case)
    else:
        unrun = "only a run of the pins tells"
        gates += _before(case, None)
        gates += tuple(GateRecord(name, "not known", unrun) for name in _AFTER)
    return _record(case, gates, 0.0, {})


def gated(record: StepRecord, gates: DeletionRecord) -> StepRecord:
    """Return the step's record with what the gates say: refused while one of them is open."""
    measured = [gate for gate in gates.gates if gate.name in _BEFORE and gate.state == "held"]
    proven = [f"{gate.name}: {gate.facts}" for gate in measured]
    record = replace(record, notes=(*record.notes, *proven, *gates.told))
    if gates.objected:
        return replace(record, state="refused", problems=gates.problems)
    pins = gates.of("pins")
    held = pins.figures.get("held") if pins is not None else None
    return replace(record, pins=held)


def _read(case: Case, planned: StepRecord) -> tuple[GateRecord, ...]:
    """Return the gates that are answered by reading."""
    return _references(planned), _destination(case)


def _references(planned: StepRecord) -> GateRecord:
    found = planned.problems
    if not found:
        return GateRecord("references", "held", "nothing leads to it", {"places": 0})
    facts = f"{counted(len(found), 'place')} still in the way"
    return GateRecord("references", "open", facts, {"places": len(found)}, found)


def _destination(case: Case) -> GateRecord:
    problems = tuple(problem_of(each) for each in find(case.now, case.module, case.spec.loses))
    module = case.now.module_at(case.path) if case.path else None
    left = left_in(module) if module else []
    figures = {"members": len(left), "lines": sum(each.lines for each in left)}
    if problems:
        facts = f"{counted(len(left), 'member')} still in it"
        return GateRecord("destination", "open", facts, figures, problems)
    given_up = counted(len(case.spec.loses), "member") + " given up with a reason"
    facts = given_up if case.spec.loses else "all of its code has another place"
    return GateRecord("destination", "held", facts, figures)


def _without_pins(case: Case) -> tuple[GateRecord, ...]:
    """Return the gates that need pins, in a plan that has none.

    Nothing can show then what the module did. So it goes only when it does nothing, or when the
    plan says why that need not be shown.
    """
    if not case.does_something:
        return _unasked((*_BEFORE, *_AFTER), "nothing but imports is in it")
    if case.spec.unproven is not None:
        return _unasked((*_BEFORE, *_AFTER), "the plan has no pins, and says why")
    problem = Problem(
        f"the plan has no pins, so nothing holds what {case.module} does",
        str(case.spec.place),
        "pin it and name the folder as pins: below verify:, or say under unproven: why it may "
        "go without",
        "pins",
    )
    pins = GateRecord("pins", "open", "the plan has none", problems=(problem,))
    return (*_unasked((*_BEFORE, "imports"), "the plan has no pins"), pins)


def _before(case: Case, measuring: Measuring | None) -> tuple[GateRecord, ...]:
    """Return the gates about what the module did before the first step."""
    if case.path_before is None:
        return _unasked(_BEFORE, "it was not there before the first step")
    if not case.did_something:
        return _unasked(_BEFORE, "nothing but imports was in it before the first step")
    return coverage_gate(case, measuring), mutation_gate(case, measuring)


def _unasked(names: tuple[str, ...], facts: str) -> tuple[GateRecord, ...]:
    return tuple(GateRecord(name, "not asked", facts) for name in names)


def _after(case: Case, tree: Path, listener: Listener) -> tuple[GateRecord, GateRecord]:
    path = str(case.path)
    raw = case.now.read(path)
    lay(tree, {path: None})
    try:
        return gates_after(case, tree, listener)
    finally:
        lay(tree, {path: raw})


def _record(
    case: Case, gates: tuple[GateRecord, ...], seconds: float, fates: Mapping[str, int]
) -> DeletionRecord:
    parts = ", ".join(f"{number:,} {fate}" for fate, number in fates.items() if number)
    notes = [f"lines before step 1: {parts}"] if parts else []
    notes += [f"unproven: {case.spec.unproven}"] if case.spec.unproven else []
    notes += [f"gives up {name}: {reason}" for name, reason in case.spec.loses.items()]
    when = f"before step {case.spec.id}" if case.spec in case.plan.steps else "after all steps"
    return DeletionRecord(
        case.module, str(case.path), when, gates, tuple(notes), dict(fates), round(seconds, 3)
    )
