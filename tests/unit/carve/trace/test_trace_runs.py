"""A class is traced by the tests of its own repository: what is the same, and what is seen."""

import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from carve.errors import CarveError
from carve.plan.refs import ClassRef
from carve.trace import Difference, Recording, Target, compare, record
from carve.trace.looks import compare_looks

TARGET = Target(ClassRef("shop.store", "Store"), ("src",))
PYTEST = (sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:randomly")

_HEAD = '''\
"""Keeps orders."""

import asyncio
import contextlib
import functools
import random
import time
import uuid

from shop.part import Part

'''
_PART = """\
class Part:
    __slots__ = ("size",)

    def __init__(self, size):
        self.size = size
"""
_ONE = '''\
    def stamp(self):
        return f"{self.name} {time.time()}"

    def add(self, name, count=1):
        if count < 0:
            raise ValueError(f"negative {count}")
        self.orders[name] = count
        if count > 5:
            self.notify(name)
        return count != 0

    def enlist(self):
        salt = f"{random.random():.12f}"
        self.crew = {f"Worker(salt={salt}, {n})": {Part(k) for k in range(n)} for n in (20, 5)}
        for part in self.crew[f"Worker(salt={salt}, 20)"]:
            self.weigh(part.size)
        return f"worker {salt} enlisted by hand"

    def weigh(self, size):
        return size

    def later(self):
        return functools.partial(self.weigh, 2)()

    def notify(self, name):
        self.seen.append(name)

    def begin(self):
        """Begin."""
        self.state = "begun"
        self.told()

    def told(self):
        pass

    def price(self, name: str, count: int = 1) -> float:
        """Return the price."""
        return float(count)

    async def fetch(self, number):
        await asyncio.sleep(0)
        return number * 2

    def walk(self):
        for name in sorted(self.orders):
            yield name

    async def stream(self):
        for name in self.orders:
            await asyncio.sleep(0)
            yield name
'''
_TWO = '''\
    def token(self):
        return uuid.uuid4().hex[:7]

    @contextlib.contextmanager
    def open(self):
        self.is_open = True
        yield self
        self.is_open = False

    def both(self):
        self.first()
        self.second()

    def first(self):
        """Be first."""

    def second(self):
        """Be second."""

    @property
    def limit(self):
        return 5

    @limit.setter
    def limit(self, value):
        self.most = value

    @limit.deleter
    def limit(self):
        del self.most

    @property
    def part(self):
        return Part(4)

    @property
    def size(self):
        return sum(self.orders.values())

    @staticmethod
    def double(value):
        return value * 2

    @classmethod
    def make(cls, name):
        return cls(name)

    def unused(self):
        return None
'''
_INIT = """
    def __init__(self, name="x"):
        self.name = name
        self.orders = {}
        self.seen = []
"""
_TESTS = """\
import asyncio
import os
import threading
from array import array
from unittest import mock

import pytest
from shop.store import Store


def test_stamp():
    with mock.patch("shop.store.time") as clock:
        clock.time.return_value = 5.0
        assert Store().stamp()

def test_default():
    assert Store().add("a")

def test_branch():
    assert Store().add("b", 9)

def test_begin():
    Store().begin()

def test_kinds():
    class Small(Store):
        def add(self, name, count=1):
            return super().add(name, count + 1)
    small = Small()
    small.add("s")
    small.limit = 3
    small.raw = array("i", [1, 2])
    assert small.part.size == 4
    del small.limit

def test_error():
    with pytest.raises((ValueError, TypeError)):
        Store().add("c", -1)

def test_fetch():
    assert asyncio.run(Store().fetch(2))

def test_walk():
    store = Store.make("w")
    store.add("b", 1), store.add("a", 1)
    assert next(store.walk())
    assert list(store.walk())

def test_stream():
    async def run():
        store = Store()
        store.add("d", 1)
        return [name async for name in store.stream()]
    assert asyncio.run(run())

def test_token():
    assert Store().token()

def test_order():
    Store().both()

def test_enlist():
    assert Store().enlist()

def test_partial():
    assert Store().later()

def test_others():
    store = Store()
    with store.open():
        assert store.is_open
    assert (store.size, Store.double(2)) == (0, 4)

def test_threads():
    store = Store()
    threads = [threading.Thread(target=store.add, args=(name, 1)) for name in "xyz"]
    for thread in threads:
        thread.start()
        thread.join()

def test_fork():
    if (child := os.fork()) == 0:
        Store().add("forked", 1)
        os._exit(0)
    os.waitpid(child, 0)
"""
_FAITHFUL = {
    "src/shop/store.py": f"{_HEAD}from shop.mixin_one import MixinOne\n\n\n"
    f"class Store(MixinOne):{_INIT}\n{_TWO}",
    "src/shop/mixin_one.py": f"{_HEAD}\nclass MixinOne:\n{_ONE}",
}
# Each of these leaves all tests green; the mixin imports `time` itself, as the tests replace it
# in the module where it was.
_CHANGES = {
    "count=1": "count=2",
    "if count > 5:": "if count > 50:",
    "raise ValueError(": "raise TypeError(",
    "number * 2": "number * 3",
    "by hand": "by force",
    "return size": "return size * 2 if size != 2 else 2",
    "in sorted(self.orders)": "in self.orders",
    '        self.state = "begun"\n        self.told()': (
        '        self.told()\n        self.state = "begun"'
    ),
    '"""Return the price."""': '"""Return a price."""',
    "name: str, count: int = 1": "name: bytes, count: int = 1",
    "            await asyncio.sleep(0)\n            yield name": "            yield name",
}


def _tree(folder: Path, files: dict[str, str]) -> Path:
    usual = {"tests/test_store.py": _TESTS, "src/shop/__init__.py": "", "src/shop/part.py": _PART}
    for path, text in {**usual, **files}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    return folder


@pytest.fixture(scope="module", autouse=True)
def _no_plugins() -> Iterator[None]:
    """Start pytest without what happens to be installed, which takes most of its time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
        yield


@pytest.fixture(scope="module")
def before_runs(tmp_path_factory: pytest.TempPathFactory) -> list[Recording]:
    folder = tmp_path_factory.mktemp("before")
    files = {"src/shop/store.py": f"{_HEAD}\nclass Store:{_INIT}\n{_ONE}\n{_TWO}"}
    tree = _tree(folder / "tree", files)
    return [record(tree, TARGET, PYTEST, folder / f"{number}.jsonl") for number in range(4)]


@pytest.fixture(scope="module")
def faithful(tmp_path_factory: pytest.TempPathFactory) -> Recording:
    folder = tmp_path_factory.mktemp("faithful")
    tree = _tree(folder / "tree", _FAITHFUL)
    return record(tree, TARGET, PYTEST, folder / "after.jsonl")


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Recording:
    folder = tmp_path_factory.mktemp("other")
    mixin, host = _FAITHFUL["src/shop/mixin_one.py"], _FAITHFUL["src/shop/store.py"]
    for old, new in _CHANGES.items():
        assert old in mixin
        mixin = mixin.replace(old, new)
    swapped = "        self.second()\n        self.first()\n"
    host = host.replace("        self.first()\n        self.second()\n", swapped)
    host += "\nStore.second.__qualname__ = 'Other.second'\n"
    files = {"src/shop/mixin_one.py": mixin, "src/shop/store.py": host}
    return record(_tree(folder / "tree", files), TARGET, PYTEST, folder / "after.jsonl")


def _green(recording: Recording) -> bool:
    outcomes = [outcome for test in recording.tests for outcome in recording.of(test).outcomes]
    return bool(outcomes) and {outcome[1] for outcome in outcomes} == {"passed"}


def test_a_faithful_extraction_shows_no_difference(
    before_runs: list[Recording], faithful: Recording
) -> None:
    # Of the tests in the trees, only that of the patch tells the difference by itself.
    found, _ = compare(before_runs[0], faithful, before_again=before_runs[1:])
    assert [each.tests for each in found] == [("tests/test_store.py::test_stamp",)]
    assert _green(faithful)


def test_what_is_random_is_left_out_and_told(
    before_runs: list[Recording], faithful: Recording
) -> None:
    _, left_out = compare(before_runs[0], faithful, before_again=before_runs[1:])
    told = {each.what: (each.compared, each.tests[0].rpartition("_")[2]) for each in left_out}
    assert told.pop("token returns") == ("its type", "token")
    assert told.pop("self.crew") == ("the other keys and how many there are", "enlist")
    assert told.pop("enlist returns") == ("the other words", "enlist")
    # What lies in a set comes by its address; chance alone can make two runs alike.
    orders = {"weigh(): size", "weigh returns"}
    assert set(told) <= orders
    assert set(told.values()) <= {("all values, in any order", "enlist")}


def test_what_an_extraction_always_shows_is_told_apart(
    before_runs: list[Recording], faithful: Recording
) -> None:
    differences, expected = compare_looks(before_runs[0].looks, faithful.looks)
    assert differences == []
    assert expected == [
        (
            "stamp, add, enlist, weigh, later, notify, begin, told, price, fetch, walk, stream: "
            "__qualname__ and __module__ say "
            "shop.mixin_one.MixinOne, no longer shop.store.Store"
        ),
        "the MRO has shop.mixin_one.MixinOne",
    ]


@pytest.fixture(scope="module")
def found(before_runs: list[Recording], other: Recording) -> dict[str, Difference]:
    assert _green(before_runs[0])
    assert _green(other)
    differences, _ = compare(before_runs[0], other, before_again=before_runs[1:])
    return {test.rpartition("::")[2]: each for each in differences for test in each.tests}


@pytest.mark.parametrize(
    ("test", "kind", "before", "after"),
    [
        ("test_default", "changed", "add(on='Store', name='a', count=1)", "count=2"),
        ("test_branch", "lost", "notify(on='Store', name='b', self.orders=<d", "add r"),
        ("test_error", "changed", "ValueError(", "TypeError("),
        ("test_fetch", "changed", "fetch returns 4", "fetch returns 6"),
        ("test_walk", "lost", "calls sorted", "walk yields 'b'"),
        ("test_begin", "changed", "told(on='Store', self.state='begun')", "told(on='Store')"),
        ("test_order", "order", "first(on='Store')", "second(on='Store')"),
    ],
)
def test_a_change_that_the_tests_do_not_notice_is_shown(
    found: dict[str, Difference], test: str, kind: str, before: str, after: str
) -> None:
    difference = found[test]
    if test == "test_error" and sys.version_info >= (3, 12):
        # There the call that makes the exception is seen as well, and comes first.
        kind, before, after = "lost", "calls ValueError", "calls TypeError"
    assert difference.kind == kind
    assert before in difference.before
    assert after in difference.after
    assert difference.at is not None


def test_a_patch_that_stops_intercepting_is_a_lost_call_of_a_mock(
    found: dict[str, Difference],
) -> None:
    assert found["test_stamp"].kind == "lost"
    assert "mock time.time is called" in found["test_stamp"].what


def test_what_is_the_same_is_not_told(found: dict[str, Difference]) -> None:
    assert set(found) == {
        *("test_stamp", "test_default", "test_branch", "test_error", "test_fetch", "test_walk"),
        *("test_stream", "test_order", "test_begin", "test_enlist"),
    }


def test_what_introspection_shows_is_compared(
    before_runs: list[Recording], other: Recording
) -> None:
    differences, _ = compare_looks(before_runs[0].looks, other.looks)
    assert [each.what for each in differences] == [
        *("signature of add", "signature of price", "doc of price", "hints of price"),
        *("qualified name of second", "pickles of second"),
    ]


def test_the_kinds_of_members_are_seen(before_runs: list[Recording]) -> None:
    events = {
        test.rpartition("::")[2]: before_runs[0].of(test).events for test in before_runs[0].tests
    }
    assert ["yields", "stream", "<not visible>"] in events["test_stream"]
    assert ["yields", "open", "<Store>"] in events["test_others"]
    assert ["sets", "is_open", ["<unset>", True]] in events["test_others"]
    assert ["called", "double", {"value": 2}] in events["test_others"]
    assert ["called", "make", {"name": "w"}] in events["test_walk"]
    assert ["returns", "size", 0] in events["test_others"]
    assert ["called", "limit", {"on": "Small", "value": 3}] in events["test_kinds"]
    assert ["sets", "most", [3, "<unset>"]] in events["test_kinds"]
    assert ["called", "add", {"on": "Small", "name": "s", "count": 2}] in events["test_kinds"]
    assert ["returns", "part", {"(Part)": {"size": 4}}] in events["test_kinds"]
    # The generator that was dropped after its first name is another one than the second.
    assert sum(event[:2] == ["called", "walk"] for event in events["test_walk"]) == 2


def test_threads_and_forked_processes_are_seen_in_pieces(before_runs: list[Recording]) -> None:
    def pieces(test: str) -> list[Any]:
        return [piece[0] for piece in before_runs[0].of(f"tests/test_store.py::{test}").pieces]

    threads = pieces("test_threads")
    assert [event[2]["name"] for event in threads] == ["x", "y", "z"]
    assert ["called", "add", {"on": "Store", "name": "forked", "count": 1}] in pieces("test_fork")


def test_the_command_has_to_run_tests_that_can_be_seen(tmp_path: Path) -> None:
    tree = _tree(tmp_path, {"src/shop/store.py": "class Store: ..."})
    with pytest.raises(CarveError, match="the recorder was never loaded"):
        record(tree, TARGET, (sys.executable, "-c", "print()"), tmp_path / "r")
    with pytest.raises(CarveError, match="cannot be started"):
        record(tree, TARGET, ("no-such-command",), tmp_path / "r")


def test_unittest_is_traced_as_well_and_random_can_begin_at_a_seed(tmp_path: Path) -> None:
    tests = (
        "import unittest\nfrom shop.store import Store\n\n"
        "class T(unittest.TestCase):\n"
        "    def test_go(self):\n        self.assertLess(Store().go(), 1)\n"
        "    def test_off(self):\n        self.skipTest('later')\n"
    )
    source = "import random\n\nclass Store:\n    def go(self):\n        return random.random()\n"
    tree = _tree(tmp_path / "t", {"src/shop/store.py": source, "test_it.py": tests})
    seeded = Target(TARGET.ref, TARGET.roots, seed=7)
    found = record(tree, seeded, (sys.executable, "-m", "unittest", "test_it"), tmp_path / "r")
    assert found.tests == ["test_it.T.test_go", "test_it.T.test_off"]
    shown = [event for event in found.of("test_it.T.test_go").events if event[0] != "calls"]
    value = float(f"{random.Random(7).random():.12g}")  # noqa: S311 - no secret
    assert shown == [["called", "go", {"on": "Store"}], ["returns", "go", value]]
    assert found.of("test_it.T.test_off").outcomes == [["call", "skipped", "later"]]
