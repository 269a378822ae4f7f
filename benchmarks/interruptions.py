"""Kill carve with all that it has started at random moments: is everything whole afterwards?

    python benchmarks/interruptions.py [--times 200] [--seed 1]

Each time a small run in place, its landing or its taking back is killed, at a moment that is as
likely as any other. Afterwards a look at the plan has to find a whole tree, and the same command
has to end in what it ends in without a kill, with nothing left over.
"""

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).parents[1]
MEMBERS = ("run", "walk", "rest")
GOD = "class God:\n" + "".join(
    f"    def {name}(self) -> int:\n        return {number}\n\n"
    for number, name in enumerate((*MEMBERS, "stay"))
)
PLAN = "format: 1\nsteps:\n" + "".join(
    f"  - {{id: 0{number}-{name}, do: extract_mixin, from: 'pkg.god:God',\n"
    f"     to: 'pkg.mixin_{name}:Mixin{name.title()}', members: [{name}], why: it is one}}\n"
    for number, name in enumerate(MEMBERS)
)
RUN = ("run", "plan.yaml", "--in-place")
COMMANDS: dict[tuple[str, ...], tuple[str, ...] | None] = {
    RUN: None,
    ("apply", "plan.yaml", "--branch", "main"): ("run", "plan.yaml"),
    ("undo", "01-walk", "plan.yaml"): RUN,
}


class Bench:
    """A small repository, copied for each kill."""

    def __init__(self, home: Path) -> None:
        """Make the repository."""
        self.template, self.repo, self.temporary = home / "template", home / "repo", home / "tmp"
        self.temporary.mkdir()
        package = self.template / "src/pkg"
        package.mkdir(parents=True)
        (package / "__init__.py").touch()
        (package / "god.py").write_text(GOD)
        (self.template / "plan.yaml").write_text(PLAN)
        (self.template / ".gitignore").write_text("__pycache__/\n")
        for words in (
            ("init", "--quiet", "--template=", "--initial-branch=main"),
            ("add", "--all"),
        ):
            self.git(*words, folder=self.template)
        self.git("commit", "--quiet", "--message=x", folder=self.template)

    def git(self, *words: str, folder: Path | None = None) -> str:
        """Return what git says."""
        author = ("-c", "user.name=t", "-c", "user.email=t@localhost")
        command = ["git", "-C", str(folder or self.repo), *author, *words]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    def fresh(self, before: tuple[str, ...] | None) -> None:
        """Begin with a new copy, where `before` has been done."""
        shutil.rmtree(self.repo, ignore_errors=True)
        shutil.copytree(self.template, self.repo)
        if before is not None:
            self.must(*before)

    def must(self, *words: str) -> None:
        """Call carve, which has to succeed."""
        if code := self.carve(*words):
            raise SystemExit(f"carve {' '.join(words)} ended with {code} in {self.repo}")

    def carve(self, *words: str, kill_after: float | None = None) -> int:
        """Return the exit code; the process and all of its group may be killed."""
        process = subprocess.Popen(
            [sys.executable, "-m", "carve", *words],
            cwd=self.repo,
            env={**os.environ, "PYTHONPATH": str(HERE / "src"), "TMPDIR": str(self.temporary)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        if kill_after is not None:
            time.sleep(kill_after)
            os.killpg(process.pid, signal.SIGKILL)
        return process.wait()

    def files(self) -> dict[str, bytes]:
        """Return the files of the tree."""
        tops = (self.repo / "src", self.repo / "plan.yaml", self.repo / ".gitignore")
        paths = [path for top in tops for path in [top, *top.rglob("*")]]
        kept = [path for path in paths if path.is_file() and "__pycache__" not in path.parts]
        return {str(path.relative_to(self.repo)): path.read_bytes() for path in kept}

    def state(self) -> tuple[str, str, dict[str, bytes]]:
        """Return what the refs lead to, what git says of the index, and the files."""
        refs = self.git("for-each-ref", "--format=%(refname) %(tree)", "refs/heads", "refs/carve/")
        return refs, self.git("status", "--porcelain"), self.files()

    def left(self) -> list[str]:
        """Return what nobody needs any more."""
        own = [path for path in (self.repo / ".git/carve").glob("*") if path.name != "lock"]
        found = [*own, *(self.repo / ".git").rglob("*.lock"), *self.temporary.iterdir()]
        return [str(path) for path in [*found, *(self.repo / ".git").glob("worktrees/*")]]


def main() -> int:
    """Kill, look, and tell how many times something was wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=200)
    parser.add_argument("--seed", type=int, default=None)
    asked = parser.parse_args()
    seed = asked.seed if asked.seed is not None else random.SystemRandom().randrange(10**6)
    chance = random.Random(seed)  # noqa: S311 - moments, not secrets
    print(f"seed {seed}")
    wrong = 0
    with tempfile.TemporaryDirectory() as home:
        bench = Bench(Path(home))
        for number, (words, before) in enumerate(COMMANDS.items()):
            times = asked.times // len(COMMANDS) + (number < asked.times % len(COMMANDS))
            wrong += _kills(bench, words, before, (times, chance))
    return int(wrong > 0)


def _kills(
    bench: Bench,
    words: tuple[str, ...],
    before: tuple[str, ...] | None,
    how: tuple[int, random.Random],
) -> int:
    times, chance = how
    bench.fresh(before)
    whole = [bench.files()]
    started = time.monotonic()
    bench.must(*words)
    took = time.monotonic() - started
    final = bench.state()
    whole += [final[2], *_between(bench, words)]
    wrong = 0
    for _ in range(times):
        moment = chance.uniform(0, took)
        bench.fresh(before)
        bench.carve(*words, kill_after=moment)
        bench.carve("check", "plan.yaml")
        found = [] if bench.files() in whole else ["the tree is torn"]
        if bench.carve(*words) or bench.state() != final:
            found.append(f"it ended otherwise: {bench.state()[:2]}")
        found += bench.left()
        wrong += bool(found)
        for line in found:
            print(f"  {words[0]}, killed after {moment:.3f} s: {line}", flush=True)
    print(
        f"{words[0]:5}  {times} kills within {took:.1f} s, {wrong} times something was wrong",
        flush=True,
    )
    return wrong


def _between(bench: Bench, words: tuple[str, ...]) -> list[dict[str, bytes]]:
    """Return the trees after each step of a run in place."""
    found = []
    for number, name in reversed(list(enumerate(MEMBERS)) if words == RUN else []):
        bench.must("undo", f"0{number}-{name}")
        found.append(bench.files())
    return found


if __name__ == "__main__":
    raise SystemExit(main())
