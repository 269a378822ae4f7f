"""Run the scenarios of a tree in a fresh process and return how they compare with their pins."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import carve
from carve.errors import CarveError, Place
from carve.pins.compare import Difference
from carve.pins.recorder import CoverageRequest

__all__ = ["CoverageRequest", "PinRun", "Progress", "ScenarioResult", "run_pins"]

_OUTER = ("PYTEST_", "COV_", "COVERAGE_", "PYTHONPATH", "PYTHONHASHSEED", "PYTHONWARNINGS")
_POLL = 0.05
_TAIL = 30


@dataclass(frozen=True, slots=True)
class ScenarioResult:
    """How one scenario went; `text` is its observation, `masked` what each rule hid in it."""

    scenario: str
    status: str
    seconds: float = 0.0
    differences: tuple[Difference, ...] = ()
    message: str = ""
    text: str = ""
    masked: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Progress:
    """One scenario is done: number `index` of `total`."""

    index: int
    total: int
    scenario: str
    status: str


@dataclass(frozen=True, slots=True)
class PinRun:
    """How all scenarios went; `orphans` are pins that no scenario of the whole set writes."""

    results: tuple[ScenarioResult, ...]
    orphans: tuple[str, ...]
    seconds: float

    def having(self, status: str) -> tuple[ScenarioResult, ...]:
        """Return the results with one status."""
        return tuple(each for each in self.results if each.status == status)

    @property
    def held(self) -> tuple[ScenarioResult, ...]:
        """Scenarios that show what was pinned."""
        return self.having("held")

    @property
    def changed(self) -> tuple[ScenarioResult, ...]:
        """Scenarios that show something else."""
        return self.having("changed")

    @property
    def new(self) -> tuple[ScenarioResult, ...]:
        """Scenarios without a pin."""
        return self.having("new")

    @property
    def error(self) -> tuple[ScenarioResult, ...]:
        """Scenarios that could not be run or compared."""
        return self.having("error")

    @property
    def not_reproducible(self) -> tuple[ScenarioResult, ...]:
        """Scenarios that do not show the same twice."""
        return self.having("not reproducible")

    @property
    def missing(self) -> tuple[Difference, ...]:
        """One difference for each pin that no scenario writes."""
        return tuple(Difference("missing", name, "") for name in self.orphans)

    @property
    def differences(self) -> tuple[Difference, ...]:
        """Every difference there is, pins without a scenario last."""
        found = (each for result in self.results for each in result.differences)
        return (*found, *self.missing)

    @property
    def ok(self) -> bool:
        """Tell whether all scenarios held and every pin has a scenario."""
        return not self.orphans and len(self.held) == len(self.results)


def run_pins(  # noqa: PLR0913 - one keyword per independent choice of the caller
    tree: Path,
    *,
    folder: str = "characterization",
    subject: str = "after",
    python: str = sys.executable,
    select: str | None = None,
    workers: int = 0,
    seed: int | None = None,
    hash_seed: str | None = None,
    coverage: CoverageRequest | None = None,
    on_scenario: Callable[[Progress], None] | None = None,
) -> PinRun:
    """Return how the scenarios below `tree/folder` compare with their pins.

    Args:
        tree: The tree to judge; its `src` comes first on the import path.
        folder: The characterization folder, relative to the tree.
        subject: Which side of `subjects.yaml` to run: `before` or `after`.
        python: The interpreter, with pytest and the tree's dependencies installed.
        select: A `-k` expression; without it the whole set runs and orphans are found.
        workers: How many processes of pytest-xdist; 0 runs in one.
        seed: Shuffles the order; None keeps it.
        hash_seed: The `PYTHONHASHSEED` of the run.
        coverage: What to measure while the scenarios run.
        on_scenario: Called as each scenario is done.
    """
    tree = tree.resolve()
    home = tree / folder
    if not (home / "pytest.ini").is_file():
        raise CarveError(
            f"{folder!r} is no characterization folder",
            where=Place(str(home)),
            instead="give it a pytest.ini with addopts = -p carve.pins.plugin",
        )
    wanted = {"-k": select, "-n": workers or None, "--pin-shuffle": seed}
    wanted["--pin-coverage"] = str(coverage) if coverage else None
    options = [f"{name}={value}" if name[1] == "-" else f"{name}{value}" for name, value in
               wanted.items() if value is not None]  # fmt: skip
    command = [python, "-m", "pytest", "-c", str(home / "pytest.ini"), f"--rootdir={home}"]
    command += ["-q", "--color=no", "-p", "no:cacheprovider", f"--subject={subject}", *options]
    with tempfile.TemporaryDirectory(prefix="pins-") as scratch:
        results, output = Path(scratch, "results.jsonl"), Path(scratch, "output.txt")
        command += [f"--pin-results={results}", f"--basetemp={scratch}/t", str(home)]
        environment = _environment(tree, hash_seed)
        with (
            output.open("wb") as sink,
            subprocess.Popen(  # noqa: S603 - our own command line
                command, cwd=tree, env=environment, stdout=sink, stderr=subprocess.STDOUT
            ) as process,
        ):
            reading = _Reading(on_scenario)
            started = time.monotonic()
            try:
                for line in _lines(results, process):
                    reading.take(json.loads(line))
            finally:
                if process.poll() is None:
                    process.kill()
        tail = output.read_text(encoding="utf-8", errors="replace").splitlines()[-_TAIL:]
        return reading.run(home, "\n".join(tail), time.monotonic() - started)


class _Reading:
    """What the results file has said so far."""

    def __init__(self, on_scenario: Callable[[Progress], None] | None) -> None:
        self._tell = on_scenario
        self._total = 0
        self._results: dict[str, ScenarioResult] = {}
        self._orphans: tuple[str, ...] = ()
        self._abort: str | None = None
        self._ended: int | None = None

    def take(self, event: dict[str, Any]) -> None:
        kind = event.pop("event")
        if kind == "start":
            self._total = event["total"]
        elif kind == "scenario":
            self._scenario(event.pop("index"), event)
        elif kind == "collect":
            name = event["nodeid"]
            self._results[name] = ScenarioResult(name, "error", message=event["message"])
        elif kind == "abort":
            self._abort = event["message"]
        elif kind == "orphans":
            self._orphans = tuple(event["pins"])
        elif kind == "end":
            self._ended = event["exit_status"]

    def run(self, home: Path, tail: str, seconds: float) -> PinRun:
        if self._abort:
            raise CarveError(self._abort, where=Place(str(home)))
        if self._ended not in {0, 1, 5}:
            raise CarveError(f"the pins did not run to their end:\n{tail}", where=Place(str(home)))
        if not self._results:
            raise CarveError(f"no scenarios were found:\n{tail}", where=Place(str(home)))
        ordered = tuple(self._results[name] for name in sorted(self._results))
        return PinRun(ordered, self._orphans, seconds)

    def _scenario(self, index: int, facts: dict[str, Any]) -> None:
        found = tuple(Difference(**each) for each in facts.pop("differences", ()))
        result = ScenarioResult(differences=found, **facts)
        self._results[result.scenario] = result
        if self._tell:
            self._tell(Progress(index, self._total, result.scenario, result.status))


def _environment(tree: Path, hash_seed: str | None) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_OUTER)}
    roots = [tree / "src" if (tree / "src").is_dir() else tree]
    # A tree without the engine is run by this one.
    roots += [Path(each).parent for each in carve.__path__]
    kept["PYTHONPATH"] = os.pathsep.join(str(each.resolve()) for each in roots)
    kept["PYTHONDONTWRITEBYTECODE"] = "1"
    if hash_seed is not None:
        kept["PYTHONHASHSEED"] = hash_seed
    return kept


def _lines(path: Path, process: subprocess.Popen[bytes]) -> Iterator[str]:
    pending, position = "", 0
    while True:
        running = process.poll() is None
        if path.exists():
            with path.open(encoding="utf-8") as file:
                file.seek(position)
                pending += file.read()
                position = file.tell()
        *whole, pending = pending.split("\n")
        yield from whole
        if not running:
            return
        time.sleep(_POLL)
