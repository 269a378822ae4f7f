"""End carve at every change to the disk, and at random moments: is everything whole afterwards?

    python benchmarks/interruptions.py [--every 1] [--times 200] [--seed 1] [--only run,undo]

Each command is called once to count what it changes, git's share included, and then once for each
of these changes: killed with all that it has started right before it, or within it if it is a
write; with git alone killed there; with a disk that is full there; and told to end, as Ctrl-C and
a lost terminal tell all that runs in one. Then small runs are killed at moments that are as likely
as any other. Each time a look at the plan has to find a whole
tree, and the same command, or `resume` once a run has begun, has to end in what an undisturbed one
ends in, with nothing left over.
"""

import argparse
import mmap
import os
import random
import shutil
import struct
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).parents[1]
sys.path[:0] = [str(HERE / "src"), str(HERE / "tests/unit/carve")]

from killing import Called, Killer  # noqa: E402 - what the tests kill with

MEMBERS = ("run", "walk")
GOD = "class God:\n" + "".join(
    f"    def {name}(self) -> int:\n        return {number}\n\n"
    for number, name in enumerate((*MEMBERS, "stay"))
)
PLAN = "format: 1\nsteps:\n" + "".join(
    f"  - {{id: 0{number}-{name}, do: extract_mixin, from: 'pkg.god:God',\n"
    f"     to: 'pkg.sub{number}.mixin_{name}:Mixin{name.title()}', members: [{name}],"
    " why: it is one}\n"
    for number, name in enumerate(MEMBERS)
)
RUN, RESUME = ("run", "plan.yaml"), ("resume", "plan.yaml")
IN_PLACE = (*RUN, "--in-place")
EXTRACT = ("extract", "src/pkg/god.py:God", "--members", "stay", "--to", "pkg.mixin_stay:Mixin")
KILL_ALL, KILL_ONE, NO_ROOM, NO_ROOM_ONCE, CTRL_C, HANG_UP = 1, 2, 3, 4, 5, 6
HOWS = {
    "killed": KILL_ALL,
    "git killed": KILL_ONE,
    "full from there on": NO_ROOM,
    "full once": NO_ROOM_ONCE,
    "interrupted": CTRL_C,
    "hung up": HANG_UP,
}
# Where nothing was killed, all is in order at once, and the exit code is one of these.
GENTLE = {
    "full from there on": (0, 1, 2),
    "full once": (0, 1, 2),
    "interrupted": (0, 130),
    "hung up": (0, 129),
}


@dataclass(frozen=True)
class Case:
    """A command, what is done before it, and whether it changes the tree of the user."""

    words: tuple[str, ...]
    before: tuple[tuple[str, ...], ...] = ()
    here: bool = True
    mend: bool = False


CASES = {
    "run": Case(RUN, here=False),
    "run --in-place": Case(IN_PLACE),
    "apply": Case(("apply", "plan.yaml"), (RUN,), here=False),
    "apply here": Case(("apply", "plan.yaml", "--branch", "main"), (RUN,)),
    "undo": Case(("undo", "00-run", "plan.yaml"), (IN_PLACE,)),
    "resume": Case(RESUME, ((*RUN, "--until", "00-run"),), here=False, mend=True),
    "extract": Case(EXTRACT),
}


