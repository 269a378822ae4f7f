"""Carry out the whole migration in a clone, beside one run of all pins and of all tests.

All are whole processes on the same commit, run in turn, so that a noisy machine hits them alike.
What counts is the ratio, not the seconds. The tests that the plan asks at its end are a part of
all tests; they are timed too, as a run can never take less than they do.

    python benchmarks/migration.py --runs 1
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import yaml

_PLAN = "migration/plan.yaml"
_PYTEST = ["python", "-m", "pytest", "-q", "-p", "no:cacheprovider"]
_TESTS = [*_PYTEST, "tests/unit/omnibase_core"]
_BAR_RATIO = 3


def main() -> None:
    """Time both, and print a table; exit 1 when the bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=_Formatter)
    parser.add_argument("--runs", type=int, default=1)
    wanted = parser.parse_args()
    verify = yaml.safe_load(Path(_PLAN).read_text("utf-8")).get("verify", {})
    tests = verify.get("all_tests") or _TESTS
    whole, pins, asked, suite = [], [], [], []
    for number in range(wanted.runs):
        with tempfile.TemporaryDirectory(prefix="carve-bench-") as folder:
            repo = Path(folder, "clone")
            _call(["git", "clone", "--quiet", ".", str(repo)], Path.cwd())
            seconds, record = _carve(repo, "run", _PLAN)
            whole.append(seconds)
            pins.append(_carve(repo, "verify", "--plan", _PLAN)[0])
            asked.append(_timed([sys.executable, *tests[1:]], repo)[0])
            suite.append(_timed([sys.executable, *_PYTEST[1:], "tests"], repo)[0])
        if number == 0:
            _tell(record)
    sys.exit(_show(whole, pins, asked, suite))


def _tell(record: dict[str, Any]) -> None:
    steps = record["steps"]
    print(f"{len(steps)} steps, {sum(step['lines'] for step in steps)} lines moved")
    phases = sorted(record["phases"].items(), key=lambda each: -each[1])
    print("seconds by phase: " + ", ".join(f"{name} {seconds:.1f}" for name, seconds in phases))
    shares = [f"{step['pins']} of {step['pins_of']}" for step in steps if step["pins"] is not None]
    print("pins by step: " + ", ".join(shares))


def _show(whole: list[float], pins: list[float], asked: list[float], suite: list[float]) -> int:
    print(f"{'':26}{'seconds (min / median)':>24}")
    rows = {"carve run": whole, "all pins": pins, "tests of the plan": asked, "all tests": suite}
    for name, seconds in rows.items():
        print(f"{name:26}{f'{min(seconds):.1f} / {statistics.median(seconds):.1f}':>24}")
    least = _ratio(whole, pins, asked)
    print(f"the migration takes {least:.1f} times all pins and the tests of the plan")
    ratio = _ratio(whole, pins, suite)
    print(f"the migration takes {ratio:.1f} times all pins and tests (bar: under {_BAR_RATIO})")
    return 0 if ratio < _BAR_RATIO else 1


def _ratio(whole: list[float], pins: list[float], tests: list[float]) -> float:
    return statistics.median(w / (p + t) for w, p, t in zip(whole, pins, tests, strict=True))


def _carve(repo: Path, *words: str) -> tuple[float, dict[str, Any]]:
    seconds, done = _timed([sys.executable, "-m", "carve", *words, "--json"], repo)
    record: dict[str, Any] = json.loads(done.stdout)
    open_steps = [step for step in record.get("steps", ()) if not step["commit"]]
    final = record.get("final") or {}
    if "error" in record or open_steps or final.get("problems"):
        raise SystemExit(f"carve {words[0]} did not come to its end:\n{done.stdout.decode()}")
    return seconds, record


def _timed(command: list[str], folder: Path) -> tuple[float, "subprocess.CompletedProcess[bytes]"]:
    started = time.perf_counter()
    done = _call(command, folder)
    return time.perf_counter() - started, done


def _call(command: list[str], folder: Path) -> "subprocess.CompletedProcess[bytes]":
    environment = {**os.environ, "PYTHONPATH": str(folder / "src")}
    # A run whose result is not what is committed ends with 1, and has taken its time all the same.
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False)
    if done.returncode > 1:
        raise SystemExit(f"{' '.join(command)} failed:\n{(done.stdout + done.stderr).decode()}")
    return done


class _Formatter(argparse.RawDescriptionHelpFormatter, argparse.ArgumentDefaultsHelpFormatter):
    """Keep the docstring's lines and show defaults."""


if __name__ == "__main__":
    main()
