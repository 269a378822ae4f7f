"""Hosts that inherit from Python's own library: what does not look at them lets members go."""

from pathlib import Path

import pytest
from carving import HOST, extract, god, objection, python

from carve.checks.library import is_quiet

HOSTS = {
    "a thread": (
        (
            "import threading\n\n\nclass God(threading.Thread):\n"
            "    def __init__(self, n):\n        super().__init__(name='god', daemon=True)\n"
            "        self.n = n\n        self.seen = []\n\n"
            "    def run(self):\n        self.seen.append((self.name, self.n))\n"
        ),
        ("run", "seen"),
        "one = God(3); one.start(); one.join(); print(one.seen, one.daemon, sorted(vars(one)))",
    ),
    "a mapping": (
        (
            "from collections.abc import Mapping\n\n\nclass God(Mapping):\n"
            "    def __getitem__(self, key):\n        return {'a': 1}[key]\n\n"
            "    def __iter__(self):\n        return iter('a')\n\n"
            "    def __len__(self):\n        return 1\n\n"
            "    def keys(self):\n        return [*super().keys(), 'more']\n"
        ),
        ("keys",),
        "one = God(); print(one.keys(), dict(one.items()), 'a' in one, one.get('b'))",
    ),
    "an encoder": (
        (
            "import json\n\n\nclass God(json.JSONEncoder):\n"
            "    def default(self, o):\n        return sorted(o)\n"
        ),
        ("default",),
        "import json; print(json.dumps({'a': {2, 1}}, cls=God))",
    ),
    "a test case": (
        (
            "import unittest\n\n\nclass God(unittest.TestCase):\n"
            "    def setUp(self):\n        self.n = 1\n\n"
            "    def test_one(self):\n        self.assertEqual(self.n, 1)\n\n"
            "    def test_two(self):\n        self.assertEqual(self.n, 2)\n"
        ),
        ("test_one", "setUp"),
        (
            "import unittest; found = unittest.TestResult()\n"
            "unittest.defaultTestLoader.loadTestsFromTestCase(God).run(found)\n"
            "print(found.testsRun, [case.id() for case, _ in found.failures], found.errors)"
        ),
    ),
}


@pytest.mark.parametrize("kind", HOSTS)
def test_it_does_the_same_afterwards(kind: str, tmp_path: Path) -> None:
    text, moves, code = HOSTS[kind]
    workspace = god(tmp_path, text)
    show = f"from pkg.god import God; {code}"
    before = python(tmp_path / "src", show)
    for path, after in extract(workspace, *moves).items():
        (tmp_path / path).write_text(after, encoding="utf-8")
    assert python(tmp_path / "src", show) == before


@pytest.mark.parametrize(
    ("imported", "base"),
    [
        # Finds out whether a subclass has a pattern of its own.
        ("string", "string.Template"),
        # Looks for its own methods in the classes of the order of resolution.
        ("random", "random.Random"),
        # A metaclass makes memory of the fields.
        ("ctypes", "ctypes.Structure"),
        ("json", "json.Nothing"),
        ("this", "this.Zen"),
        ("elsewhere", "elsewhere.Base"),
    ],
)
def test_what_looks_or_is_unknown_is_refused(imported: str, base: str, tmp_path: Path) -> None:
    text = f"import {imported}\n\n\nclass God({base}):\n    def run(self):\n        return 1\n"
    found = objection(god(tmp_path, text), "class-shape", "run")
    assert (found.path, found.line) == (HOST, 4)
    assert found.message == f"God descends from {base}, which carve cannot see"


def test_a_module_of_the_tree_is_not_that_of_the_library(tmp_path: Path) -> None:
    own = "class Thread:\n    def __init_subclass__(cls):\n        print(vars(cls))\n"
    text = "from pkg.threading import Thread\n\n\nclass God(Thread):\n    def run(self): ...\n"
    found = objection(god(tmp_path, text, threading=own), "class-shape", "run")
    assert "Thread defines __init_subclass__" in found.message


@pytest.mark.parametrize("text", ["threading.Thread", "logging.Handler", "argparse.Action"])
def test_the_common_ones_are_known(text: str) -> None:
    assert is_quiet(text)
