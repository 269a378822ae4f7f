"""How far a plan has come: a chain of commits under one ref, each with a note about itself.

Git is the only memory of a run. A commit counts when its note names the step with the digest that
the plan gives it today, and when the run began from the tree that is checked out today, or that
is where it has been landed.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from carve.plan.model import Plan
from carve.report.model import FinalRecord, RunRecord, StepRecord
from carve.repository import Repository
from carve.run.chain import pending
from carve.run.phases import added
from carve.run.summing import summary_of

__all__ = [
    "Chain",
    "chain_of",
    "inside",
    "note_of",
    "read_note",
    "recall",
    "ref_of",
    "runs",
    "status",
]

_RECORD = TypeAdapter(StepRecord)
_FINAL = TypeAdapter(FinalRecord)
_REFS = "refs/carve/"


@dataclass(frozen=True, slots=True)
class Chain:
    """The part of a plan that is carried out: the commit before it, then one for each step.

    Attributes:
        before: The commit of the tree before the first step.
        before_pins: How many pins held there.
        steps: What is carried out, as the plan is today.
        source: The tree hash of the commit that was checked out at the beginning.
        in_place: Whether the branch that is checked out is to follow.
        landed: How many of the commits the checked-out branch has.
        start: Where the next step begins; None when the chain does not fit what is checked out.
        phases: Seconds of each phase before the first step.
        final: What was run after the last of the steps, when it held.
    """

    before: str | None = None
    before_pins: int | None = None
    steps: tuple[StepRecord, ...] = ()
    source: str = ""
    in_place: bool = False
    landed: int = 0
    start: str | None = None
    phases: dict[str, float] = field(default_factory=dict)
    final: FinalRecord | None = None

    @property
    def tip(self) -> str | None:
        """Return the last commit."""
        return self.steps[-1].commit if self.steps else self.before

    def seconds(self, steps: Iterable[StepRecord]) -> dict[str, float]:
        """Return the seconds of each phase: before the first step, in `steps`, and at the end."""
        final = self.final.phases if self.final is not None else {}
        return added(self.phases, *(step.phases for step in steps), final)


def ref_of(repo: Path, plan_file: Path) -> str:
    """Return the ref that holds the result of a plan: `refs/carve/migration-plan`."""
    path = Path(inside(repo, plan_file))
    slug = re.sub(r"[^A-Za-z0-9]+", "-", str(path.with_suffix(""))).strip("-")
    return f"{_REFS}{slug or 'plan'}"


def runs(repository: Repository) -> dict[str, Path]:
    """Return the plans that have a run in this repository, by their refs."""
    found = {}
    for ref in repository.ask("for-each-ref", "--format=%(refname)", _REFS).split():
        notes = (read_note(note) for _, note in repository.history(ref))
        first = next((note for note in notes if note.get("kind") == "before"), {})
        if "plan" in first:
            found[ref] = repository.folder / first["plan"]
    return found


def chain_of(repository: Repository, ref: str, plan: Plan, head: str) -> Chain:
    """Return what is carried out of `plan` for the commit `head`, so that it can go on there."""
    found = recall(repository, ref, plan, head)
    return found if found.start else Chain()


def recall(repository: Repository, ref: str, plan: Plan, head: str) -> Chain:
    """Return what is carried out of `plan`, whether or not it fits the commit `head`."""
    entries = []
    for commit, text in repository.history(ref):
        note = read_note(text)
        if note.get("kind") in ("before", "step"):
            entries.append((commit, note))
        if note.get("kind") == "before":
            break
    if not entries or entries[-1][1]["kind"] != "before":
        return Chain()
    (before, first), *done = reversed(entries)
    agreeing = _agreeing(plan, done)
    steps = tuple(
        replace(_RECORD.validate_python(note["record"]), commit=commit)
        for commit, note in agreeing
    )
    last = agreeing[-1][1].get("final") if agreeing else None
    chain = Chain(
        before,
        first.get("pins"),
        steps,
        first.get("source", ""),
        bool(first.get("in_place")),
        phases=first.get("phases", {}),
        final=_FINAL.validate_python(last) if last else None,
    )
    return _placed(repository, chain, head, [before, *(commit for commit, _ in done)], plan)


def note_of(kind: str, **facts: Any) -> str:
    """Return the text of a note."""
    return json.dumps({"kind": kind, **facts}, sort_keys=True)


def read_note(note: str | None) -> dict[str, Any]:
    """Return what a note says; one that carve has not written says nothing."""
    try:
        data = json.loads(note or "{}")
    except json.JSONDecodeError:
        return {}
    return data if isinstance(data, dict) else {}


def status(repo: Path, plan_file: Path, plan: Plan) -> RunRecord:
    """Return which steps are carried out on the commit that is checked out, and which are not."""
    repository = Repository(repo)
    head = repository.head()
    ref = ref_of(repo, plan_file)
    chain = chain_of(repository, ref, plan, head)
    rest = tuple(pending(spec) for spec in plan.steps[len(chain.steps) :])
    return RunRecord(
        str(plan_file),
        str(repo),
        base=head,
        ref=ref if chain.before else None,
        before=chain.before_pins,
        steps=(*chain.steps, *rest),
        seconds=round(sum(step.seconds for step in chain.steps), 3),
        final=chain.final,
        phases=chain.seconds(chain.steps),
        summary=summary_of(repository, plan, chain.before, chain.steps, chain.final),
    )


def _agreeing(
    plan: Plan, done: list[tuple[str, dict[str, Any]]]
) -> list[tuple[str, dict[str, Any]]]:
    """Return the commits of the first steps, up to one that the plan has otherwise today."""
    found = []
    for spec, (commit, note) in zip(plan.steps, done, strict=False):
        if note.get("digest") != spec.digest():
            break
        found.append((commit, note))
    return found


def _placed(
    repository: Repository, chain: Chain, head: str, commits: list[str], plan: Plan
) -> Chain:
    """Return the chain with how much of it is landed, and where it goes on."""
    if chain.source == repository.tree_of(head) or _is_landing(repository, head, commits):
        return replace(chain, start=chain.tip)
    if plan.baseline is not None:
        return chain  # what begins from an older tree is never a part of the branch
    new = {*repository.ask("rev-list", f"{chain.before}^..{head}", check=False).split()}
    landed = sum(commit in new for commit in commits)
    if not landed or landed > 1 + len(chain.steps):
        return chain
    if chain.tip in new:
        return replace(chain, landed=landed, in_place=True, start=head)
    return replace(
        chain, landed=landed, in_place=True, start=chain.tip if head in commits else None
    )


def _is_landing(repository: Repository, head: str, commits: list[str]) -> bool:
    note = read_note(repository.note(head))
    return note.get("kind") == "landing" and note.get("tip") in commits


def inside(repo: Path, file: Path) -> str:
    """Return a file as it is called from the repository on, where it lies inside."""
    absolute, top = file.resolve(), repo.resolve()
    return str(absolute.relative_to(top) if absolute.is_relative_to(top) else absolute)