class Bench:
    """A small repository, copied for each interruption."""

    def __init__(self, home: Path, carve: Killer, faults: "Faults | None") -> None:
        """Keep all of it below `home`."""
        self.home, self.carve, self.faults = home, carve, faults
        self.template, self.repo, self.temporary = home / "template", home / "repo", home / "tmp"

    def prepare(self, case: Case) -> None:
        """Make the tree that the case begins with."""
        shutil.rmtree(self.template, ignore_errors=True)
        package = self.template / "src/pkg"
        package.mkdir(parents=True)
        (package / "__init__.py").touch()
        for number in range(len(MEMBERS)):
            (package / f"sub{number}").mkdir()
            (package / f"sub{number}/__init__.py").touch()
        (package / "god.py").write_text(GOD)
        (package / "god.py").chmod(0o755)
        (self.template / "plan.yaml").write_text(PLAN)
        (self.template / ".gitignore").write_text("__pycache__/\n")
        self.git("init", "--quiet", "--template=", "--initial-branch=main", folder=self.template)
        self._commit()
        for words in case.before:
            done = self.carve.carve(self.template, *words)
            if done.code:
                raise SystemExit(f"carve {' '.join(words)}: {done.out}")
        if case.mend:
            (package / "other.py").write_text("x = 1\n")
            self._commit()

    def _commit(self) -> None:
        self.git("add", "--all", folder=self.template)
        self.git("commit", "--quiet", "--message=x", folder=self.template)

    def fresh(self) -> None:
        """Begin with a new copy."""
        shutil.rmtree(self.repo, ignore_errors=True)
        shutil.copytree(self.template, self.repo, symlinks=True)

    def git(self, *words: str, folder: Path | None = None) -> str:
        """Return what git says."""
        author = ("-c", "user.name=t", "-c", "user.email=t@localhost")
        command = ["git", "-C", str(folder or self.repo), *author, *words]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    def files(self) -> dict[str, tuple[bytes, int]]:
        """Return the bytes and modes of the files of the tree."""
        found = {}
        for path in self.repo.rglob("*"):
            below = path.relative_to(self.repo)
            if below.parts[0] != ".git" and "__pycache__" not in below.parts and path.is_file():
                found[str(below)] = (path.read_bytes(), path.stat().st_mode & 0o777)
        return found

    def state(self) -> tuple[str, str, str, dict[str, tuple[bytes, int]]]:
        """Return what the refs lead to, what git says of the index, and the files."""
        refs = self.git("for-each-ref", "--format=%(refname) %(tree)", "refs/heads", "refs/carve/")
        head = (self.repo / ".git/HEAD").read_text()
        return head, refs, self.git("status", "--porcelain"), self.files()

    def left(self) -> list[str]:
        """Return what nobody needs any more."""
        git = self.repo / ".git"
        found = [*(git / "carve").glob("*"), *git.rglob("*.lock"), *self.temporary.iterdir()]
        return [str(path) for path in [*found, *git.glob("worktrees/*")]]

    def wrong(self, case: Case, whole: list[object], final: object) -> list[str]:
        """Look at the tree, let it be gone on with, and return what is not as it has to be."""
        cut_off = any((self.repo / ".git/carve").glob("journal*"))
        looked = self.carve.carve(self.repo, "check", "plan.yaml") if cut_off else None
        found = [] if self.files() in whole else [f"the tree is torn ({looked})"]
        again = self.carve.carve(self.repo, *(RESUME if self._has_begun(case) else case.words))
        if again.code or self.state() != final:
            found.append(f"it ended otherwise: {again}")
        return found + [f"left: {path}" for path in self.left()]

    def _has_begun(self, case: Case) -> bool:
        """Tell whether there is a run that can be gone on with."""
        in_place = any((self.repo / ".git/carve").glob("in-place-*"))
        return case.words[0] == "run" and (in_place or "refs/carve/plan" in self.state()[1])


class Faults:
    """What is preloaded into carve and each git, and counts their changes in one place."""

    def __init__(self, home: Path) -> None:
        """Build it below `home`."""
        self.library, self.file = home / "faults.so", home / "faults"
        if shutil.which("cc") is None:
            raise SystemExit("needs a C compiler to count changes; --every 0 does without")
        words = ["cc", "-shared", "-fPIC", "-O2", "-o", str(self.library)]
        subprocess.run([*words, str(HERE / "benchmarks/faults.c"), "-ldl"], check=True)
        self.file.write_bytes(bytes(64))
        with self.file.open("r+b") as handle:
            self._shared = mmap.mmap(handle.fileno(), 64)

    @property
    def variables(self) -> dict[str, str]:
        """Return what the processes have to see."""
        return {"LD_PRELOAD": str(self.library), "FAULTS": str(self.file)}

    @contextmanager
    def armed(self, at: int = 0, how: int = 0) -> Iterator[None]:
        """Count, and let the change number `at` be the one."""
        self._shared[:32] = struct.pack("4q", 1, 0, at, how)
        try:
            yield
        finally:
            self._shared[:8] = bytes(8)

    @property
    def count(self) -> int:
        """Return how many changes there have been."""
        return int(struct.unpack("4q", self._shared[:32])[1])


@dataclass
class Tally:
    """What came of the interruptions of one command."""

    name: str
    changes: int
    seconds: float = 0.0
    tried: Counter[str] = field(default_factory=Counter)
    ended: Counter[str] = field(default_factory=Counter)
    bad: list[str] = field(default_factory=list)

    def note(self, how: str, where: str, done: Called, found: list[str]) -> None:
        """Count one interruption."""
        self.tried[how] += 1
        self.ended[f"{how}: {done.code}"] += 1
        for line in found:
            self.bad.append(f"{self.name}, {how} {where}: {line}")
            print(f"  {self.bad[-1]}", flush=True)


