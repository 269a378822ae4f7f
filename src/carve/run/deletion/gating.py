"""Ask the gates of one module as a plan stands: all that comes before its deletion is planned."""

import tempfile
from collections import Counter
from pathlib import Path

from carve.disk import lay
from carve.errors import CarveError, Refused
from carve.plan.load import build_plan
from carve.plan.model import Plan
from carve.plan.nearest import closest
from carve.plan.spec_files import DeleteModuleSpec
from carve.report.evidence import LineFate
from carve.report.gates import DeletionRecord
from carve.run.before import before_tree, materialise
from carve.run.chain import plan_step
from carve.run.deletion.asking import ask
from carve.run.deletion.case import Case
from carve.run.events import Listener
from carve.run.following import Follower
from carve.run.moving import leaving
from carve.run.walk import Stage, walk
from carve.workspace import Workspace

__all__ = ["gate", "plan_of"]

_FATES: tuple[LineFate, ...] = ("moved", "rewritten", "dropped", "in place")


def gate(repo: Path, plan: Plan, module: str, listener: Listener) -> DeletionRecord:
    """Return what every gate says of `module` right before the step that deletes it.

    Without such a step it is asked after all steps. What has not been measured is measured.
    """
    spec = _step(plan, module)
    listener.phase(module, "plan")
    now, follower = _before_step(repo, plan, spec)
    case = Case(repo, plan, spec, now)
    if case.path is None:
        near = closest(module, map(now.name_of, now.python_files()))
        raise CarveError(
            f"there is no module {module!r} at that point of the plan",
            instead=f"did you mean {near!r}?" if near else "name it as package.module",
        )
    planned, _ = plan_step(spec, now, plan)
    with tempfile.TemporaryDirectory(prefix="carve-gate-") as scratch:
        tree = Path(scratch).resolve()
        if plan.verify.pins is not None:
            materialise(repo, plan, tree)
            lay(tree, now.overlay)
        return ask(case, planned, tree, listener, _fates(case, follower))


def plan_of(repo: Path, module: str, folder: str, exclude: tuple[str, ...] = ()) -> Plan:
    """Return the plan that deletes `module` and does nothing else; pins count where there are."""
    roots = ["src"] if (repo / "src").is_dir() else ["."]
    step = {"id": "gate", "do": "delete_module", "module": module, "why": "it is to go"}
    verify = {"verify": {"pins": folder}} if (repo / folder / "pytest.ini").is_file() else {}
    tree = {"format": 1, "roots": roots, "exclude": list(exclude)}
    return build_plan({**tree, "steps": [step], **verify})


def _step(plan: Plan, module: str) -> DeleteModuleSpec:
    for spec in plan.steps:
        if isinstance(spec, DeleteModuleSpec) and spec.module == module:
            return spec
    return DeleteModuleSpec(id="gate", module=module, why="it is to go")


def _before_step(repo: Path, plan: Plan, last: DeleteModuleSpec) -> tuple[Workspace, Follower]:
    """Return the tree right before the step, and where each line has gone until then."""
    now, follower = before_tree(repo, plan), Follower()
    for stage in walk(repo, plan):
        if stage.spec == last:
            return stage.before, follower
        if stage.record.problems:
            first = stage.record.problems[0]
            raise Refused(
                f"step {stage.spec.id!r} before it is refused: {first.message}",
                check=first.check or "plan",
                where=first.where,
                instead="see all of it with: carve check PLAN",
            )
        follower.follow(stage, _leaving(stage))
        now = stage.after
    return now, follower


def _leaving(stage: Stage) -> dict[str, list[range]]:
    found: dict[str, list[range]] = {}
    for name in leaving(stage.spec, stage.before) if stage.planned is not None else ():
        found.setdefault(name.path, []).extend(name.regions)
    return found


def _fates(case: Case, follower: Follower) -> dict[str, int]:
    """Return how many lines of the module came to what, before it is deleted."""
    spots = follower.spots.get(case.path_before or "", [])
    found = Counter(spot.fate for spot in spots)
    return {fate: found[fate] for fate in _FATES} if spots else {}
