"""Run a plan: each step planned, written, verified and committed before the next one begins."""

import contextlib
import time
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from carve.disk import lay
from carve.errors import CarveError, Place, Refused
from carve.plan.model import Plan, StepSpec
from carve.plan.nearest import nearest
from carve.report.model import RunRecord, StepRecord, problems_of
from carve.repository import Repository
from carve.run.before import before_tree, unread
from carve.run.chain import broken_files, pending, plan_step
from carve.run.events import Listener
from carve.run.lock import exclusive
from carve.run.proofs import Proof, imports, pins_hold, tests_pass
from carve.run.scratch import scratch
from carve.run.state import Chain, chain_of, note_of, ref_of
from carve.steps.outcome import Planned
from carve.workspace import Workspace

__all__ = ["RunOptions", "Session", "clean_head", "run_plan"]


@dataclass(frozen=True, slots=True)
class RunOptions:
    """How to run: up to and including step `until`; the worktree kept at `out`.

    With `in_place` the commits go onto the branch that is checked out.
    """

    until: str | None = None
    out: Path | None = None
    in_place: bool = False


def run_plan(
    repo: Path, plan_file: Path, plan: Plan, options: RunOptions, listener: Listener
) -> RunRecord:
    """Return how far the plan has come; commits are kept under a ref, the user's tree stays.

    Steps that an earlier run carried out on the same commit are not done again. A step that is
    refused or fails leaves no trace, and ends the run.
    """
    started = time.monotonic()
    repository = Repository(repo)
    head = clean_head(repository, plan)
    wanted = _wanted(plan, options.until)
    if options.in_place:
        _refuse_in_place(plan, options)
    with exclusive(repository.common_dir / "carve"):
        ref = None if options.in_place else ref_of(repo, plan_file)
        chain = chain_of(repository, ref, plan, repository.tree_of(head)) if ref else Chain()
        known = tuple(replace(step, state="already done") for step in chain.steps)
        steps = known[: len(wanted)]
        if len(steps) < len(wanted) or options.out is not None:
            with _tree(repository, chain.tip or head, options) as tree:
                session = Session(repository, tree, plan, ref, listener)
                chain = session.begin(chain, before_tree(repo, plan), head)
                steps += session.carry_out(wanted[len(steps) :])
    rest = tuple(pending(spec) for spec in plan.steps[len(steps) :])
    complete = len(steps) == len(plan.steps) and not any(step.problems for step in steps)
    return RunRecord(
        str(plan_file),
        str(repo),
        base=head,
        ref=ref,
        before=chain.before_pins,
        steps=(*steps, *rest),
        drift=_drift(repository, head, steps) if complete and plan.baseline else (),
        seconds=round(time.monotonic() - started, 3),
    )


