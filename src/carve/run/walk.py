"""A plan step by step in memory, with the tree before and after each; nothing is written."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from carve.plan.model import Plan, StepSpec
from carve.report.model import StepRecord
from carve.run.before import before_tree
from carve.run.chain import plan_step
from carve.steps.outcome import Planned
from carve.workspace import Workspace

__all__ = ["Stage", "walk"]


@dataclass(frozen=True, slots=True)
class Stage:
    """One step planned on what the steps before it lead to; `planned` is None without edits."""

    spec: StepSpec
    record: StepRecord
    planned: Planned | None
    before: Workspace
    after: Workspace


def walk(repo: Path, plan: Plan, *, diffs: bool = False) -> Iterator[Stage]:
    """Yield each step; one that is refused is the last."""
    workspace = before_tree(repo, plan)
    for spec in plan.steps:
        record, planned = plan_step(spec, workspace, plan, diffs=diffs)
        after = workspace.after(planned.edits) if planned is not None else workspace
        yield Stage(spec, record, planned, workspace, after)
        if record.problems:
            return
        workspace = after
