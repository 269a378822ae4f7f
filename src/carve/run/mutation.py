"""Mutate one module of a tree and hold what nobody noticed against the list of equivalents."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from carve.errors import CarveError
from carve.gates.mutation import FILE, Fault, judge, load_equivalent
from carve.mutants.run import Job, MutationRun, mutate
from carve.plan.nearest import closest
from carve.report.faults import MutantRecord, MutationRecord
from carve.run.behaviour import Pins
from carve.run.hashes import blob_hash
from carve.workspace import Workspace

__all__ = ["Wanted", "judge_mutants"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be mutated, by how many workers, and how much of it has to be noticed."""

    module: str
    roots: tuple[str, ...]
    bar: float
    workers: int = 0
    fresh: bool = False
    cache: Path | None = None


def judge_mutants(
    pins: Pins,
    wanted: Wanted,
    *,
    scenarios: Callable[[int, int], None],
    verdicts: Callable[[int, int], None],
) -> MutationRecord:
    """Return what became of each mutant; the callables hear how far it is."""
    path = _path(pins, wanted)
    entries = load_equivalent(pins.tree / pins.folder / FILE, wanted.module)
    job = Job(
        tree=pins.tree,
        module=wanted.module,
        file=pins.tree / path,
        folder=pins.folder,
        subject=pins.subject,
        workers=wanted.workers,
        cache=wanted.cache,
        fresh=wanted.fresh,
        timeout=pins.timeout,
    )
    run = mutate(job, verdicts, scenarios)
    found = judge(entries, _faults(run))
    record = MutationRecord(
        module=wanted.module,
        path=path,
        bar=wanted.bar,
        mutants=_records(run, found.reasons),
        scenarios=run.scenarios,
        stale=found.stale,
        unfit=run.unfit,
        seconds=round(run.seconds, 3),
    )
    _remember(record, wanted.cache, pins.tree / path)
    return record


def _remember(record: MutationRecord, cache: Path | None, source: Path) -> None:
    """Keep what the run came to, for reports on the same text of the module."""
    if cache is None:
        return
    data = {"blob": blob_hash(source.read_bytes()), **record.to_json()}
    cache.parent.mkdir(parents=True, exist_ok=True)
    cache.with_suffix(".last.json").write_text(json.dumps(data), encoding="utf-8")


def _path(pins: Pins, wanted: Wanted) -> str:
    workspace = Workspace(pins.tree, wanted.roots)
    path = workspace.path_of(wanted.module)
    if path is None:
        near = closest(wanted.module, map(workspace.name_of, workspace.python_files()))
        raise CarveError(
            f"there is no module {wanted.module!r} below {', '.join(wanted.roots)}",
            instead=f"did you mean {near!r}?" if near else "name it as package.module",
        )
    return path


def _faults(run: MutationRun) -> list[Fault]:
    pairs = [(each.mutant, each.killed) for each in run.verdicts]
    return [Fault(m.member, m.operator, m.was, m.text, killed) for m, killed in pairs]


def _records(run: MutationRun, reasons: dict[int, str]) -> tuple[MutantRecord, ...]:
    return tuple(
        MutantRecord(
            line=each.mutant.span.line,
            member=each.mutant.member,
            operator=each.mutant.operator,
            was=each.mutant.was,
            becomes=each.mutant.text,
            verdict=each.verdict,
            by=each.by,
            pins=() if each.killed else each.pins,
            reason=reasons.get(place, ""),
            diff="" if each.killed else each.mutant.diff(run.source),
            cached=each.cached,
        )
        for place, each in enumerate(run.verdicts)
    )
