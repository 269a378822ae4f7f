"""Run the scenarios of a tree in a fresh process and return how they compare with their pins."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import carve
from carve.errors import CarveError, Place
from carve.pins.compare import Difference
from carve.pins.family import leading
from carve.pins.imports import ImportRequest
from carve.pins.outcome import PinRun, Progress, ScenarioResult
from carve.pins.recorder import CoverageRequest
from carve.pins.trace import Trace

__all__ = ["environment", "run_pins"]

_OUTER = ("PYTEST_", "COV_", "COVERAGE_", "PYTHONPATH", "PYTHONHASHSEED", "PYTHONWARNINGS")
_POLL = 0.05
_TAIL = 30
_SILENCE = 60.0
_LAST_WORDS = 15.0


def run_pins(  # noqa: PLR0913 - one keyword per independent choice of the caller
    tree: Path,
    *,
    folder: str = "characterization",
    subject: str = "after",
    python: str = sys.executable,
    select: str | None = None,
    only: Sequence[str] = (),
    workers: int = 0,
    seed: int | None = None,
    hash_seed: str | None = None,
    coverage: CoverageRequest | None = None,
    imports: ImportRequest | None = None,
    on_scenario: Callable[[Progress], None] | None = None,
    timeout: float = 60.0,
    scrub: bool = False,
) -> PinRun:
    """Return how the scenarios below `tree/folder` compare with their pins.

    `folder` may be absolute; the tree's `src` comes first on the import path. `subject` is a side
    of `subjects.yaml`: `before`, `after`, or `now` for the one that the tree defines. `python` has
    pytest and the dependencies. `select` is a `-k` expression, `only` names folders and modules
    below `folder`; without them the whole set runs, and orphans are found. `workers` are processes
    of pytest-xdist; 0 runs all in one. `seed` shuffles the order, `hash_seed` is for the hashes.
    `coverage` and `imports` say what to note on the way; `on_scenario` hears of each scenario,
    which may take `timeout` real seconds. `scrub` measures the rules.
    """
    tree = tree.resolve()
    home = _home(tree, folder)
    wanted: dict[str, Any] = {"-k": select, "-n": workers or None, "--pin-shuffle": seed}
    wanted |= {"--pin-coverage": coverage, "--pin-tree": tree, "--pin-timeout": timeout}
    wanted["--pin-imports"] = imports
    wanted["--pin-scrub"] = os.devnull if scrub else None  # each result tells its own
    with tempfile.TemporaryDirectory(prefix="pins-") as scratch:
        command = _command(python, home, subject, wanted)
        command += [f"--pin-results={scratch}/results.jsonl", f"--basetemp={scratch}/t"]
        command += [str(home / each) for each in only] or [str(home)]
        return _followed(command, home, (tree, hash_seed), _Reading(on_scenario, timeout))


def _home(tree: Path, folder: str) -> Path:
    home = tree / folder
    if not (home / "pytest.ini").is_file():
        raise CarveError(f"{folder!r} is no characterization folder", where=Place(str(home)))
    return home


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
    command: list[str], home: Path, where: tuple[Path, str | None], reading: "_Reading"
) -> PinRun:
    """Run pytest and read its results file as it grows; go on after a scenario that ends it."""
    results = Path(next(w for w in command if w.startswith("--pin-results=")).partition("=")[2])
    started = time.monotonic()
    skips: list[str] = []
    while True:
        results.unlink(missing_ok=True)
        code, output = _attempt([*command, *skips], *where, reading)
        if not reading.lost(code, output):
            break
        skips = [reading.trace.write_skips(results.with_name("skip.txt"))]
    return reading.run(home, output, time.monotonic() - started)


def _attempt(
    command: list[str], tree: Path, hash_seed: str | None, reading: "_Reading"
) -> tuple[int | None, str]:
    """Return the exit code, None for a process that fell silent, and the last words."""
    results = Path(next(w for w in command if w.startswith("--pin-results=")).partition("=")[2])
    output = results.with_name("output.txt")
    with (
        output.open("wb") as sink,
        leading(
            [*command, f"--pin-parent={os.getpid()}"],
            cwd=tree,
            env=environment(tree, hash_seed),
            stdout=sink,
            stderr=subprocess.STDOUT,
        ) as process,
    ):
        for line in _lines(results, process, reading):
            reading.take(json.loads(line))
        silent = process.poll() is None
    tail = output.read_text(encoding="utf-8", errors="replace").splitlines()[-_TAIL:]
    return None if silent else process.returncode, "\n".join(tail)


class _Reading:
    """What the results file has said so far."""

    def __init__(self, on_scenario: Callable[[Progress], None] | None, timeout: float) -> None:
        self.trace = Trace()
        self._patience = timeout + _SILENCE
        self._tell = on_scenario
        self._total = 0
        self._results: dict[str, ScenarioResult] = {}
        self._orphans: tuple[str, ...] = ()
        self._abort: str | None = None

    def take(self, event: dict[str, Any]) -> None:
        self.trace.follow(event)
        kind = event.pop("event")
        if kind == "start":
            self._total = max(self._total, event["total"])
        elif kind == "scenario":
            self._scenario(event)
        elif kind == "collect":
            name = event["nodeid"]
            self._results[name] = ScenarioResult(name, "error", message=event["message"])
        elif kind == "abort":
            self._abort = event["message"]
        elif kind == "orphans":
            self._orphans = tuple(event["pins"])

    @property
    def patience(self) -> float:
        """How long the process may be silent; one that is done has no more to do than to end."""
        return self._patience if self.trace.ended is None else _LAST_WORDS

    def lost(self, code: int | None, output: str) -> bool:
        """Tell whether a scenario or module has ended the process, and note it as an error."""
        found = self.trace.casualty(code, output)
        if found is not None:
            self._scenario({"scenario": found[0], "status": "error", "message": found[1]})
        return found is not None

    def run(self, home: Path, tail: str, seconds: float) -> PinRun:
        if self._abort:
            raise CarveError(self._abort, where=Place(home.name))
        if self.trace.ended not in {0, 1, 5}:
            raise CarveError(f"the pins did not run to their end:\n{tail}", where=Place(str(home)))
        if not self._results:
            raise CarveError(f"no scenarios were found:\n{tail}", where=Place(str(home)))
        ordered = tuple(self._results[name] for name in sorted(self._results))
        return PinRun(ordered, self._orphans, seconds)

    def _scenario(self, facts: dict[str, Any]) -> None:
        facts.pop("index", None)
        found = tuple(Difference(**each) for each in facts.pop("differences", ()))
        result = ScenarioResult(differences=found, **facts)
        self._results[result.scenario] = result
        if self._tell:
            index = len(self._results)
            total = max(self._total, index)
            self._tell(Progress(index, total, result.scenario, result.status))


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


def _lines(path: Path, process: subprocess.Popen[bytes], reading: "_Reading") -> Iterator[str]:
    """Yield the lines of the results file until the process ends or is silent for too long."""
    pending, position, heard = "", 0, time.monotonic()
    while True:
        running = process.poll() is None
        if path.exists():
            with path.open(encoding="utf-8") as file:
                file.seek(position)
                pending += file.read()
                position = file.tell()
        *whole, pending = pending.split("\n")
        yield from whole
        if whole:
            heard = time.monotonic()
        if not running or time.monotonic() - heard > reading.patience:
            return
        time.sleep(_POLL)
