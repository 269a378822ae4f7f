"""The steps of a run: each planned, written, verified and committed before the next."""

import time
from dataclasses import asdict, dataclass, replace

from carve.disk import lay
from carve.errors import CarveError, Refused
from carve.plan.model import Plan, StepSpec
from carve.plan.spec_files import DeleteModuleSpec
from carve.report.model import FinalRecord, StepRecord, problems_of
from carve.repository import Repository
from carve.run.affected import EVERYTHING, Choice, affected
from carve.run.before import unread
from carve.run.chain import broken_files, plan_step
from carve.run.deletion.asking import ask, gated
from carve.run.deletion.case import Case
from carve.run.events import Listener
from carve.run.finishing import final_check
from carve.run.landing import land
from carve.run.phases import Phases
from carve.run.proofs import Proof, imports, verified
from carve.run.state import Chain, note_of, read_note
from carve.steps.outcome import Planned
from carve.workspace import Workspace

__all__ = ["Session"]


@dataclass(frozen=True, slots=True)
class Session:
    """Steps on one worktree; the branch that is checked out follows with `in_place`."""

    repository: Repository
    tree: Repository
    plan: Plan
    ref: str | None
    listener: Listener
    file: str = ""
    in_place: bool = False
    gates: bool = True

    def begin(self, chain: Chain, before: Workspace, head: str) -> Chain:
        """Return the chain to go on with, begun when there is none."""
        if chain.before is not None:
            return chain
        phases = Phases(self.listener, "")
        phases.enter("before")
        for error in broken_files(before):
            raise error
        commit = self.lay_before(before, head)
        pins = self.hold("the tree before the first step", phases)
        return self.remember_before(commit, head, pins, phases=phases.seconds())

    def lay_before(self, before: Workspace, head: str) -> str:
        """Return the commit of the tree before the first step."""
        lay(self.tree.folder, before.overlay)
        if self.ref is None:
            return head
        # Two plans that begin within a second would else share the commit, and the note on it.
        message = f"Rebuild the tree before the first step\n\nCarve-Run: {self.ref}\n"
        return self.tree.commit(before.overlay, message)

    def hold(self, what: str, phases: Phases | None = None) -> int | None:
        """Return how many pins hold now, or say that `what` does not hold."""
        proof = self._verify(phases or Phases(self.listener, ""), EVERYTHING)
        if proof.problems:
            first = proof.problems[0]
            raise Refused(
                f"{what} does not hold: {first.message}",
                check=first.check or "before",
                where=first.where,
                instead="mend it or accept it first, so that a later failure is a step's own",
            )
        return proof.pins

    def remember_before(
        self,
        commit: str,
        head: str,
        pins: int | None,
        *,
        publish: bool = True,
        phases: dict[str, float] | None = None,
    ) -> Chain:
        """Put the note on the commit before the first step, and return the chain."""
        source = self.repository.tree_of(head)
        facts = {"source": source, "pins": pins, "plan": self.file, "in_place": self.in_place}
        took = phases or {}
        self._remember(commit, note_of("before", **facts, phases=took), publish=publish)
        chain = Chain(commit, pins, source=source, in_place=self.in_place, start=commit)
        return replace(chain, phases=took)

    def carry_out(self, specs: tuple[StepSpec, ...]) -> tuple[StepRecord, ...]:
        """Return the records of the steps, the last of them refused or failed if one was."""
        records: list[StepRecord] = []
        for spec in specs:
            records.append(self._step(spec))
            if records[-1].problems:
                break
        return tuple(records)

    def finish(self, steps: tuple[StepRecord, ...]) -> FinalRecord | None:
        """Return what was run after the last of `steps`; when it holds, its note says so."""
        found = final_check(self.tree.folder, self.plan, steps, self.listener)
        if found is not None and not found.problems:
            last = next(step.commit for step in reversed(steps) if step.commit)
            note = read_note(self.repository.note(last))
            facts = {key: value for key, value in note.items() if key != "kind"}
            text = note_of("step", **{**facts, "final": asdict(found)})
            self._remember(last, text, publish=False)
        return found

    def _step(self, spec: StepSpec) -> StepRecord:
        started = time.monotonic()
        phases = Phases(self.listener, spec.id)
        phases.enter("plan")
        hidden = unread(self.repository.folder, self.plan)
        workspace = Workspace(self.tree.folder, self.plan.roots, hidden)
        record, planned = plan_step(spec, workspace, self.plan)
        if isinstance(spec, DeleteModuleSpec) and record.state != "nothing to do":
            phases.enter("gates")
            record = self._gated(spec, record, workspace)
        if record.problems:
            return record
        if planned is not None:
            proof = self._prove(spec, planned, workspace, phases)
            facts = proof.facts()
            if record.pins is not None:  # the gates have compared them all
                facts |= {"pins": record.pins, "pins_of": record.pins}
            record = replace(record, state="done", **facts)
            if proof.problems:
                lay(self.tree.folder, {edit.path: edit.before for edit in planned.edits})
                return replace(record, state="failed", problems=proof.problems)
        phases.enter("commit")
        seconds = round(time.monotonic() - started, 3)
        record = replace(record, seconds=seconds, phases=phases.seconds())
        record = self.commit(spec, record)
        if self.in_place and record.commit:
            land(self.repository, record.commit)
        return record

    def _gated(
        self, spec: DeleteModuleSpec, record: StepRecord, workspace: Workspace
    ) -> StepRecord:
        """Return the record of a deletion, refused unless every gate holds."""
        if not self.gates:
            return record
        case = Case(self.repository.folder, self.plan, spec, workspace)
        return gated(record, ask(case, record, self.tree.folder, self.listener))

    def _prove(
        self, spec: StepSpec, planned: Planned, workspace: Workspace, phases: Phases
    ) -> Proof:
        phases.enter("write")
        try:
            workspace.write(planned.edits)
        except CarveError as error:
            return Proof(problems_of(error))
        phases.enter("import")
        proof = imports(self.tree.folder, self.plan.roots, planned.modules)
        if proof.problems:
            return proof
        phases.enter("pins")
        return self._verify(phases, self._affected(spec, planned, workspace))

    def _affected(self, spec: StepSpec, planned: Planned, workspace: Workspace) -> Choice | None:
        """Return which pins to compare: all for a deletion, unless its gates have done so."""
        if spec.do == "delete_module":
            return None if self.gates else EVERYTHING
        if self.plan.verify.pins is None:
            return EVERYTHING
        return affected(workspace, planned.edits, self.plan.verify.pins)

    def _verify(self, phases: Phases, choice: Choice | None) -> Proof:
        tests = self.plan.verify.tests
        return verified(self.tree.folder, self.plan, phases, choice=choice, tests=tests)

    def commit(self, spec: StepSpec, record: StepRecord, *, publish: bool = True) -> StepRecord:
        """Commit what the step has written, and return its record with the commit."""
        changes = f"Changes {', '.join(record.files)}." if record.files else "Nothing to do."
        moved = f"Moves {', '.join(record.members)}." if record.members else changes
        message = f"{record.title}\n\n{spec.why}\n\n{moved}\n\nCarve-Step: {spec.id}\n"
        commit = self.tree.commit(record.files, message)
        record = replace(record, commit=commit, tree=self.tree.tree_of(commit))
        note = note_of("step", id=spec.id, digest=spec.digest(), record=asdict(record))
        self._remember(commit, note, publish=publish)
        return record

    def publish(self, chain: Chain) -> None:
        """Let the ref name the end of the chain, and the branch follow if it is to."""
        if self.ref is not None and chain.tip and chain.start:
            self.repository.set_ref(self.ref, chain.tip)
            if self.in_place:
                land(self.repository, chain.start)

    def _remember(self, commit: str, note: str, *, publish: bool) -> None:
        """Put the note on the commit before the ref names it, so that no commit is without one."""
        if self.ref is not None:
            self.tree.note(commit, note)
            if publish:
                self.repository.set_ref(self.ref, commit)