def main() -> int:
    """Interrupt, look, and tell how many times something was wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=1, help="try each Nth change; 0: none")
    parser.add_argument("--first", type=int, default=None, help="begin with this change")
    parser.add_argument("--times", type=int, default=200, help="kills at random moments")
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--only", default=",".join(CASES), help="these commands alone")
    parser.add_argument("--how", default=",".join(HOWS), help="in these ways alone")
    asked = parser.parse_args()
    seed = asked.seed if asked.seed is not None else random.SystemRandom().randrange(10**6)
    chance = random.Random(seed)  # noqa: S311 - moments, not secrets
    print(f"seed {seed}")
    bad = 0
    # In memory, where a machine has that: the disk is called upon thousands of times.
    above = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108 - a folder in it
    with tempfile.TemporaryDirectory(dir=above) as folder:
        home = Path(folder)
        (home / "tmp").mkdir()
        faults = Faults(home) if asked.every else None
        variables = {"PYTHONDONTWRITEBYTECODE": "1", **(faults.variables if faults else {})}
        with Killer(home / "tmp", **variables) as carve:
            bench = Bench(home, carve, faults)
            names = asked.only.split(",")
            for number, name in enumerate(names):
                share = asked.times // len(names) + (number < asked.times % len(names))
                points = slice(asked.first or asked.every, None, asked.every)
                bad += _interrupted(bench, name, (points, asked.how.split(",")), share, chance)
    return int(bad > 0)


def _interrupted(
    bench: Bench, name: str, how: tuple[slice, list[str]], times: int, chance: random.Random
) -> int:
    case = CASES[name]
    bench.prepare(case)
    bench.fresh()
    whole: list[object] = [bench.files()]
    changes, took = _undisturbed(bench, case)
    final = bench.state()
    if case.here:
        whole.append(bench.files())
    if name == "run --in-place":
        bench.carve.carve(bench.repo, "undo", "01-walk")
        whole.append(bench.files())
    tally = Tally(name, changes)
    _at_changes(bench, tally, how, (whole, final))
    _at_moments(bench, tally, (times, took), chance, (whole, final))
    tried = ", ".join(f"{number} {each}" for each, number in tally.tried.items())
    print(f"{name}: {changes} changes; {tried}; {len(tally.bad)} wrong", flush=True)
    print(f"  exit codes {dict(sorted(tally.ended.items()))}", flush=True)
    return len(tally.bad)


def _undisturbed(bench: Bench, case: Case) -> tuple[int, float]:
    """Return how many changes the command makes, as far as they are counted, and its seconds."""
    started = time.monotonic()
    with nullcontext() if bench.faults is None else bench.faults.armed():
        done = bench.carve.carve(bench.repo, *case.words)
    if done.code:
        raise SystemExit(f"carve {' '.join(case.words)}: {done.out}")
    return bench.faults.count if bench.faults else 0, time.monotonic() - started


def _at_changes(
    bench: Bench, tally: Tally, how: tuple[slice, list[str]], known: tuple[list[object], object]
) -> None:
    """Interrupt at each change that is to be tried."""
    points, names = how
    case, faults = CASES[tally.name], bench.faults
    if faults is None:
        return
    for name in names:
        for at in range(tally.changes + 1)[points]:
            bench.fresh()
            with faults.armed(at, HOWS[name]):
                done = bench.carve.carve(bench.repo, *case.words)
            found = [] if "Traceback" not in done.out else [done.out]
            if done.code not in GENTLE.get(name, (done.code,)):
                found.append(f"exit code {done.code}: {done.out}")
            # Where nothing was killed, there is nothing to be mended by a later command either.
            if name in GENTLE and tally.name != "extract":
                dirty = bench.git("status", "--porcelain")
                found += [f"not clean: {dirty}"] if dirty else []
            tally.note(name, f"at {at}", done, found + bench.wrong(case, *known))


def _at_moments(
    bench: Bench,
    tally: Tally,
    how: tuple[int, float],
    chance: random.Random,
    known: tuple[list[object], object],
) -> None:
    """Kill at random moments, every other time without what was started; an end comes anew."""
    times, took = how
    case = CASES[tally.name]
    for number in range(times):
        moment, code = 0.0, 0
        while not code:
            bench.fresh()
            moment, started = chance.uniform(0, took), time.monotonic()
            done = bench.carve.carve(bench.repo, *case.words, after=moment, alone=number % 2)
            code = done.code
            took = took if code else min(took, time.monotonic() - started)
        name = "at random, alone" if number % 2 else "at random"
        tally.note(name, f"after {moment:.3f} s", done, bench.wrong(case, *known))


if __name__ == "__main__":
    raise SystemExit(main())
