"""One extraction without a plan: in place, after all checks."""

import time
from dataclasses import replace
from pathlib import Path

from carve.errors import CarveError
from carve.plan.consistency import check_plan
from carve.plan.model import Plan
from carve.plan.tree import check_tree
from carve.report.model import Problem, StepRecord, problems_of
from carve.run.chain import plan_step
from carve.run.settling import changing
from carve.steps.outcome import Planned
from carve.workspace import Workspace

__all__ = ["extract"]


def extract(repo: Path, plan: Plan, *, dry_run: bool) -> StepRecord:
    """Return what the one step of `plan` came to; with `dry_run` nothing is written.

    Both modules are imported in fresh processes afterwards; if one cannot be, all files are put
    back as they were.
    """
    started = time.monotonic()
    check_plan(plan)
    check_tree(plan, repo)
    workspace = Workspace(repo, plan.roots, plan.exclude)
    (spec,) = plan.steps
    record, planned = plan_step(spec, workspace, plan, diffs=dry_run)
    if planned is None or dry_run:
        return record
    problems = _write(workspace, planned)
    record = replace(record, seconds=round(time.monotonic() - started, 3))
    if problems:
        return replace(record, state="failed", problems=problems)
    return replace(record, state="done")


def _write(workspace: Workspace, planned: Planned) -> tuple[Problem, ...]:
    try:
        with changing(workspace.folder, list(planned.edits)):
            workspace.write(planned.edits)
            _require_imports(workspace, planned)
    except _Broken as error:
        return error.problems
    except CarveError as error:
        return problems_of(error)
    return ()


def _require_imports(workspace: Workspace, planned: Planned) -> None:
    from carve.run.proofs import imports  # noqa: PLC0415 - a preview must not wait for it

    broken = imports(workspace.folder, workspace.roots, planned.modules).problems
    if broken:
        raise _Broken(broken)


class _Broken(Exception):  # noqa: N818 - it takes the edits back, and nobody else hears of it
    """A module cannot be imported any more."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__()
        self.problems = problems
