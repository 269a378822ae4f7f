"""Compare all scenarios with their pins on the tree before the first step, as one process.

python benchmarks/characterization.py --runs 3
"""

import argparse
import json
import statistics
import subprocess
import sys
import time
from pathlib import Path

import yaml

_AIM_SECONDS = 20
_PLAN = "migration/plan.yaml"


def main() -> None:
    """Time the whole set and each role's, and print a table beside what is aimed at."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=_Formatter)
    parser.add_argument("--runs", type=int, default=3)
    wanted = parser.parse_args()
    roles = yaml.safe_load(Path("characterization/subjects.yaml").read_text("utf-8"))
    print(f"{'scenarios of':14}{'number':>8}{'seconds (min / median)':>26}")
    for role in roles:
        number, seconds = _timed(wanted.runs, f"{role}/*")
        print(f"{role:14}{number:>8}{_spread(seconds):>26}")
    number, seconds = _timed(wanted.runs)
    print(f"{'all roles':14}{number:>8}{_spread(seconds):>26}")
    print(f"aim: all roles in under {_AIM_SECONDS} seconds on two cores that nobody else uses")


def _timed(runs: int, *names: str) -> tuple[int, list[float]]:
    """Return how many scenarios ran, and the wall time of each whole process in seconds."""
    command = [sys.executable, "-m", "carve", "verify", *names, "--plan", _PLAN, "--json"]
    seconds: list[float] = []
    total = 0
    for _ in range(runs):
        started = time.perf_counter()
        done = subprocess.run(command, capture_output=True, check=False)
        seconds.append(time.perf_counter() - started)
        if done.returncode:
            raise SystemExit(done.stdout.decode() + done.stderr.decode())
        total = json.loads(done.stdout)["total"]
    return total, seconds


def _spread(seconds: list[float]) -> str:
    return f"{min(seconds):.1f} / {statistics.median(seconds):.1f}"


class _Formatter(argparse.RawDescriptionHelpFormatter, argparse.ArgumentDefaultsHelpFormatter):
    """Keep the docstring's lines and show defaults."""


if __name__ == "__main__":
    main()
