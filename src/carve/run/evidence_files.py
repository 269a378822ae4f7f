"""The evidence of a plan as files: written, read, and compared with what the plan leads to now."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from carve.disk import Edit, bytes_at, make_folders, put_bytes
from carve.errors import CarveError, Place, Refused
from carve.plan.model import Plan
from carve.report.evidence import Proofs, StepFacts
from carve.report.model import Problem, StepRecord
from carve.run.evidence import Evidence, proofs_of
from carve.run.settling import changing

__all__ = ["differences", "evidence_folder", "proven", "read_all", "write_all"]

_FORMAT = 1
_SHOWN = 60
# What only a run can tell is not compared with a plan.
_RUN = ("proofs",)
_MEASURED = ("scenarios", "sets")


def evidence_folder(repo: Path, plan_file: Path, plan: Plan) -> Path:
    """Return the folder that the plan names, else `evidence` beside it."""
    return repo / plan.evidence if plan.evidence else plan_file.resolve().parent / "evidence"


def read_all(folder: Path) -> dict[str, dict[str, Any]]:
    """Return the files of evidence by name; what does not say that it is one is left out."""
    found: dict[str, dict[str, Any]] = {}
    for path in sorted(folder.glob("*.json")) if folder.is_dir() else ():
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
        except ValueError as error:
            raise CarveError(
                f"the evidence cannot be read: {error}",
                where=Place(str(path)),
                instead="restore it, or remove it and write it again: carve evidence PLAN",
            ) from error
        if isinstance(data, dict) and data.get("evidence") in ("step", "lines"):
            found[path.name] = data
    return found


def write_all(folder: Path, evidence: Evidence) -> list[str]:
    """Write the files and remove what belongs to no step any more; return what has changed.

    Whatever ends that too early, the files are what they were when the next command looks.
    """
    wanted: dict[str, bytes | None] = {
        name: _text(data).encode() for name, data in _files(evidence).items()
    }
    wanted |= dict.fromkeys(sorted(read_all(folder).keys() - wanted.keys()))
    edits = [Edit(name, after, bytes_at(folder / name)) for name, after in wanted.items()]
    edits = [edit for edit in edits if edit.after != edit.before]
    if edits:
        make_folders(folder)
        with changing(folder, edits):
            for edit in edits:
                if edit.after is None:
                    (folder / edit.path).unlink()
                else:
                    put_bytes(folder / edit.path, edit.after)
    return [edit.path for edit in edits]


def proven(
    evidence: Evidence, records: Mapping[str, StepRecord], kept: Mapping[str, Any], plan: Plan
) -> Evidence:
    """Return the evidence with what was run after each step, by this run or an earlier one.

    An earlier one counts as long as the step and the files that it led to are the same.
    """
    steps = []
    for facts in evidence.steps:
        proofs = _proofs(facts, records.get(facts.id), kept.get(f"{facts.id}.json", {}))
        if proofs is None and facts.state == "done" and (plan.verify.pins or plan.verify.tests):
            raise Refused(
                f"step {facts.id!r} has not been verified as it is now",
                check="evidence",
                where=plan.place_of(facts.id, "id"),
                instead="run it first: carve run PLAN",
            )
        steps.append(replace(facts, proofs=proofs or Proofs()))
    return replace(evidence, steps=tuple(steps))


def differences(folder: str, known: Mapping[str, Any], evidence: Evidence) -> Iterator[Problem]:
    """Yield how the files that are kept differ from what the plan leads to now."""
    wanted = _files(evidence)
    for name in sorted({*wanted, *known}):
        where = f"{folder}/{name}"
        if name not in known:
            yield _problem(where, "this file of evidence is missing")
        elif name not in wanted:
            yield _problem(where, "the plan has nothing that this is evidence of")
        else:
            yield from _differing(where, known[name], wanted[name])


def _proofs(facts: StepFacts, record: StepRecord | None, kept: Mapping[str, Any]) -> Proofs | None:
    if record is not None and record.state in ("done", "already done"):
        return proofs_of(record)
    same = (kept.get("digest"), kept.get("tree")) == (facts.digest, facts.tree)
    return Proofs(**kept["proofs"]) if same and kept.get("proofs") else None


def _files(evidence: Evidence) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for step in evidence.steps:
        found[f"{step.id}.json"] = {"evidence": "step", "format": _FORMAT, **step.to_json()}
    for module in evidence.modules:
        found[f"{module.module}.lines.json"] = {"evidence": "lines", **module.to_json()}
    plain: dict[str, dict[str, Any]] = json.loads(json.dumps(found))
    return plain


def _text(data: Mapping[str, Any]) -> str:
    """Return stable text: keys in order, and a table as one row a line."""
    rest = {key: value for key, value in data.items() if key != "rows"}
    text = json.dumps(rest, indent=2, sort_keys=True)
    if "rows" in data:
        rows = ",\n".join(f"    {json.dumps(row)}" for row in data["rows"])
        text = f'{text[:-2]},\n  "rows": [\n{rows}\n  ]\n}}'
    return f"{text}\n"


def _differing(where: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Problem]:
    unmeasured = not new.get("scenarios")
    skipped = _RUN + (_MEASURED if unmeasured else ())
    for key in sorted({*old, *new} - {*skipped, "rows"}):
        if old.get(key) != new.get(key):
            said = f"{key} was {_short(old.get(key))} and is {_short(new.get(key))}"
            yield _problem(where, said)
    rows = [old.get("rows", []), new.get("rows", [])]
    if unmeasured:
        rows = [[row[:-1] for row in each] for each in rows]
    for before, after in zip(*rows, strict=False):
        if before != after:
            yield _problem(where, f"line {after[0]} was {_short(before)} and is {_short(after)}")
            return


def _problem(where: str, message: str) -> Problem:
    return Problem(message, where, "write it anew: carve evidence PLAN", "evidence")


def _short(value: object) -> str:
    text = json.dumps(value, sort_keys=True)
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 3]}..."
