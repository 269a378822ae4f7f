"""Compare, accept and measure behaviour: pins by the names of their scenarios."""

import fnmatch
import re
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from carve.errors import CarveError, Place
from carve.gates.coverage import CoverageReport, Unreachable, held, load_unreachable
from carve.pins.outcome import PinRun, Progress, ScenarioResult
from carve.pins.recorder import CoverageRequest
from carve.pins.repeat import repeat_pins
from carve.pins.run import run_pins
from carve.plan.nearest import closest
from carve.report.behaviour import CoverageRecord, Held, Open, PinsRecord, ScenarioRecord
from carve.workspace import Workspace

__all__ = [
    "Pins",
    "matches",
    "measure",
    "no_scenario",
    "record_of",
    "run_of",
    "scenario_record",
    "verify",
]

_WORDS = frozenset({"and", "or", "not"})


@dataclass(frozen=True, slots=True)
class Pins:
    """The pins below `tree/folder`, judged for one subject: `before` or `after`.

    An absolute `folder` lies elsewhere: the pins of a repository, for a tree made from it. Each
    scenario may take `timeout` real seconds.
    """

    tree: Path
    folder: str = "characterization"
    subject: str = "after"
    timeout: float = 60.0


def verify(
    pins: Pins,
    names: Sequence[str] = (),
    *,
    repeat: int = 1,
    tell: Callable[[int, int], None] | None = None,
) -> PinsRecord:
    """Return how the scenarios, or the named ones, compare with their pins.

    With `repeat`, each run has another order and other hashes.
    """
    return record_of(run_of(pins, names, repeat=repeat, tell=tell), pins, repeat)


def run_of(
    pins: Pins,
    names: Sequence[str] = (),
    *,
    repeat: int = 1,
    tell: Callable[[int, int], None] | None = None,
    scrub: bool = False,
) -> PinRun:
    """Return a run of the scenarios, or of the named ones; with `scrub` its rules are measured."""

    def on_scenario(progress: Progress) -> None:
        if tell:
            tell(progress.index, progress.total)

    choices: dict[str, Any] = {"folder": pins.folder, "subject": pins.subject, "scrub": scrub}
    choices |= {"timeout": pins.timeout}
    choices |= {"select": _expression(names) if names else None, "on_scenario": on_scenario}
    try:
        if repeat > 1:
            run = repeat_pins(pins.tree, repeat, **choices)
        else:
            run = run_pins(pins.tree, **choices)
    except CarveError as error:
        if names and error.message.startswith("no scenarios were found"):
            raise no_scenario(names[0], pins, ()) from error
        raise
    return _chosen(run, names, pins)


def measure(
    pins: Pins, module: str, roots: tuple[str, ...], *, tell: Callable[[int, int], None]
) -> CoverageRecord:
    """Return which lines and branches of `module` the pins hold, and which are open."""
    workspace = Workspace(pins.tree, roots)
    path = workspace.path_of(module)
    if path is None:
        near = closest(module, map(workspace.name_of, workspace.python_files()))
        raise CarveError(
            f"there is no module {module!r} below {', '.join(roots)}",
            instead=f"did you mean {near!r}?" if near else "name it as package.module",
        )
    source = pins.tree / path
    known = load_unreachable(pins.tree / pins.folder / "unreachable.yaml")
    entries = [entry for entry in known if entry.module == module]

    def on_scenario(progress: Progress) -> None:
        tell(progress.index, progress.total)

    with tempfile.TemporaryDirectory(prefix="carve-coverage-") as scratch:
        data = Path(scratch, "data")
        run = run_pins(
            pins.tree,
            folder=pins.folder,
            subject=pins.subject,
            coverage=CoverageRequest(data, (source,)),
            on_scenario=on_scenario,
            timeout=pins.timeout,
        )
        found = held(data, source, entries)
    record = _coverage(found, entries, path)
    return replace(record, module=module, pins=record_of(run, pins))


def matches(scenario: str, name: str) -> bool:
    """Tell whether `name` means the scenario: its id, a folder of it, or a pattern with `*`."""
    return fnmatch.fnmatchcase(scenario, name) or scenario.startswith(f"{name.rstrip('/')}/")


def no_scenario(name: str, pins: Pins, known: Sequence[str]) -> CarveError:
    """Return the error for a name that means nothing."""
    near = closest(name, known)
    return CarveError(
        f"no scenario is called {name!r}",
        where=Place(str(pins.tree / pins.folder / "scenarios")),
        instead=f"did you mean {near!r}?" if near else "name it subject/module/scenario, or use *",
    )


def record_of(run: PinRun, pins: Pins, repeat: int = 1) -> PinsRecord:
    """Return a run as data for a report."""
    return PinsRecord(
        subject=pins.subject,
        total=len(run.results),
        held=len(run.held),
        open=tuple(scenario_record(each) for each in run.results if each.status != "held"),
        orphans=run.orphans,
        repeat=repeat,
        seconds=round(run.seconds, 3),
    )


def scenario_record(result: ScenarioResult) -> ScenarioRecord:
    """Return one scenario as data for a report."""
    found = tuple(each.as_dict() for each in result.differences)
    return ScenarioRecord(result.scenario, result.status, result.message, found)


def _chosen(run: PinRun, names: Sequence[str], pins: Pins) -> PinRun:
    """Return the results that the names mean; pytest's own choice is wider."""
    if not names:
        return run
    known = [each.scenario for each in run.results]
    for name in names:
        if not any(matches(each, name) for each in known):
            raise no_scenario(name, pins, known)
    results = [each for each in run.results if any(matches(each.scenario, n) for n in names)]
    return replace(run, results=tuple(results))


def _expression(names: Sequence[str]) -> str | None:
    """Return a `-k` expression that leaves out no scenario that one of the names means."""
    wanted = []
    for name in names:
        words = [word for word in re.findall(r"\w+", name) if word not in _WORDS]
        if not words:
            return None
        wanted.append(f"({' and '.join(words)})")
    return " or ".join(wanted)


def _coverage(found: CoverageReport, entries: list[Unreachable], path: str) -> CoverageRecord:
    excused = [e for e in entries if not any(text.startswith(f"{e} ") for text in found.stale)]
    lines = tuple(Open(each.line, each.code) for each in found.open_lines)
    ways = tuple(Open(each.line, each.code, each.target) for each in found.open_branches)
    return CoverageRecord(
        module="",
        path=path,
        lines=tuple(Held(number, names) for number, names in found.lines.items()),
        open=tuple(sorted((*lines, *ways), key=lambda each: each.line)),
        unreachable=tuple(entry.model_dump() for entry in excused),
        stale=found.stale,
    )
