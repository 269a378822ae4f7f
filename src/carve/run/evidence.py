"""Gather the evidence of a plan: what each step moves and proves, where each line has gone."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from carve.plan.model import Plan
from carve.report.evidence import FileFacts, MemberFacts, ModuleFacts, Move, Proofs, StepFacts
from carve.report.model import StepRecord
from carve.run.before import before_tree
from carve.run.following import Follower, Spot, moves_of
from carve.run.hashes import blob_hash, tree_hash
from carve.run.measuring import measured
from carve.run.modules import Held, account_for, module_facts
from carve.run.moving import Leaving, givers, leaving
from carve.run.tracing import Fate
from carve.run.walk import Stage, walk
from carve.workspace import Workspace

__all__ = ["Evidence", "Measure", "gather", "measuring", "proofs_of", "with_lines"]

_TIME = re.compile(r",? in [\d.]+ ?s(econds)?( \([\d:]+\))?$")


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that is known about a plan; `records` have diffs where these were asked for.

    `taken` has, for each file that is taken apart, the classes that give and where lines went.
    """

    steps: tuple[StepFacts, ...]
    modules: tuple[ModuleFacts, ...]
    records: tuple[StepRecord, ...]
    before: Workspace
    after: Workspace
    taken: Mapping[str, tuple[Sequence[str], Sequence[Spot]]] = field(default_factory=dict)

    @property
    def complete(self) -> bool:
        """Tell whether no step was refused; else those before the refused one are there."""
        return not any(record.problems for record in self.records)


Measure = Callable[[Sequence[str]], Mapping[str, Held]]


@dataclass(slots=True)
class _Gathering:
    """What has been seen of a plan so far."""

    follower: Follower = field(default_factory=Follower)
    blobs: dict[str, str | None] = field(default_factory=dict)
    steps: list[StepFacts] = field(default_factory=list)
    records: list[StepRecord] = field(default_factory=list)


def gather(
    repo: Path,
    plan: Plan,
    *,
    diffs: bool = False,
    measure: Measure | None = None,
) -> Evidence:
    """Return the evidence as far as planning tells it; `proofs` stay open.

    `measure` returns the scenarios of each line of the given files; without it no line has any.
    """
    before = after = before_tree(repo, plan)
    seen = _Gathering()
    for stage in walk(repo, plan, diffs=diffs):
        seen.records.append(stage.record)
        if not stage.record.problems:
            seen.steps.append(_step(stage, seen))
            after = stage.after
    taken = _taken_apart(plan, before, after, seen.follower)
    found = Evidence(
        tuple(seen.steps),
        (),
        tuple(seen.records),
        before,
        after,
        {path: (classes, seen.follower.spots[path]) for path, classes in sorted(taken.items())},
    )
    return with_lines(found, measure)


def with_lines(evidence: Evidence, measure: Measure | None) -> Evidence:
    """Return the evidence with every line of each module, and the scenarios that ran it."""
    held = measure([*evidence.taken]) if measure else {}
    modules = []
    for path, (classes, spots) in evidence.taken.items():
        module, raw = evidence.before.module_at(path), evidence.before.read(path) or b""
        facts = module_facts(module, raw, classes, spots, held.get(path, {}))
        account_for(facts, evidence.after)
        modules.append(facts)
    return replace(evidence, modules=tuple(modules))


def measuring(repo: Path, plan: Plan, tell: Callable[[int, int], None]) -> Measure:
    """Return what runs the pins of `plan` to see which scenario runs which line."""
    return lambda paths: measured(repo, plan, paths, tell)


def proofs_of(record: StepRecord) -> Proofs:
    """Return what was run after a step, without the time that it took."""
    tests = _TIME.sub("", record.tests) if record.tests is not None else None
    return Proofs(record.pins, tests, record.pins_of)


def _step(stage: Stage, seen: _Gathering) -> StepFacts:
    planned = stage.planned
    names = leaving(stage.spec, stage.before) if planned is not None else []
    found = seen.follower.follow(stage, _regions(names))
    edits = planned.edits if planned is not None else ()
    moves = [m for path in found for m in moves_of(found, path, range(1, len(found[path]) + 1))]
    files = [FileFacts(e.path, blob_hash(e.before), blob_hash(e.after)) for e in edits]
    seen.blobs |= {file.path: file.after for file in files}
    return StepFacts(
        id=stage.spec.id,
        kind=stage.spec.do,
        title=planned.title if planned is not None else stage.spec.title,
        why=stage.spec.why,
        digest=stage.spec.digest(),
        state="done" if planned is not None else "nothing to do",
        members=tuple(_member(name, found) for name in names),
        moves=tuple(moves),
        files=tuple(sorted(files, key=lambda file: file.path)),
        checks=planned.checks if planned is not None else 0,
        asked=tuple(getattr(planned, "asked", ())),
        tree=tree_hash(seen.blobs),
    )


def _regions(names: Sequence[Leaving]) -> dict[str, list[range]]:
    found: dict[str, list[range]] = {}
    for name in names:
        found.setdefault(name.path, []).extend(name.regions)
    return found


def _member(name: Leaving, found: Mapping[str, tuple[Fate, ...]]) -> MemberFacts:
    lines = sorted({line for region in name.regions for line in region})
    moves: tuple[Move, ...] = tuple(moves_of(found, name.path, lines))
    return MemberFacts(name.name, name.owner, len(lines), moves)


def _taken_apart(
    plan: Plan, before: Workspace, after: Workspace, follower: Follower
) -> dict[str, list[str]]:
    """Return the files that steps take members from, or remove, with the classes that gave."""
    found: dict[str, list[str]] = {}
    for spec in plan.steps:
        for host in givers(spec):
            path = before.path_of(host.module)
            if path in follower.spots:
                given = found.setdefault(path, [])
                given += [str(host)] * (str(host) not in given)
    for path in follower.spots:
        if path.endswith(".py") and not after.exists(path):
            found.setdefault(path, [])
    return found
