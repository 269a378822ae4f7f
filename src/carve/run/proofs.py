"""What has to hold of a tree after each step: it imports, its pins hold, its tests pass."""

import contextlib
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from carve.errors import CarveError
from carve.pins.family import end_group, guarded
from carve.pins.outcome import PinRun, Progress
from carve.pins.run import run_pins
from carve.pins.store import Store
from carve.pins.subjects import NOW
from carve.plan.model import Plan
from carve.report.model import Problem
from carve.run.affected import EVERYTHING, Choice
from carve.run.phases import Phases

__all__ = ["NOTHING", "Proof", "imports", "verified"]

# What stands for the scenarios that were compared when a step can affect none.
NOTHING = "none"
_TAIL = 12
_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Proof:
    """What verification came to; without problems it is a proof.

    `pins` of `pins_of` pins were compared and held; without `compared` these are all.
    """

    problems: tuple[Problem, ...] = ()
    pins: int | None = None
    pins_of: int | None = None
    compared: tuple[str, ...] = ()
    undecided: str = ""
    tests: str | None = None

    def facts(self) -> dict[str, Any]:
        """Return what a record of a step takes over."""
        names = ("pins", "pins_of", "compared", "undecided", "tests")
        return {name: getattr(self, name) for name in names}


def imports(tree: Path, roots: Iterable[str], modules: Iterable[str]) -> Proof:
    """Import each module first in a process of its own, so that no cycle can hide."""
    wanted, prefixes = list(dict.fromkeys(modules)), list(roots)

    def problem(module: str) -> Problem | None:
        command = [sys.executable, "-c", f"import {module}"]
        done = subprocess.run(  # noqa: S603 - our own interpreter
            command,
            cwd=tree,
            env=_environment(tree, prefixes),
            capture_output=True,
            check=False,
        )
        if not done.returncode:
            return None
        last = _tail(done.stderr)[-1:] or ["no message"]
        return Problem(
            f"{module} cannot be imported first in a fresh process: {last[0]}",
            instead=f"run: python -c 'import {module}'",
            check="imports-first",
        )

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return Proof(tuple(filter(None, pool.map(problem, wanted))))


def verified(
    tree: Path,
    plan: Plan,
    phases: Phases,
    *,
    choice: Choice | None = EVERYTHING,
    tests: tuple[str, ...] | None = None,
) -> Proof:
    """Compare the chosen pins while the command `tests` runs; pins that fail end it.

    Without a choice no pin is looked at.
    """
    with _running(tests, tree, plan.roots) as running:
        proof = Proof()
        if plan.verify.pins is not None and choice is not None:
            phases.enter("pins")
            proof = _pins(tree, plan.verify.pins, phases, choice)
        if proof.problems or running is None:
            return proof
        phases.enter("tests")
        outcome = running.outcome()
        phases.leave(running.seconds)
    return replace(proof, tests=outcome.tests, problems=outcome.problems)


def _pins(tree: Path, folder: str, phases: Phases, choice: Choice) -> Proof:
    """Compare the behaviour of the tree with its pins, as far as it is chosen."""

    def tell(progress: Progress) -> None:
        phases.listener.pins(progress.index, progress.total)

    if choice.is_empty:
        return Proof(pins=0, pins_of=_number(tree / folder), compared=(NOTHING,))
    try:
        found = run_pins(tree, folder=folder, subject=NOW, only=choice.only, on_scenario=tell)
    except CarveError as error:
        if choice.whole or not error.message.startswith("no scenarios were found"):
            raise
        found = PinRun((), (), 0.0)  # a module can be without any
    total = len(found.results) if choice.whole else _number(tree / folder)
    return Proof(
        tuple(_pin_problems(found)), len(found.held), total, choice.names, choice.undecided
    )


def _number(home: Path) -> int:
    return sum(1 for _ in Store(home / "pins").scenarios())


def _pin_problems(found: PinRun) -> list[Problem]:
    problems = [
        Problem(
            f"{difference.kind} at {difference.path or 'the whole observation'}: "
            f"{difference.before!r} became {difference.after!r}",
            where=difference.scenario,
            instead="read what the step changes with: carve preview PLAN --step STEP",
            check="pins",
        )
        for difference in found.differences
    ]
    problems += [
        Problem(result.message or result.status, where=result.scenario, check="pins")
        for result in found.results
        if result.status != "held" and not result.differences
    ]
    problems += [
        Problem("no scenario writes this pin", where=o, check="pins") for o in found.orphans
    ]
    hidden = len(problems) - _SHOWN
    more = [Problem(f"and {hidden} more differences", check="pins")] if hidden > 0 else []
    return problems[:_SHOWN] + more


class _Running:
    """A command that is at work; `python` means the interpreter that runs carve."""

    def __init__(self, words: tuple[str, ...], tree: Path, roots: Iterable[str]) -> None:
        first, *rest = words
        self._words = words
        self._output = tempfile.TemporaryFile()  # noqa: SIM115 - closed by `end`
        self._started = time.monotonic()
        self.seconds = 0.0
        self._process = subprocess.Popen(  # noqa: S603 - the plan's own command
            [sys.executable if first == "python" else first, *rest],
            cwd=tree,
            env=_environment(tree, roots),
            stdin=subprocess.DEVNULL,
            stdout=self._output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        self._watch = threading.Thread(target=self._wait, daemon=True)
        self._watch.start()

    @property
    def leader(self) -> int:
        return self._process.pid

    def outcome(self) -> Proof:
        self._watch.join()
        self._output.seek(0)
        lines = _tail(self._output.read())
        summary = lines[-1].strip("= ") if lines else ""
        if not self._process.returncode:
            return Proof(tests=summary)
        message = f"{' '.join(self._words)} ended with exit code {self._process.returncode}"
        shown = "\n".join(lines)
        return Proof((Problem(f"{message}\n{shown}", check="tests"),), tests=summary)

    def end(self) -> None:
        end_group(self.leader)
        self._watch.join()
        self._output.close()

    def _wait(self) -> None:
        self._process.wait()
        self.seconds = time.monotonic() - self._started


@contextmanager
def _running(
    words: tuple[str, ...] | None, tree: Path, roots: Iterable[str]
) -> Iterator[_Running | None]:
    running = _Running(words, tree, roots) if words is not None else None
    try:
        with contextlib.nullcontext() if running is None else guarded(running.leader):
            yield running
    finally:
        if running is not None:
            running.end()


def _environment(tree: Path, roots: Iterable[str]) -> dict[str, str]:
    foreign = ("PYTEST_", "COV_", "COVERAGE_")
    environment = {key: v for key, v in os.environ.items() if not key.startswith(foreign)}
    # What a test that is killed leaves there goes away with what is our own.
    environment["TMPDIR"] = tempfile.gettempdir()
    environment["PYTHONPATH"] = os.pathsep.join(str(tree / root) for root in roots)
    return environment


def _tail(raw: bytes) -> list[str]:
    lines = raw.decode("utf-8", "replace").splitlines()
    return [line for line in lines if line.strip()][-_TAIL:]
