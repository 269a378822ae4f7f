"""All that can be told of a plan in one report: steps, lines, faults, and what is left."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from carve.errors import Refused
from carve.gates.mutation import FILE, load_equivalent
from carve.plan.model import Plan
from carve.report.evidence import ModuleFacts, Proofs, StepFacts
from carve.report.faults import KILLED
from carve.report.model import FORMAT, RunRecord, StepRecord
from carve.repository import Repository
from carve.run.evidence import Evidence, gather
from carve.run.measuring import known
from carve.run.modules import Held
from carve.run.moving import givers
from carve.source.members import HostClass
from carve.workspace import Workspace

__all__ = ["story", "told"]

_LAST = "last.json"


def told(record: RunRecord, evidence: Evidence) -> RunRecord:
    """Return `record` with what planning says of the steps that have not been carried out."""
    planned = {each.id: each for each in evidence.records}
    steps = tuple(
        replace(step, diff=planned[step.id].diff, notes=planned[step.id].notes)
        if step.commit and step.id in planned
        else planned.get(step.id, step)
        for step in record.steps
    )
    return replace(record, steps=steps)


def story(
    repo: Path, plan: Plan, record: RunRecord, kept: Mapping[str, Mapping[str, Any]]
) -> tuple[RunRecord, dict[str, Any]]:
    """Return the steps as records, and everything that the page shows as plain data.

    Nothing is run for it: the scenarios of a line come from the evidence that is kept, or from
    an earlier measurement, and mutants from the last run that judged the same text.
    """

    def measure(paths: Sequence[str]) -> Mapping[str, Held]:
        found = known(repo, plan, paths)
        return found if found is not None else _kept(kept, paths)

    evidence = gather(repo, plan, diffs=True, measure=measure)
    whole = told(record, evidence)
    facts = {each.id: each for each in evidence.steps}
    content = {
        "format": FORMAT,
        "plan": record.plan,
        "base": record.base,
        "steps": [
            _step(step, spec.do, [*map(str, spec.hosts)], facts.get(step.id), kept)
            for step, spec in zip(whole.steps, plan.steps, strict=True)
        ],
        "modules": [{**each.to_json(), "text": each.text} for each in evidence.modules],
        "mutation": [_mutation(repo, plan, each) for each in evidence.modules],
        "left": list(_left(plan, evidence.after)),
    }
    return whole, content


def _step(
    step: StepRecord,
    kind: str,
    hosts: list[str],
    facts: StepFacts | None,
    kept: Mapping[str, Mapping[str, Any]],
) -> dict[str, Any]:
    known_facts = facts.to_json() if facts is not None else {}
    proofs = Proofs(step.pins, step.tests, step.pins_of)
    old = kept.get(f"{step.id}.json", {})
    if proofs == Proofs() and facts is not None and old.get("tree") == facts.tree:
        proofs = Proofs(**(old.get("proofs") or {}))
    return {
        **asdict(step),
        "kind": kind,
        "hosts": hosts,
        "members": known_facts.get("members", []),
        "moves": known_facts.get("moves", []),
        "files": known_facts.get("files", []),
        "asked": known_facts.get("asked", []),
        "tree": known_facts.get("tree"),
        **asdict(proofs),
    }


def _kept(kept: Mapping[str, Mapping[str, Any]], paths: Sequence[str]) -> dict[str, Held]:
    """Return the scenarios of each line as the evidence has them."""
    found: dict[str, Held] = {}
    for data in kept.values():
        if data.get("evidence") == "lines" and data["path"] in paths:
            sets = [_names(ranges, data["scenarios"]) for ranges in data["sets"]]
            found[data["path"]] = {
                row[0]: sets[row[-1]] for row in data["rows"] if row[-1] is not None
            }
    return found


def _names(ranges: str, scenarios: Sequence[str]) -> tuple[str, ...]:
    found: list[str] = []
    for each in ranges.split(",") if ranges else ():
        first, _, last = each.partition("-")
        found += scenarios[int(first) : int(last or first) + 1]
    return tuple(found)


def _mutation(repo: Path, plan: Plan, module: ModuleFacts) -> dict[str, Any]:
    found = _last_run(repo, module)
    if found is not None:
        mutants = found["mutants"]
        killed = sum(each["verdict"] in KILLED for each in mutants)
        open_ones = [each for each in mutants if each["verdict"] not in KILLED]
        names = ("line", "member", "operator", "was", "becomes", "verdict", "reason")
        survivors = [{name: each[name] for name in names} for each in open_ones]
        percent = round(100 * killed / len(mutants), 1) if mutants else 100.0
        total = len(mutants)
    else:
        listed = load_equivalent(repo / (plan.verify.pins or "") / FILE, module.module)
        survivors = [{**each.model_dump(), "line": 0, "verdict": "listed"} for each in listed]
        killed = total = 0
        percent = 0.0
    numbers = {"total": total, "killed": killed, "percent": percent}
    return {"module": module.module, **numbers, "survivors": survivors}


def _last_run(repo: Path, module: ModuleFacts) -> dict[str, Any] | None:
    """Return what the last run on the same text of the module came to."""
    repository = Repository(repo)
    if not repository.is_git:
        return None
    path = repository.common_dir / "carve" / "mutants" / f"{module.module}.{_LAST}"
    try:
        data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return data if data.get("blob") == module.blob and "mutants" in data else None


def _left(plan: Plan, after: Workspace) -> Iterator[dict[str, Any]]:
    """Yield each class that steps take members from, with what is still in it."""
    for ref in dict.fromkeys(host for spec in plan.steps for host in givers(spec)):
        host = _host(str(ref), after)
        known_members = host.members.items() if host is not None else ()
        sizes = {name: sum(map(len, member.regions)) for name, member in known_members}
        members = [{"name": name, "lines": lines} for name, lines in sizes.items()]
        yield {"class": str(ref), "lines": sum(sizes.values()), "members": members}


def _host(ref: str, after: Workspace) -> HostClass | None:
    module_name, _, name = ref.partition(":")
    path = after.path_of(module_name)
    if path is None:
        return None
    module = after.module_at(path)
    try:
        node = module.class_named(name)
    except Refused:
        return None
    return HostClass(module, node) if node is not None else None
