"""Judge the mutants of one module by its pins, beside mutmut and cosmic-ray.

All three are whole processes, run in turn on copies of the tree before the first step, with the
pins of one role; what counts is the ratio, not the seconds. Carve judges every mutant, mutmut a
tenth of its own from every function, the fastest first, cosmic-ray all of its own in random order
and one at a time. A peer that is not done when its budget is spent is cut off, and marked. What
comes before the first verdict (coverage, statistics, clean runs) is set-up and shown apart; the
start of carve's workers counts as judging.

    python benchmarks/mutation.py --seconds 60 --workers 2
"""

import argparse
import json
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from _peers import FOLDER, Bench, Figures, cosmic_ray, mutmut, reason

from carve.plan.load import load_plan
from carve.run.before import materialise

_REPO = Path(__file__).parents[1]
_OURS = """
import json, sys
from pathlib import Path
from carve.mutants.run import Job, mutate
tree, module, file = Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3])
run = mutate(Job(tree, module, file, workers=int(sys.argv[4])))
judged = [each for each in run.verdicts if each.verdict != "not covered"]
killed = sum(each.killed for each in judged)
print(json.dumps([len(run.verdicts), len(judged), killed, run.seconds, run.judged_seconds]))
"""
_BAR_RATIO = 5


def main() -> None:
    """Let the tools judge in turn and print a table; exit 1 when the bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=_Formatter)
    parser.add_argument("--module", default="omnibase_core.infrastructure.node_effect")
    parser.add_argument("--role", default="effect", help="whose pins judge")
    parser.add_argument("--seconds", type=float, default=60.0, help="of judging, for each peer")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument(
        "--peers",
        type=Path,
        default=Path(sys.executable),
        metavar="PYTHON",
        help="the interpreter that has mutmut and cosmic-ray",
    )
    wanted = parser.parse_args()
    peers = wanted.peers.absolute()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        scratch = Path(folder).resolve()
        stage(scratch / "tree", wanted.role)
        bench = Bench(scratch, wanted.module, wanted.seconds, wanted.workers, peers)
        print(f"{wanted.module}, pins of {wanted.role!r}, {wanted.workers} workers, ", end="")
        print(f"Python {platform.python_version()}")
        _head()
        rates = {name: _row(name, tool, bench) for name, tool in _TOOLS.items()}
    sys.exit(_verdict(rates))


def stage(tree: Path, role: str) -> None:
    """Write the tree before the first step, with the scenarios and pins of one role alone."""
    tree.mkdir()
    materialise(_REPO, load_plan(_REPO / "migration/plan.yaml"), tree)
    for part in ("scenarios", "pins"):
        for folder in (tree / FOLDER / part).iterdir():
            if folder.is_dir() and folder.name != role:
                shutil.rmtree(folder)


def carve(bench: Bench) -> Figures:
    """Judge all mutants of the module by the project's own engine."""
    tree = bench.copy("carve")
    command = [sys.executable, "-c", _OURS, str(tree), bench.module, str(tree / bench.file)]
    done = subprocess.run(
        [*command, str(bench.workers)], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(reason(done.stderr))
    generated, judged, killed, seconds, judging = json.loads(done.stdout)
    rate = judged / judging
    return Figures(generated, judged, killed, seconds - judging, judging, rate)


_TOOLS: dict[str, Callable[[Bench], Figures]] = {
    "carve": carve,
    "mutmut": mutmut,
    "cosmic-ray": cosmic_ray,
}


def _head() -> None:
    print(f"{'':20}{'generated':>10}{'judged':>8}{'killed':>8}", end="")
    print(f"{'set-up s':>10}{'judging s':>11}{'mutants/s':>11}")


def _row(name: str, tool: Callable[[Bench], Figures], bench: Bench) -> float | None:
    """Print what a tool did, or why it could not; return its rate."""
    try:
        found = tool(bench)
    except SystemExit as error:
        print(f"{name:20}could not run: {error}", flush=True)
        return None
    title = f"{name} {_version(name, bench)}"
    print(f"{title:20}{found.generated:>10}{found.judged:>8}", end="")
    print(f"{100 * found.killed / found.judged:>7.1f}%{found.setup:>10.1f}", end="")
    print(f"{found.judging:>11.1f}{found.rate:>11.2f}{'  cut' if found.cut else ''}", flush=True)
    return found.rate


def _version(name: str, bench: Bench) -> str:
    if name == "carve":
        return ""
    code = "import sys, importlib.metadata as m; print(m.version(sys.argv[1]))"
    command = [str(bench.peers), "-c", code, name]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()


def _verdict(rates: dict[str, float | None]) -> int:
    ours = rates["carve"]
    if ours is None:
        return 1
    missed = False
    for name in ("mutmut", "cosmic-ray"):
        rate = rates[name]
        if rate is None:
            print(f"there is nothing to compare with {name}, for the reason above")
            continue
        bar = f" (bar: {_BAR_RATIO})" if name == "mutmut" else ""
        print(f"carve judges {ours / rate:.1f} times as many mutants a second as {name}{bar}")
        missed = missed or bool(bar and ours / rate < _BAR_RATIO)
    return int(missed)


class _Formatter(argparse.RawDescriptionHelpFormatter, argparse.ArgumentDefaultsHelpFormatter):
    """Keep the docstring's lines and show defaults."""


if __name__ == "__main__":
    main()
