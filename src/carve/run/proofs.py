"""What has to hold of a tree after each step: it imports, its pins hold, its tests pass."""

import os
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from carve.pins.outcome import PinRun, Progress
from carve.pins.run import run_pins
from carve.plan.model import Plan
from carve.report.model import Problem
from carve.run.events import Listener

__all__ = ["Proof", "imports", "pins_hold", "tests_pass"]

_TAIL = 12
_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Proof:
    """What one kind of verification came to; without problems it is a proof."""

    problems: tuple[Problem, ...] = ()
    pins: int | None = None
    tests: str | None = None


def imports(tree: Path, roots: Iterable[str], modules: Iterable[str]) -> Proof:
    """Import each module first in a process of its own, so that no cycle can hide."""
    problems = []
    for module in modules:
        command = [sys.executable, "-c", f"import {module}"]
        done = _call(command, tree, roots)
        if done.returncode:
            last = _tail(done.stderr)[-1:] or ["no message"]
            problems.append(
                Problem(
                    f"{module} cannot be imported first in a fresh process: {last[0]}",
                    instead=f"run: python -c 'import {module}'",
                    check="imports-first",
                )
            )
    return Proof(tuple(problems))


def pins_hold(tree: Path, plan: Plan, listener: Listener) -> Proof:
    """Compare the behaviour of the tree with its pins."""
    if plan.verify.pins is None:
        return Proof()

    def tell(progress: Progress) -> None:
        listener.pins(progress.index, progress.total)

    found = run_pins(tree, folder=plan.verify.pins, subject="before", on_scenario=tell)
    return Proof(tuple(_pin_problems(found)), pins=len(found.held))


def tests_pass(tree: Path, plan: Plan) -> Proof:
    """Run the tests that the plan names; `python` means the interpreter that runs carve."""
    if plan.verify.tests is None:
        return Proof()
    first, *rest = plan.verify.tests
    command = [sys.executable if first == "python" else first, *rest]
    done = _call(command, tree, plan.roots)
    lines = _tail(done.stdout + done.stderr)
    summary = lines[-1].strip("= ") if lines else ""
    if done.returncode == 0:
        return Proof(tests=summary)
    message = f"{' '.join(plan.verify.tests)} ended with exit code {done.returncode}"
    shown = "\n".join(lines)
    return Proof((Problem(f"{message}\n{shown}", check="tests"),), tests=summary)


def _pin_problems(found: PinRun) -> list[Problem]:
    problems = [
        Problem(
            f"{difference.kind} at {difference.path or 'the whole observation'}: "
            f"{difference.before!r} became {difference.after!r}",
            where=difference.scenario,
            instead=f"see it with: carve verify {difference.scenario.rpartition('/')[2]}",
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


def _call(
    command: list[str], tree: Path, roots: Iterable[str]
) -> "subprocess.CompletedProcess[bytes]":
    foreign = ("PYTEST_", "COV_", "COVERAGE_")
    environment = {key: v for key, v in os.environ.items() if not key.startswith(foreign)}
    environment["PYTHONPATH"] = os.pathsep.join(str(tree / root) for root in roots)
    return subprocess.run(  # noqa: S603 - the plan's own command
        command, cwd=tree, env=environment, capture_output=True, check=False
    )


def _tail(raw: bytes) -> list[str]:
    lines = raw.decode("utf-8", "replace").splitlines()
    return [line for line in lines if line.strip()][-_TAIL:]
