"""Plan one extraction on small, large and huge trees: what does it cost that a tree is large?

Every figure is that of a whole process, and all are taken in turn, so that a noisy machine hits
all alike. What counts are the ratios of processor time; the clock is shown beside it.

- *warm*: the index of words is complete and nothing has changed.
- *cold*: there is no index, as after a fresh clone.
- *edited*: the index is complete, and ten files have changed since.
- *grep and parse*: one `git grep` for the names that the plan is about, and a parse of its hits.
- *search*: what carve does in place of that, cold and warm.
- *rope*: its search for the occurrences of the class, with its defaults.

    python benchmarks/planning.py --modules 200 2000 20000 --runs 3
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from plan_extraction import ROPE, generate

_NAMES = "God", "god"
_GREP = """
import ast, subprocess, sys
words = [part for name in sys.argv[2:] for part in ("-e", name)]
command = ["git", "-C", sys.argv[1], "grep", "-lzwFI", "--untracked", *words, "--", "*.py"]
for path in subprocess.run(command, capture_output=True).stdout.decode().split("\\0")[:-1]:
    ast.parse(open(f"{sys.argv[1]}/{path}", "rb").read())
"""
_SEARCH = """
import ast, sys
from pathlib import Path
from carve.index.place import index_of
from carve.index.words import Question
for path in index_of(Path(sys.argv[1])).holding(Question(sys.argv[2:])):
    ast.parse(open(f"{sys.argv[1]}/{path}", "rb").read())
"""
_NOTHING = "import ast, subprocess, sys"
_NOTHING_OF_OURS = "import ast, sys, carve.index.place"
_INDEX = ".git/carve/words"
_BAR_WARM, _BAR_COLD = 2.0, 3.0
_MOST_COMMANDS = 40


@dataclass(frozen=True, slots=True)
class Cost:
    """What a process and its children took."""

    processor: float
    clock: float
    megabytes: float


class Tree:
    """A generated repository, and the costs of what was done with it."""

    def __init__(self, repo: Path, modules: int, users: int) -> None:
        """Generate the repository."""
        self.repo, self.modules, self.users = repo, modules, users
        self.costs: dict[str, list[Cost]] = defaultdict(list)
        self.size = generate(repo, modules, users)
        time.sleep(3)  # a file that was just written is not taken for unchanged

    def take(self) -> None:
        """Take every figure once."""
        self._cold("cold", self._extraction)
        self._complete()
        self._run("warm", self._extraction)
        for number in range(10):
            file = self.repo / f"src/big/part_0/module_{number}.py"
            file.write_text(f"{file.read_text()}# changed\n")
        self._run("edited", self._extraction)
        self._run("grep and parse", [sys.executable, "-c", _GREP, str(self.repo), *_NAMES])
        self._cold("search, cold", self._search)
        self._complete()
        self._run("search, warm", self._search)
        self._run("python alone", [sys.executable, "-c", _NOTHING])
        self._run("python and imports", [sys.executable, "-c", _NOTHING_OF_OURS])

    def take_rope(self) -> None:
        """Let rope search; it is many times slower, so once has to do."""
        self._run("rope", [sys.executable, "-W", "ignore", "-c", ROPE, str(self.repo)])

    def of(self, name: str, part: str = "processor") -> float:
        """Return the median of a figure."""
        return float(statistics.median(getattr(cost, part) for cost in self.costs[name]))

    @property
    def grep(self) -> float:
        """Return what grep and parse take, without the start of Python."""
        return self.of("grep and parse") - self.of("python alone")

    def search(self, name: str) -> float:
        """Return what a search of ours takes, without the start of Python."""
        return self.of(name) - self.of("python and imports")

    @property
    def _extraction(self) -> list[str]:
        words = "extract src/big/core/god.py:God --members member_0,member_1,member_2"
        words += f" --to big.mixins.first:MixinFirst --dry-run --json --repo {self.repo}"
        return [sys.executable, "-m", "carve", *words.split()]

    @property
    def _search(self) -> list[str]:
        return [sys.executable, "-c", _SEARCH, str(self.repo), *_NAMES]

    def _cold(self, name: str, command: list[str]) -> None:
        shutil.rmtree(self.repo / _INDEX, ignore_errors=True)
        self._run(name, command)

    def _complete(self) -> None:
        """Ask until the index does not grow any more."""
        sizes = [-1, 0]
        while sizes[-1] != sizes[-2] and len(sizes) < _MOST_COMMANDS:
            _cost(self._search)
            sizes.append(sum(path.stat().st_size for path in (self.repo / _INDEX).rglob("*.db")))
        self.commands = len(sizes) - 2

    def _run(self, name: str, command: list[str]) -> None:
        self.costs[name].append(_cost(command))


def main() -> None:
    """Take all figures and print them; exit 1 when a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=_Formatter)
    parser.add_argument("--modules", type=int, nargs="+", default=[200, 2000, 20000])
    parser.add_argument("--users", type=int, default=20, help="modules that name the class")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--rope-up-to", type=int, default=20000, help="modules of a tree for rope")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        sizes = [(modules, wanted.users) for modules in wanted.modules]
        sizes.append((wanted.modules[-1], 10 * wanted.users))
        trees = [Tree(Path(folder) / f"{n}-{users}", n, users) for n, users in sizes]
        for _ in range(wanted.runs):
            for tree in trees:
                tree.take()
        for tree in trees[:-1]:
            if tree.modules <= wanted.rope_up_to:
                tree.take_rope()
        for tree in trees:
            _show(tree)
        sys.exit(_judge(trees))


