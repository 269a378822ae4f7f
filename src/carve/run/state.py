"""How far a plan has come: a chain of commits under one ref, each with a note about itself.

Git is the only memory of a run. A commit counts when its note names the step with the digest that
the plan gives it today, and when the run began from the tree that is checked out today.
"""

import json
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from carve.plan.model import Plan
from carve.report.model import RunRecord, StepRecord
from carve.repository import Repository
from carve.run.chain import pending

__all__ = ["Chain", "chain_of", "note_of", "ref_of", "status"]

_RECORD = TypeAdapter(StepRecord)


@dataclass(frozen=True, slots=True)
class Chain:
    """The part of a plan that is carried out: the commit before it, then one for each step."""

    before: str | None = None
    before_pins: int | None = None
    steps: tuple[StepRecord, ...] = ()

    @property
    def tip(self) -> str | None:
        """Return the last commit."""
        return self.steps[-1].commit if self.steps else self.before


def ref_of(repo: Path, plan_file: Path) -> str:
    """Return the ref that holds the result of a plan: `refs/carve/migration-plan`."""
    absolute = plan_file.resolve()
    inside = absolute.is_relative_to(repo.resolve())
    path = absolute.relative_to(repo.resolve()) if inside else absolute
    slug = re.sub(r"[^A-Za-z0-9]+", "-", str(path.with_suffix(""))).strip("-")
    return f"refs/carve/{slug or 'plan'}"


def chain_of(repository: Repository, ref: str, plan: Plan, source: str) -> Chain:
    """Return what is carried out of `plan`, begun from the tree hash `source`."""
    commits = repository.history(ref, len(plan.steps) + 1)
    notes = [(commit, _read(repository.note(commit))) for commit in reversed(commits)]
    start = next((i for i, (_, n) in enumerate(notes) if n.get("kind") == "before"), None)
    if start is None or notes[start][1].get("source") != source:
        return Chain()
    commit, note = notes[start]
    chain = Chain(commit, note.get("pins"))
    for spec, (commit, note) in zip(plan.steps, notes[start + 1 :], strict=False):
        if note.get("digest") != spec.digest():
            break
        record = replace(_RECORD.validate_python(note["record"]), commit=commit)
        chain = replace(chain, steps=(*chain.steps, record))
    return chain


def note_of(kind: str, **facts: Any) -> str:
    """Return the text of a note."""
    return json.dumps({"kind": kind, **facts}, sort_keys=True)


def status(repo: Path, plan_file: Path, plan: Plan) -> RunRecord:
    """Return which steps are carried out on the commit that is checked out, and which are not."""
    repository = Repository(repo)
    head = repository.head()
    ref = ref_of(repo, plan_file)
    chain = chain_of(repository, ref, plan, repository.tree_of(head))
    rest = tuple(pending(spec) for spec in plan.steps[len(chain.steps) :])
    return RunRecord(
        str(plan_file),
        str(repo),
        base=head,
        ref=ref if chain.before else None,
        before=chain.before_pins,
        steps=(*chain.steps, *rest),
        seconds=round(sum(step.seconds for step in chain.steps), 3),
    )


def _read(note: str | None) -> dict[str, Any]:
    try:
        data = json.loads(note or "{}")
    except json.JSONDecodeError:
        return {}
    return data if isinstance(data, dict) else {}
