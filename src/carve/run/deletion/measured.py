"""The gates about what a module did before the first step: its lines ran, its faults show."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from carve.errors import CarveError
from carve.mutants.plant import plant
from carve.pins.names import role_of
from carve.pins.recorder import IMPORT
from carve.report.faults import MutationRecord
from carve.report.gates import GateRecord, GateState
from carve.report.model import Problem, problem_of
from carve.repository import Repository
from carve.run.before import materialise
from carve.run.behaviour import Pins, measure
from carve.run.deletion.case import Case
from carve.run.deletion.facts import KINDS, covered, judged
from carve.run.deletion.records import known, remember
from carve.run.events import Listener
from carve.run.mutation import Wanted, judge_mutants
from carve.source.text import Source

__all__ = ["Measuring", "coverage_gate", "mutation_gate"]


@dataclass
class Measuring:
    """Measures on a copy of the tree before the first step, made below `folder` when needed."""

    case: Case
    folder: Path
    listener: Listener
    _tree: Path | None = field(default=None, init=False)

    def coverage(self) -> dict[str, Any]:
        """Return which lines and branches the pins hold."""
        case = self.case
        self.listener.phase(case.spec.id, "coverage")
        found = measure(self._pins(), case.module, case.plan.roots, tell=self.listener.pins)
        if found.pins is not None and found.pins.objected:
            raise CarveError(
                "the pins do not all hold before the first step, so they measure nothing",
                where=case.plan.places.of("verify", "pins"),
                instead="see which with: carve verify --plan PLAN",
            )
        names = {n for line in found.lines for n in line.scenarios if n != IMPORT}
        listed = KINDS["coverage"].listed(case)
        return remember(case, "coverage", covered(found), map(role_of, names), listed)

    def mutation(self) -> dict[str, Any]:
        """Return what became of the mutants."""
        case = self.case
        listed = KINDS["mutation"].listed(case)
        if not _mutants(case):
            nothing = MutationRecord(case.module, str(case.path_before), 0.0, ())
            return remember(case, "mutation", judged(nothing), (), listed)
        self.listener.phase(case.spec.id, "coverage")

        def verdicts(done: int, total: int) -> None:
            self.listener.phase(case.spec.id, "mutants")
            self.listener.pins(done, total)

        cache = _verdicts(case)
        wanted = Wanted(case.module, case.plan.roots, bar=0.0, cache=cache)
        found = judge_mutants(
            self._pins(), wanted, scenarios=self.listener.pins, verdicts=verdicts
        )
        if cache is not None:  # where reports look for the last run
            shutil.copy(cache.with_suffix(".last.json"), cache.parent / f"{case.module}.last.json")
        names = {name for each in found.mutants for name in (each.by, *each.pins) if name}
        return remember(case, "mutation", judged(found), map(role_of, names), listed)

    def _pins(self) -> Pins:
        if self._tree is None:
            self._tree = self.folder.resolve()
            materialise(self.case.repo, self.case.plan, self._tree)
        return Pins(self._tree, str(self.case.home), "before")


def coverage_gate(case: Case, measuring: Measuring | None) -> GateRecord:
    """Return whether every line and branch of the module was held before the first step."""
    return _gate(case, "coverage", measuring.coverage if measuring else None)


def mutation_gate(case: Case, measuring: Measuring | None) -> GateRecord:
    """Return whether every mutant of the module was noticed, or is listed with a reason."""
    return _gate(case, "mutation", measuring.mutation if measuring else None)


def _gate(case: Case, what: str, run: Callable[[], dict[str, Any]] | None) -> GateRecord:
    kind = KINDS[what]
    try:
        found = known(case, what, kind.listed(case))
        if found is None and run is not None:
            found = run()
    except CarveError as error:
        said = problem_of(error)
        problem = Problem(said.message, said.where, said.instead, what)
        return GateRecord(what, "open", said.message, problems=(problem,))
    if found is None:
        return GateRecord(what, "not known", "not measured as things are now")
    problems = tuple(kind.problems(case, found))
    figures = {key: value for key, value in found.items() if isinstance(value, int)}
    state: GateState = "open" if problems else "held"
    return GateRecord(what, state, kind.told(found), figures, problems)


def _mutants(case: Case) -> bool:
    path = str(case.path_before)
    return bool(plant(Source.decode(path, case.before.read(path) or b"")).mutants)


def _verdicts(case: Case) -> Path | None:
    """Return where verdicts are kept: an interrupted run goes on, and nothing old is believed."""
    repository = Repository(case.repo)
    if not repository.is_git:
        return None
    folder = repository.common_dir / "carve" / "mutants"
    file = folder / f"{case.module}.{case.key('mutation', case.roles, ())}.jsonl"
    for old in folder.glob(f"{case.module}.????????????????????????????????.*"):
        if not old.name.startswith(file.stem):
            old.unlink()
    return file
