"""Run all steps once more, and hold the trees that they lead to against the evidence."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from carve.plan.model import Plan, Verify
from carve.report.model import Problem, RunRecord, StepRecord
from carve.repository import Repository
from carve.run.before import before_tree
from carve.run.chain import pending
from carve.run.events import Listener
from carve.run.hashes import blob_hash, tree_hash
from carve.run.options import clean_head
from carve.run.scratch import scratch
from carve.run.session import Session
from carve.run.settling import settled
from carve.run.state import Chain

__all__ = ["Replay", "replay"]


@dataclass(frozen=True, slots=True)
class Replay:
    """What to replay: a plan with the evidence that is kept; with `verify` pins and tests too."""

    repo: Path
    file: Path
    plan: Plan
    kept: Mapping[str, Any]
    verify: bool = False


def replay(wanted: Replay, listener: Listener) -> RunRecord:
    """Return the steps as they went this time; a tree other than the kept one is a problem.

    It begins at the commit that is checked out, in a scratch worktree that is gone afterwards.
    """
    started = time.monotonic()
    repository, plan = Repository(wanted.repo), wanted.plan
    todo = plan if wanted.verify else plan.model_copy(update={"verify": Verify()})
    with settled(repository):
        head = clean_head(repository, plan)
        with scratch(repository, head) as tree:
            session = Session(repository, tree, todo, None, listener, gates=wanted.verify)
            chain = session.begin(Chain(), before_tree(wanted.repo, plan), head)
            carried = session.carry_out(plan.steps)
            final = session.finish(carried)
            steps = _compared(carried, tree, wanted)
    rest = tuple(pending(spec) for spec in plan.steps[len(steps) :])
    return RunRecord(
        str(wanted.file),
        str(wanted.repo),
        base=head,
        before=chain.before_pins,
        steps=(*steps, *rest),
        final=final,
        seconds=round(time.monotonic() - started, 3),
    )


def _compared(
    steps: tuple[StepRecord, ...], tree: Repository, wanted: Replay
) -> tuple[StepRecord, ...]:
    blobs: dict[str, str | None] = {}
    found: list[StepRecord] = []
    for step in steps:
        if step.commit is None:
            found.append(step)
            continue
        blobs |= {path: blob_hash(tree.show(step.commit, path)) for path in step.files}
        # The commits go with the worktree.
        same = replace(step, commit=None, tree=tree_hash(blobs))
        problems = _problems(same, wanted.kept.get(f"{step.id}.json"))
        found.append(replace(same, problems=problems) if problems else same)
    return tuple(found)


def _problems(step: StepRecord, kept: Mapping[str, Any] | None) -> tuple[Problem, ...]:
    if kept is None:
        return (
            Problem(
                "there is no evidence to compare with",
                step.id,
                "write it: carve evidence PLAN",
                "replay",
            ),
        )
    if kept.get("tree") == step.tree:
        return ()
    return (
        Problem(
            f"the step leads to the tree {step.tree}, where the evidence has {kept.get('tree')}",
            step.id,
            "see what differs: carve evidence PLAN --check",
            "replay",
        ),
    )
