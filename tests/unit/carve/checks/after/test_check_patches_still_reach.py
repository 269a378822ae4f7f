"""A patch in a test goes on reaching the code that it is for."""

from pathlib import Path

import pytest
from carving import HOST, extract, objection, tree

TEXT = """\
import os


class God:
    limit = 3

    # How it runs.
    def run(self):
        return os.sep, self.limit
"""


@pytest.mark.parametrize(
    "line",
    [
        'patch("pkg.god.os")',
        'patch.object(god, "os")',
        'patch.object(target=god, attribute="os")',
        'monkeypatch.setattr(god, "os", 1)',
        "setattr(god, NAME, 1)",
        'patch.multiple("pkg.god", os=1)',
        "patch.multiple(god, os=1)",
        "god.os = 1",
        "del god.os",
        'patch(f"{MODULE}.os"); MODULE = "pkg.god"',
        'patch(MODULE + ".os"); MODULE = "pkg.god"',
        'setattr(sys.modules["pkg.god"], "os", 1)',
        'import_module("pkg.god").os = 1',
        'mod = import_module("pkg.god"); mod.os = 1',
    ],
)
def test_it_objects(line: str, tmp_path: Path) -> None:
    test = f"from pkg import god\n\n{line}\n"
    workspace = tree(tmp_path, {HOST: TEXT, "tests/test_god.py": test})
    found = objection(workspace, "patches-still-reach", "run")
    assert (found.path, found.line) == ("tests/test_god.py", 3)
    name = "*" if "NAME" in line else "os"
    assert found.message == (
        f"this replaces {name!r} in pkg.god, but code that uses it moves to pkg.mixin_run: "
        "it would no longer be intercepted"
    )
    assert found.instead == f"replace pkg.mixin_run.{name} as well, then extract"


@pytest.mark.parametrize(
    "line",
    [
        'patch("pkg.god.os.getcwd")',
        'patch("pkg.god.God.run")',
        'patch("pkg.other.os")',
        'patch.object(god.God, "run")',
        "god.unrelated = 1",
        'print("pkg.god")',
    ],
)
def test_a_patch_that_reaches_it_anyway_is_left_alone(line: str, tmp_path: Path) -> None:
    test = f"from pkg import god\n\n{line}\n"
    assert extract(tree(tmp_path, {HOST: TEXT, "tests/test_god.py": test}), "run")


@pytest.mark.parametrize(
    "text",
    [
        'def facts():\n    return {"model": "pkg.god.os", "version": dict(major=1, patch=0)}\n',
        'class Facts:\n    def all(self):\n        self.model = "pkg.god.os"\n',
    ],
)
def test_what_a_function_says_where_nothing_is_replaced_is_data(text: str, tmp_path: Path) -> None:
    assert extract(tree(tmp_path, {HOST: TEXT, "src/pkg/facts.py": text}), "run")


@pytest.mark.parametrize(
    "text",
    [
        'TARGET = "pkg.god.os"\n',
        'class Targets:\n    os = "pkg.god.os"\n',
        'def replace(monkeypatch):\n    return "pkg.god.os"\n',
        'from unittest import mock\n\ndef target():\n    return "pkg.god.os"\n',
        'def target(owner):\n    setattr(owner, "x", "pkg.god.os")\n',
    ],
)
def test_what_others_may_use_for_a_patch_is_asked_about(text: str, tmp_path: Path) -> None:
    workspace = tree(tmp_path, {HOST: TEXT, "tests/targets.py": text})
    assert objection(workspace, "patches-still-reach", "run").path == "tests/targets.py"