@dataclass(frozen=True, slots=True)
class Session:
    """Steps on one worktree."""

    repository: Repository
    tree: Repository
    plan: Plan
    ref: str | None
    listener: Listener

    def begin(self, chain: Chain, before: Workspace, head: str) -> Chain:
        """Return the chain to go on with, begun when there is none."""
        if chain.before is not None:
            return chain
        self.listener.phase("", "before")
        for error in broken_files(before):
            raise error
        lay(self.tree.folder, before.overlay)
        commit = head
        if self.ref is not None:
            commit = self.tree.commit(before.overlay, "Rebuild the tree before the first step")
        proof = self._verify("")
        if proof.problems:
            first = proof.problems[0]
            raise Refused(
                f"the tree before the first step does not hold: {first.message}",
                check=first.check or "before",
                where=first.where,
                instead="mend it or accept it first, so that a later failure is a step's own",
            )
        source = self.repository.tree_of(head)
        self._remember(commit, note_of("before", source=source, pins=proof.pins))
        return Chain(commit, proof.pins)

    def carry_out(self, specs: tuple[StepSpec, ...]) -> tuple[StepRecord, ...]:
        """Return the records of the steps, the last of them refused or failed if one was."""
        records: list[StepRecord] = []
        for spec in specs:
            records.append(self._step(spec))
            if records[-1].problems:
                break
        return tuple(records)

    def _step(self, spec: StepSpec) -> StepRecord:
        started = time.monotonic()
        self.listener.phase(spec.id, "plan")
        hidden = unread(self.repository.folder, self.plan)
        workspace = Workspace(self.tree.folder, self.plan.roots, hidden)
        record, planned = plan_step(spec, workspace, self.plan)
        if record.problems:
            return record
        if planned is not None:
            proof = self._prove(spec, planned, workspace)
            record = replace(record, state="done", pins=proof.pins, tests=proof.tests)
            if proof.problems:
                lay(self.tree.folder, {edit.path: edit.before for edit in planned.edits})
                return replace(record, state="failed", problems=proof.problems)
        self.listener.phase(spec.id, "commit")
        record = replace(record, seconds=round(time.monotonic() - started, 3))
        return self._commit(spec, record)

    def _prove(self, spec: StepSpec, planned: Planned, workspace: Workspace) -> Proof:
        self.listener.phase(spec.id, "write")
        try:
            workspace.write(planned.edits)
        except CarveError as error:
            return Proof(problems_of(error))
        self.listener.phase(spec.id, "import")
        proof = imports(self.tree.folder, self.plan.roots, planned.modules)
        return proof if proof.problems else self._verify(spec.id)

    def _verify(self, step: str) -> Proof:
        self.listener.phase(step, "pins")
        pins = pins_hold(self.tree.folder, self.plan, self.listener)
        if pins.problems:
            return pins
        self.listener.phase(step, "tests")
        return replace(tests_pass(self.tree.folder, self.plan), pins=pins.pins)

    def _commit(self, spec: StepSpec, record: StepRecord) -> StepRecord:
        changes = f"Changes {', '.join(record.files)}." if record.files else "Nothing to do."
        moved = f"Moves {', '.join(record.members)}." if record.members else changes
        message = f"{record.title}\n\n{spec.why}\n\n{moved}\n\nCarve-Step: {spec.id}\n"
        commit = self.tree.commit(record.files, message)
        record = replace(record, commit=commit, tree=self.tree.tree_of(commit))
        note = note_of("step", id=spec.id, digest=spec.digest(), record=asdict(record))
        self._remember(commit, note)
        return record

    def _remember(self, commit: str, note: str) -> None:
        """Put the note on the commit before the ref names it, so that no commit is without one."""
        if self.ref is not None:
            self.tree.note(commit, note)
            self.repository.set_ref(self.ref, commit)


def clean_head(repository: Repository, plan: Plan) -> str:
    """Return the commit that is checked out; evidence alone may differ from it."""
    top = repository.top
    head = repository.head()
    written = f"{plan.evidence.rstrip('/')}/" if plan.evidence else None
    dirty = [path for path in repository.dirty() if not (written and path.startswith(written))]
    if dirty:
        more = f" (and {len(dirty) - 1} more)" if len(dirty) > 1 else ""
        raise CarveError(
            f"the tree has uncommitted changes: {dirty[0]}{more}",
            where=Place(str(top / dirty[0])),
            instead="commit or stash them; a run starts from a commit",
        )
    return head


def _wanted(plan: Plan, until: str | None) -> tuple[StepSpec, ...]:
    ids = [spec.id for spec in plan.steps]
    if until is None:
        return plan.steps
    if until not in ids:
        raise CarveError(
            f"the plan has no step {until!r}",
            where=plan.places.of("steps"),
            instead=nearest(until, ids) or f"one of {', '.join(ids)}",
        )
    return plan.steps[: ids.index(until) + 1]


def _tree(
    repository: Repository, commit: str, options: RunOptions
) -> contextlib.AbstractContextManager[Repository]:
    if options.in_place:
        return contextlib.nullcontext(repository)
    return scratch(repository, commit, options.out)


def _refuse_in_place(plan: Plan, options: RunOptions) -> None:
    if plan.baseline is not None:
        raise CarveError(
            "a plan with a baseline begins from an older tree, which cannot be had in place",
            where=plan.places.of("baseline"),
            instead="run it without --in-place",
        )
    if options.out is not None:
        raise CarveError(
            "--in-place and --out exclude each other", instead="leave one of them out"
        )


def _drift(repository: Repository, head: str, steps: tuple[StepRecord, ...]) -> tuple[str, ...]:
    """Return the files whose committed text is not what the last step left."""
    last = next((step.commit for step in reversed(steps) if step.commit), None)
    files = sorted({path for step in steps for path in step.files})
    return tuple(
        path
        for path in files
        if last and repository.show(head, path) != repository.show(last, path)
    )
