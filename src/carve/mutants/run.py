"""Judge the mutants of a module by the pins that run the changed line, on all cores."""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from carve.errors import CarveError
from carve.mutants.cache import Known, Witnesses
from carve.mutants.crew import Crew, Task
from carve.mutants.model import Mutant
from carve.mutants.plant import plant
from carve.mutants.reach import Reach, measure
from carve.source.text import Source

__all__ = ["Job", "MutationRun", "Verdict", "mutate"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a mutant: `killed`, `timeout`, `crash`, `survived` or `not covered`.

    `by` is the scenario that noticed it, `pins` are all that could have; `cached` says that the
    verdict is an earlier run's.
    """

    mutant: Mutant
    verdict: str
    by: str = ""
    pins: tuple[str, ...] = ()
    cached: bool = False

    @property
    def killed(self) -> bool:
        """Tell whether the pins notice the fault; a hang and a crash are noticed too."""
        return self.verdict in ("killed", "timeout", "crash")


@dataclass(frozen=True, slots=True)
class MutationRun:
    """All verdicts on one module; `unfit` are scenarios that could not be asked."""

    module: str
    source: Source
    verdicts: tuple[Verdict, ...]
    scenarios: int
    seconds: float
    judged_seconds: float
    unfit: tuple[str, ...] = ()

    def having(self, verdict: str) -> tuple[Verdict, ...]:
        """Return the verdicts of one kind."""
        return tuple(each for each in self.verdicts if each.verdict == verdict)


@dataclass(frozen=True, slots=True)
class Job:
    """What to mutate, and what to judge it by.

    While it is measured who runs what, each scenario may take `timeout` real seconds. An absolute
    `folder` lies outside the tree. Without a `cache` nothing is remembered; with
    `fresh` what was is not believed.
    """

    tree: Path
    module: str
    file: Path
    folder: str = "characterization"
    subject: str = "before"
    workers: int = 0
    cache: Path | None = None
    fresh: bool = False
    timeout: float = 60.0

    @property
    def count(self) -> int:
        """Return how many workers there are to be."""
        return self.workers or os.cpu_count() or 1


def mutate(
    job: Job,
    on_verdict: Callable[[int, int], None] | None = None,
    on_scenario: Callable[[int, int], None] | None = None,
) -> MutationRun:
    """Return the verdicts on all mutants of `job.file`.

    `on_scenario` hears how many scenarios have been measured, `on_verdict` how many verdicts
    are in.
    """
    started = time.monotonic()
    relative = job.file.relative_to(job.tree).as_posix()
    source = Source.decode(relative, job.file.read_bytes())
    mutants = plant(source).mutants
    reach = _reach(job, on_scenario)
    known = Known.load(job.cache, fresh=job.fresh)
    witnesses = Witnesses(job.tree / job.folder)
    keys: dict[int, str] = {}
    verdicts: dict[int, Verdict] = {}
    for mutant in mutants:
        pins = tuple(sorted(reach.pins(mutant)))
        key = keys[mutant.number] = witnesses.key(mutant, source, pins)
        word, by = known.verdicts.get(key, ("" if pins else "not covered", ""))
        verdicts[mutant.number] = Verdict(mutant, word, by, pins, cached=key in known.verdicts)
    judging = time.monotonic()
    unfit = _judge(job, reach, verdicts, _Listener(known, keys, on_verdict))
    now = time.monotonic()
    scenarios = len(frozenset().union(*reach.lines.values()))
    found = tuple(verdicts.values())
    return MutationRun(job.module, source, found, scenarios, now - started, now - judging, unfit)


@dataclass(frozen=True, slots=True)
class _Listener:
    known: Known
    keys: dict[int, str]
    tell: Callable[[int, int], None] | None


def _judge(
    job: Job, reach: Reach, verdicts: dict[int, Verdict], listener: _Listener
) -> tuple[str, ...]:
    """Fill in the verdicts that are not known yet, and return the scenarios not fit to judge."""
    tasks = [
        Task(number, each.pins, reach.wakes_at_import(each.mutant))
        for number, each in verdicts.items()
        if not each.verdict
    ]
    if not tasks:
        return ()
    done = len(verdicts) - len(tasks)
    home = job.tree / job.folder
    crew = Crew(job.tree, job.module, job.file, home, job.subject, min(job.count, len(tasks)))
    for told in crew.judge(tasks):
        done += 1
        listener.known.add(listener.keys[told.number], told.verdict, told.by)
        verdict = replace(verdicts[told.number], verdict=told.verdict, by=told.by)
        verdicts[told.number] = verdict
        if listener.tell is not None:
            listener.tell(done, len(verdicts))
    return crew.unfit


def _reach(job: Job, tell: Callable[[int, int], None] | None) -> Reach:
    kept = job.cache.with_suffix(".reach.json") if job.cache else None
    if kept is not None and job.fresh:
        kept.unlink(missing_ok=True)
    choices = job.folder, job.subject, job.count, job.timeout
    found = measure(job.tree, job.file, choices, kept, tell)
    if not any(found.lines.values()):
        raise CarveError(
            f"no pin reaches {job.module}, so there is nothing to judge its mutants by",
            where=job.file.relative_to(job.tree).as_posix(),
            instead="write a scenario that runs it, then carve pin NAME --reason WHY",
        )
    return found
