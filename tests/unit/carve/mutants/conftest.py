"""A module with pins that notice some of its faults."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from carve.mutants.run import Job, MutationRun, mutate

_REPOSITORY = Path(__file__).parents[4]
_TILL = '''
"""A till."""

import os
from dataclasses import dataclass

LIMIT = 100
RATES = {"a": 2}


@dataclass
class Till:
    amount: int = 0

    def pay(self, amount, factor=2):
        if amount > LIMIT:
            raise ValueError(f"too much: {amount}")
        self.amount += amount * factor
        return self.amount

    def rest(self, n):
        while n > 0:
            n -= 1
        return n

    def leave(self, code):
        if code != 7:
            os._exit(code)

    @property
    def empty(self):
        return self.amount == 0

    def never(self):
        return 1
'''
# A loop that never ends is to wait for its timeout, and not to keep a processor busy.
_SCENARIOS = """
import select


class Slow(int):
    def __gt__(self, other):
        select.select([], [], [], 0.005)
        return int(self) > other

    def __sub__(self, other):
        return Slow(int(self) - other)

    def __add__(self, other):
        return Slow(int(self) + other)


def test_pays(subject, pinned):
    till = subject.cls()
    pinned.check({"paid": till.pay(3), "amount": till.amount, "limit": subject.module.LIMIT})


def test_refuses(subject, pinned):
    pinned.check(pinned.observe(lambda: subject.cls().pay(101)))


def test_rests(subject, pinned):
    pinned.check({"left": int(subject.cls().rest(Slow(3)))})


def test_stays(subject, pinned):
    pinned.check({"left": subject.cls().leave(7)})


def test_looks(subject, pinned):
    pinned.check({"till": subject.cls().empty})


def test_sees_the_copy(subject, pinned):
    till = subject.cls()
    pinned.check({"names": "__carve_mutant__" in vars(subject.module), "left": till.rest(1)})
"""


@dataclass(frozen=True)
class Bench:
    """A tree with pins; its second worker would take longer to start than to judge its half."""

    tree: Path
    workers: int = 1

    @property
    def till(self) -> Path:
        return self.tree / "src" / "shop" / "till.py"

    @property
    def home(self) -> Path:
        return self.tree / "characterization"

    @property
    def cache(self) -> Path:
        return self.tree / "cache" / "till.jsonl"

    def job(self, **choices: object) -> Job:
        facts: dict[str, object] = {"workers": self.workers, "cache": self.cache, **choices}
        return Job(self.tree, "shop.till", self.till, **facts)  # type: ignore[arg-type]

    def mutate(self, **choices: object) -> MutationRun:
        return mutate(self.job(**choices))

    def rewrite(self, old: str, new: str) -> None:
        text = self.till.read_text()
        assert old in text
        self.till.write_text(text.replace(old, new))


@pytest.fixture(scope="session")
def accepted_bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    bench = Bench(tmp_path_factory.mktemp("bench") / "tree", workers=2)
    scenarios = bench.home / "scenarios" / "till"
    scenarios.mkdir(parents=True)
    bench.till.parent.mkdir(parents=True)
    (bench.till.parent / "__init__.py").touch()
    bench.till.write_text(_TILL.lstrip())
    (scenarios / "test_pay.py").write_text(_SCENARIOS)
    shutil.copy(_REPOSITORY / "characterization" / "pytest.ini", bench.home)
    (bench.home / "subjects.yaml").write_text(
        "till: {before: 'shop.till:Till', after: 'shop.till:Till'}\n"
    )
    kept = {key: value for key, value in os.environ.items() if not key.startswith("PYTEST_")}
    paths = [str(bench.tree / "src"), str(_REPOSITORY / "src")]
    done = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-q", "characterization"),
            *("--pin", "-k", "test_", "--reason", "first sight"),
        ],
        cwd=bench.tree,
        env={**kept, "PYTHONPATH": os.pathsep.join(paths)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    return bench


@pytest.fixture(scope="session")
def judged_bench(accepted_bench: Bench) -> tuple[Bench, MutationRun]:
    return accepted_bench, accepted_bench.mutate()


@pytest.fixture
def bench(judged_bench: tuple[Bench, MutationRun], tmp_path: Path) -> Bench:
    shutil.copytree(judged_bench[0].tree, tmp_path / "tree")
    return Bench(tmp_path / "tree")
