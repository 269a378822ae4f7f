"""The other mutation engines, run on a copy of the tree with the same pins."""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from carve.pins.run import environment

FOLDER = "characterization"

_MUTMUT = """
[tool.mutmut]
source_paths = ["src"]
only_mutate = ["{file}"]
also_copy = ["scenarios", "pins", "conftest.py", "pytest.ini", "subjects.yaml"]
pytest_add_cli_args = ["--subject=before", "--pin-tree={tree}/mutants"]
pytest_add_cli_args_test_selection = ["scenarios"]
use_git_change_detection = false
"""
_MUTMUT_SAMPLE = "*__mutmut_*3"
_MUTMUT_NOT_JUDGED = (None, 33, 34, 37)
_COSMIC_RAY = """
[cosmic-ray]
module-path = "{file}"
timeout = 120.0
excluded-modules = []
test-command = "{python} -m pytest -c {home}/pytest.ini --rootdir={home} -x -q {options} {home}"
[cosmic-ray.distributor]
name = "local"
"""
_FEWEST_KILLED = 0.5
_LONGEST_SETUP, _TO_STOP, _POLL = 300.0, 5.0, 0.1

_Counts = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Bench:
    """What is mutated, by whom, and where the copies are made."""

    scratch: Path
    module: str
    seconds: float
    workers: int
    peers: Path

    @property
    def file(self) -> str:
        """Return the module's file, relative to a tree."""
        return f"src/{self.module.replace('.', '/')}.py"

    def copy(self, name: str) -> Path:
        """Return a fresh copy of the tree."""
        return Path(shutil.copytree(self.scratch / "tree", self.scratch / name))

    def script(self, name: str) -> str:
        """Return a command of the peers; SystemExit when it is not installed."""
        found = self.peers.with_name(name)
        if not found.is_file():
            raise SystemExit(f"not installed beside {self.peers}: pip install --group bench")
        return str(found)


@dataclass(frozen=True, slots=True)
class Figures:
    """What one tool did; the rate is that of the judging alone, `cut` that its budget ended it."""

    generated: int
    judged: int
    killed: int
    setup: float
    judging: float
    rate: float
    cut: bool = False


def mutmut(bench: Bench) -> Figures:
    """Judge a tenth of mutmut's mutants; its project is the folder of the pins.

    It starts pytest in the copy that it makes, and names tests from there; as scenarios are named
    from the folder of the pins, that folder's content is moved to the top.
    """
    program = bench.script("mutmut")
    tree = bench.copy("mutmut")
    for path in (tree / FOLDER).iterdir():
        path.rename(tree / path.name)
    text = _MUTMUT.format(file=bench.file, tree=tree)
    (tree / "pyproject.toml").write_text(text, encoding="utf-8")
    command = [program, "run", f"--max-children={bench.workers}", _MUTMUT_SAMPLE]
    meta = tree / "mutants" / f"{bench.file}.meta"

    def count() -> _Counts:
        codes = json.loads(meta.read_text(encoding="utf-8"))["exit_code_by_key"].values()
        judged = [code for code in codes if code not in _MUTMUT_NOT_JUDGED]
        return len(codes), len(judged), sum(code != 0 for code in judged)

    return _watched(command, tree, bench.seconds, count)


def cosmic_ray(bench: Bench) -> Figures:
    """Judge what fits into the budget; each mutant is a file on the disk and a pytest run."""
    program = bench.script("cosmic-ray")
    tree = bench.copy("cosmic-ray")
    options = f"--subject=before --basetemp={tree}/basetemp"
    text = _COSMIC_RAY.format(file=bench.file, python=bench.peers, home=FOLDER, options=options)
    (tree / "job.toml").write_text(text, encoding="utf-8")
    steps = ("init job.toml job.sqlite", "baseline job.toml", "exec job.toml job.sqlite")
    command = ["sh", "-c", " && ".join(f"'{program}' {step}" for step in steps)]

    def count() -> _Counts:
        with closing(sqlite3.connect(f"file:{tree}/job.sqlite?mode=ro", uri=True)) as base:
            (generated,) = base.execute("select count(*) from work_items").fetchone()
            rows = base.execute("select test_outcome from work_results").fetchall()
        return generated, len(rows), sum(outcome == "KILLED" for (outcome,) in rows)

    return _watched(command, tree, bench.seconds, count)


def _watched(
    command: list[str], tree: Path, seconds: float, count: Callable[[], _Counts]
) -> Figures:
    """Run a peer until it ends or its budget does; the clock starts at the first verdict."""
    seen: list[tuple[float, _Counts]] = []
    log = tree.with_suffix(".log")
    started = time.monotonic()
    with log.open("wb") as sink:
        process = subprocess.Popen(
            command,
            cwd=tree,
            env=environment(tree, None),
            stdout=sink,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        ended = cut = False
        while not (ended or cut):
            ended = process.poll() is not None
            now = time.monotonic()
            counts = _or_nothing(count)
            if counts[1] > (seen[-1][1][1] if seen else 0):
                seen.append((now, counts))
            limit = seen[0][0] + seconds if seen else started + _LONGEST_SETUP
            cut = now > limit and not ended
            time.sleep(_POLL)
    finally:
        _stop(process)
    said = reason(log.read_text(encoding="utf-8", errors="replace"))
    if len(seen) <= 1:  # a rate needs two moments
        raise SystemExit(f"stopped when its time was up, at {said!r}" if cut else said)
    return _figures(seen, started, cut=cut)


def _figures(seen: list[tuple[float, _Counts]], started: float, *, cut: bool) -> Figures:
    (first, before), (last, (generated, judged, killed)) = seen[0], seen[-1]
    if killed < judged * _FEWEST_KILLED:
        raise SystemExit(f"its mutants hardly reach the pins: {killed} of {judged} killed")
    rate = (judged - before[1]) / (last - first)
    return Figures(generated, judged, killed, first - started, last - first, rate, cut)


def _or_nothing(count: Callable[[], _Counts]) -> _Counts:
    try:
        return count()
    except (OSError, ValueError, sqlite3.OperationalError):  # not there yet, or half written
        return 0, 0, 0


def _stop(process: "subprocess.Popen[bytes]") -> None:
    """End a peer and its children; it may clean up first."""
    for number in (signal.SIGINT, signal.SIGKILL):
        try:
            os.killpg(process.pid, number)
            process.wait(_TO_STOP)
        except (ProcessLookupError, subprocess.TimeoutExpired):
            continue


def reason(output: str) -> str:
    """Return the last thing that a process said."""
    lines = [line.strip("> ") for line in output.replace("\r", "\n").splitlines()]
    lines = [line for line in lines if any(map(str.isalpha, line))]
    return lines[-1] if lines else "it ended without a word or a verdict"
