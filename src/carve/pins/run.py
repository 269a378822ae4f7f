"""Run the scenarios of a tree in a fresh process and return how they compare with their pins."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import carve
from carve.errors import CarveError, Place
from carve.pins.compare import Difference
from carve.pins.outcome import PinRun, Progress, ScenarioResult
from carve.pins.recorder import CoverageRequest

__all__ = ["environment", "run_pins"]

_OUTER = ("PYTEST_", "COV_", "COVERAGE_", "PYTHONPATH", "PYTHONHASHSEED", "PYTHONWARNINGS")
_POLL = 0.05
_TAIL = 30


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
        folder: The characterization folder, relative to the tree unless it is absolute.
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
        raise CarveError(f"{folder!r} is no characterization folder", where=Place(str(home)))
    wanted = {"-k": select, "-n": workers or None, "--pin-shuffle": seed, "--pin-tree": tree}
    wanted["--pin-coverage"] = str(coverage) if coverage else None
    with tempfile.TemporaryDirectory(prefix="pins-") as scratch:
        command = _command(python, home, subject, wanted)
        command += [f"--pin-results={scratch}/results.jsonl", f"--basetemp={scratch}/t"]
        return _followed([*command, str(home)], tree, hash_seed, _Reading(on_scenario))


def _command(python: str, home: Path, subject: str, wanted: dict[str, Any]) -> list[str]:
    options = [
        f"{name}={value}" if name.startswith("--") else f"{name}{value}"
        for name, value in wanted.items()
        if value is not None
    ]
    command = [python, "-m", "pytest", "-c", str(home / "pytest.ini"), f"--rootdir={home}"]
    return [
        *command, "-q", "--color=no", "-p", "no:cacheprovider", f"--subject={subject}", *options
    ]  # fmt: skip


def _followed(
    command: list[str], tree: Path, hash_seed: str | None, reading: "_Reading"
) -> PinRun:
    """Run pytest and read its results file as it grows."""
    results = Path(next(w for w in command if w.startswith("--pin-results=")).partition("=")[2])
    output = results.with_name("output.txt")
    started = time.monotonic()
    with (
        output.open("wb") as sink,
        subprocess.Popen(  # noqa: S603 - our own command line
            command,
            cwd=tree,
            env=environment(tree, hash_seed),
            stdout=sink,
            stderr=subprocess.STDOUT,
        ) as process,
    ):
        try:
            for line in _lines(results, process):
                reading.take(json.loads(line))
        finally:
            if process.poll() is None:
                process.kill()
    tail = output.read_text(encoding="utf-8", errors="replace").splitlines()[-_TAIL:]
    home = Path(command[-1])
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
            raise CarveError(self._abort, where=Place(home.name))
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


def environment(tree: Path, hash_seed: str | None) -> dict[str, str]:
    """Return the variables for a run of `tree`: its own source first, no outer pytest's."""
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