def _show(tree: Tree) -> None:
    print(f"\n{tree.modules} modules, {tree.size / 1e6:.1f} MB, {tree.users} name the class;")
    print(f"the index was complete after {tree.commands} commands")
    print(f"{'':22}{'processor s':>12}{'clock s':>9}{'peak MB':>9}")
    for name in tree.costs:
        figures = (tree.of(name, part) for part in ("processor", "clock", "megabytes"))
        print(f"{name:22}{next(figures):>12.2f}{next(figures):>9.2f}{next(figures):>9.0f}")


def _judge(trees: list[Tree]) -> int:
    small, large, used = trees[0], trees[-2], trees[-1]
    print()
    held = [
        _bar(
            f"warm, {large.modules} modules to {small.modules}, time",
            large.of("warm") / small.of("warm"),
            _BAR_WARM,
        ),
        _bar(
            f"warm, {large.modules} modules to {small.modules}, memory",
            large.of("warm", "megabytes") / small.of("warm", "megabytes"),
            _BAR_WARM,
        ),
        *(
            _bar(
                f"cold search to grep and parse, {tree.modules} modules",
                tree.search("search, cold") / tree.grep,
                _BAR_COLD,
            )
            for tree in trees[:-1]
        ),
    ]
    print(f"{used.users} users to {large.users}: {used.of('warm') / large.of('warm'):.2f}")
    return 0 if all(held) else 1


def _bar(name: str, ratio: float, bar: float) -> bool:
    print(f"{name}: {ratio:.2f} (bar: under {bar:g}){'' if ratio < bar else ' MISSED'}")
    return ratio < bar


def _cost(command: list[str]) -> Cost:
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    _, status, usage = os.wait4(process.pid, 0)
    clock = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    with process:
        if status:
            message = process.stderr.read().decode() if process.stderr else ""
            raise SystemExit(f"{' '.join(command)} failed:\n{message}")
    return Cost(usage.ru_utime + usage.ru_stime, clock, usage.ru_maxrss / 1024)


class _Formatter(argparse.RawDescriptionHelpFormatter, argparse.ArgumentDefaultsHelpFormatter):
    """Keep the docstring's lines and show defaults."""


if __name__ == "__main__":
    main()
