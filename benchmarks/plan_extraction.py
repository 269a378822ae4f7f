"""Plan one extraction on a generated tree, beside rope's own search for the same class.

Both are whole processes, run in turn on the same tree, so that a noisy machine hits both alike.
What counts is the ratio, not the seconds.

    python benchmarks/plan_extraction.py --modules 2000 --runs 3
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ROPE = """
import sys
from rope.base.project import Project
from rope.contrib.findit import find_occurrences
project = Project(sys.argv[1], ropefolder=None, source_folders=["src"])
resource = project.get_resource("src/big/core/god.py")
offset = resource.read().index("class God") + len("class ")
found = find_occurrences(project, resource, offset)
print(len(found))
"""
_USERS = 20
_BAR_RATIO, _BAR_MEGABYTES = 10, 120


def main() -> None:
    """Generate the tree, time both, and print a table; exit 1 when a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=_Formatter)
    parser.add_argument("--modules", type=int, default=2000)
    parser.add_argument("--runs", type=int, default=3)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        repo = Path(folder)
        size = generate(repo, wanted.modules)
        print(f"{wanted.modules} modules, {size / 1e6:.1f} MB, {_USERS} of them name the class")
        carve = [sys.executable, "-m", "carve", "extract", "src/big/core/god.py:God"]
        carve += ["--members", "member_0,member_1,member_2", "--to", "big.mixins.first:MixinFirst"]
        carve += ["--repo", str(repo), "--dry-run", "--json"]
        rope = [sys.executable, "-W", "ignore", "-c", ROPE, str(repo)]
        figures: dict[str, list[tuple[float, float]]] = {"carve, plan": []}
        figures["rope, unfiltered search"] = []
        for _ in range(wanted.runs):
            figures["carve, plan"].append(measure(carve))
            figures["rope, unfiltered search"].append(measure(rope))
    sys.exit(_show(figures))


def _show(figures: dict[str, list[tuple[float, float]]]) -> int:
    print(f"{'':26}{'seconds (min / median)':>24}{'peak MB':>10}")
    for name, runs in figures.items():
        seconds = [second for second, _ in runs]
        peak = max(megabytes for _, megabytes in runs)
        timing = f"{min(seconds):.2f} / {statistics.median(seconds):.2f}"
        print(f"{name:26}{timing:>24}{peak:>10.0f}")
    ours, theirs = (statistics.median(second for second, _ in runs) for runs in figures.values())
    peak = max(megabytes for _, megabytes in figures["carve, plan"])
    print(f"carve is {theirs / ours:.1f} times faster (bar: {_BAR_RATIO}), ", end="")
    print(f"with {peak:.0f} MB (bar: under {_BAR_MEGABYTES})")
    return 0 if theirs / ours >= _BAR_RATIO and peak < _BAR_MEGABYTES else 1


def measure(command: list[str]) -> tuple[float, float]:
    """Return the wall time of a whole process in seconds, and its peak memory in MB."""
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    if status:
        message = process.stderr.read().decode() if process.stderr else ""
        raise SystemExit(f"{' '.join(command)} failed:\n{message}")
    return seconds, usage.ru_maxrss / 1024


def generate(repo: Path, modules: int, users: int = _USERS) -> int:
    """Write a repository with that many modules, one god class, and a few that name it."""
    size = 0
    for path, text in _files(modules, users):  # one by one: what this process holds counts below
        (repo / path).parent.mkdir(parents=True, exist_ok=True)
        (repo / path).write_text(text)
        size += len(text)
    for words in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "generated"]):
        identity = ["-c", "user.name=bench", "-c", "user.email=bench@localhost"]
        subprocess.run(["git", *identity, *words], cwd=repo, check=True)
    return size


def _files(modules: int, users: int) -> Iterator[tuple[str, str]]:
    yield "src/big/__init__.py", ""
    yield "src/big/core/__init__.py", ""
    yield "src/big/mixins/__init__.py", ""
    yield "src/big/core/god.py", _god(60)
    for number in range(modules):
        package = f"src/big/part_{number // 50}"
        if number % 50 == 0:
            yield f"{package}/__init__.py", ""
        user = number % max(1, modules // users) == 0
        yield f"{package}/module_{number}.py", _module(number, uses_god=user)


def _god(members: int) -> str:
    head = '"""The class that everybody depends on."""\n\nimport json\nfrom pathlib import Path\n'
    body = "".join(
        f"""
    def member_{number}(self, path: Path, *, strict: bool = True) -> str:
        # Reads what member {number} is about.
        data = json.loads(path.read_text())
        if strict and not data:
            raise ValueError(path)
        return str(data.get("{number}", self.count))
"""
        for number in range(members)
    )
    return f"{head}\n\nclass God:\n    def __init__(self) -> None:\n        self.count = 0\n{body}"


def _module(number: int, *, uses_god: bool) -> str:
    imported = "from big.core.god import God\n" if uses_god else ""
    used = "\n\ndef make() -> God:\n    return God()\n" if uses_god else ""
    functions = "".join(
        f'''

class Worker{number}x{index}:
    """Does part {index} of the work of module {number}."""

    limit = {index}

    def __init__(self, name: str, size: int = {number}) -> None:
        self.name = name
        self.size = size
        self.items: dict[str, int] = {{}}

    def run(self, values: list[int]) -> int:
        total = 0
        for value in values:
            if value > self.limit:
                total += value * self.size
            else:
                self.items[str(value)] = total
        return total

    def describe(self) -> str:
        return f"{{self.name}} of {{self.size}} with {{len(self.items)}} items"
'''
        for index in range(6)
    )
    return f'"""Module {number}."""\n\nimport os\nimport sys\n{imported}{functions}{used}'


class _Formatter(argparse.RawDescriptionHelpFormatter, argparse.ArgumentDefaultsHelpFormatter):
    """Keep the docstring's lines and show defaults."""


if __name__ == "__main__":
    main()
