"""Run a plan from where it stands, in a scratch worktree; what was done once is kept."""

import time
from dataclasses import dataclass, replace
from pathlib import Path

from carve.plan.model import Plan
from carve.report.model import RunRecord, StepRecord
from carve.report.terminal import counted
from carve.repository import Repository
from carve.run.before import before_tree
from carve.run.carrying import carried
from carve.run.chain import pending
from carve.run.events import Listener
from carve.run.finishing import is_owed
from carve.run.landing import land
from carve.run.options import (
    RunOptions,
    clean_head,
    refuse_impossible,
    require_top,
    wanted_steps,
)
from carve.run.scratch import keep_at, require_room, scratch
from carve.run.session import Session
from carve.run.settling import settled
from carve.run.state import Chain, chain_of, inside, recall, ref_of
from carve.run.summing import summary_of
from carve.run.wish import is_wished, wish

__all__ = ["run_plan"]


def run_plan(
    repo: Path, plan_file: Path, plan: Plan, options: RunOptions, listener: Listener
) -> RunRecord:
    """Return how far the plan has come; commits are kept under a ref, the user's tree stays.

    Steps that an earlier run carried out on the same commit are not done again. A step that is
    refused or fails leaves no trace, and ends the run.
    """
    started = time.monotonic()
    repository = Repository(repo)
    require_top(repository)
    wanted_steps(plan, options.until)
    refuse_impossible(plan, options)
    if options.out is not None:
        require_room(options.out)
    with settled(repository):
        run = _Run.of(repository, plan_file, plan, options)
        chain, steps, remarks = run.go(listener)
    rest = tuple(pending(spec) for spec in plan.steps[len(steps) :])
    complete = len(steps) == len(plan.steps) and not any(step.problems for step in steps)
    return RunRecord(
        str(plan_file),
        str(repo),
        base=run.head,
        ref=run.ref,
        before=chain.before_pins,
        steps=(*steps, *rest),
        drift=_drift(repository, run.head, steps) if complete and plan.baseline else (),
        seconds=round(time.monotonic() - started, 3),
        remarks=remarks,
        final=chain.final,
        phases=chain.seconds(steps),
        summary=summary_of(repository, plan, chain.before, steps, chain.final),
    )


@dataclass(frozen=True, slots=True)
class _Run:
    """A run that is about to go on; the caller holds the lock."""

    repository: Repository
    file: Path
    plan: Plan
    options: RunOptions
    head: str
    ref: str
    known: Chain

    @classmethod
    def of(cls, repository: Repository, file: Path, plan: Plan, options: RunOptions) -> "_Run":
        """Return the run as git remembers it."""
        head = clean_head(repository, plan)
        ref = ref_of(repository.folder, file)
        find = recall if options.resume else chain_of
        known = find(repository, ref, plan, head)
        wished = options.resume and (known.in_place or is_wished(repository, ref))
        in_place = options.in_place or wished
        if in_place and known.start and not _follows(repository, known.start, head):
            known = replace(known, start=None) if options.resume else Chain()
        return cls(repository, file, plan, replace(options, in_place=in_place), head, ref, known)

    def go(self, listener: Listener) -> tuple[Chain, tuple[StepRecord, ...], tuple[str, ...]]:
        """Return the chain it went on with, the records of the steps, and remarks."""
        wish(self.repository, self.ref, in_place=self.options.in_place)
        chain, wanted = self.known, wanted_steps(self.plan, self.options.until)
        stale = chain.before is not None and chain.start is None
        steps = _known(chain)[: len(wanted)]
        remarks = [_going_on(chain, self.plan)] if self.options.resume and not stale else []
        if self.options.in_place and chain.start:
            land(self.repository, chain.start)
        owed = len(steps) == len(chain.steps) and not chain.final and is_owed(self.plan, steps)
        if stale or owed or len(steps) < len(wanted):
            with scratch(self.repository, chain.start or self.head) as tree:
                session = self._session(tree, listener)
                if stale:
                    chain, remarks = carried(session, chain, self.head)
                    steps = _known(chain)[: len(wanted)]
                before = before_tree(self.repository.folder, self.plan)
                chain = session.begin(chain, before, self.head)
                steps += session.carry_out(wanted[len(steps) :])
                chain = replace(chain, final=session.finish(steps))
        if self.options.out is not None:
            last = next((step.commit for step in reversed(steps) if step.commit), chain.before)
            keep_at(self.repository, self.options.out, last or self.head)
        wish(self.repository, self.ref, in_place=False)
        return chain, steps, tuple(remarks)

    def _session(self, tree: Repository, listener: Listener) -> Session:
        folder = self.repository.folder
        return Session(
            self.repository,
            tree,
            self.plan,
            self.ref,
            listener,
            inside(folder, self.file),
            self.options.in_place,
        )


def _known(chain: Chain) -> tuple[StepRecord, ...]:
    return tuple(replace(step, state="already done") for step in chain.steps)


def _going_on(chain: Chain, plan: Plan) -> str:
    """Return where a run goes on that has not moved."""
    if len(chain.steps) == len(plan.steps):
        return "nothing is left to do"
    first = plan.steps[len(chain.steps)].id
    if not chain.steps:
        return f"no step is done yet; it begins with {first}"
    return f"goes on with {first}: {counted(len(chain.steps), 'step')} done before"


def _follows(repository: Repository, later: str, earlier: str) -> bool:
    return repository.ask("merge-base", later, earlier, check=False).strip() == earlier


def _drift(repository: Repository, head: str, steps: tuple[StepRecord, ...]) -> tuple[str, ...]:
    """Return the files whose committed text is not what the last step left."""
    last = next((step.commit for step in reversed(steps) if step.commit), None)
    files = sorted({path for step in steps for path in step.files})
    return tuple(
        path
        for path in files
        if last and repository.show(head, path) != repository.show(last, path)
    )
