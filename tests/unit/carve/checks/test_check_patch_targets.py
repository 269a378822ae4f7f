"""Patches of all forms intercept after a move what they intercepted before, or are objected to."""

import sys
import textwrap
from pathlib import Path

import pytest
from carving import HOST, MIXIN, plan
from matrix import imported, overlay

from carve.steps.outcome import Planned
from carve.workspace import Workspace

TEST = "tests/test_god.py"
GOD = '''\
from os.path import basename, splitext

OPTIONS = {"size": 1}


class God:
    """Uses `basename` in what moves alone, and `splitext` on both sides."""

    def run(self):
        return basename("a/b"), splitext("a.b"), OPTIONS["size"]

    def stay(self):
        return splitext("c.d"), OPTIONS["size"]
'''
HEAD = """\
from types import SimpleNamespace
from unittest import mock
from unittest.mock import patch

from pytest import MonkeyPatch

import pkg.god as direct
from pkg import god

mocker = SimpleNamespace(patch=patch)


def outcome():
    return god.God().run(), god.God().stay()


def fake(*args):
    return "fake"


"""
MOVED = "pkg.mixin_run"
# What a test does, and what becomes of the line with `retarget`; None where it stays.
FORMS = {
    'with patch("pkg.god.basename", fake):\n    return outcome()': (
        'with patch("pkg.mixin_run.basename", fake):'
    ),
    "with mock.patch('pkg.god.basename', new=fake) as made:\n    return outcome(), made is fake": (
        "with mock.patch('pkg.mixin_run.basename', new=fake) as made:"
    ),
    'with patch(target="pkg.god.basename", return_value=3) as made:\n'
    "    return outcome(), made.call_args": (
        'with patch(target="pkg.mixin_run.basename", return_value=3) as made:'
    ),
    'with patch.object(god, "basename", fake):\n    return outcome()': (
        'with patch("pkg.mixin_run.basename", fake):'
    ),
    "with mock.patch.object(\n    direct,\n    'basename',\n    return_value=4,\n) as made:\n"
    "    return outcome(), made.call_count": "with mock.patch(\n        'pkg.mixin_run.basename',",
    'with patch.multiple("pkg.god", basename=fake):\n    return outcome()': (
        'with patch.multiple("pkg.mixin_run", basename=fake):'
    ),
    "with patch.multiple(god, basename=fake):\n    return outcome()": (
        'with patch.multiple("pkg.mixin_run", basename=fake):'
    ),
    "with patch.multiple(god, basename=fake, splitext=fake):\n    return outcome()": None,
    'with mocker.patch("pkg.god.basename", fake):\n    return outcome()': (
        'with mocker.patch("pkg.mixin_run.basename", fake):'
    ),
    'with mocker.patch.object(god, "basename", fake):\n    return outcome()': (
        'with mocker.patch("pkg.mixin_run.basename", fake):'
    ),
    'with MonkeyPatch.context() as m:\n    m.setattr("pkg.god.basename", fake)\n'
    "    return outcome()": 'm.setattr("pkg.mixin_run.basename", fake)',
    'with MonkeyPatch.context() as m:\n    m.setattr(god, "basename", fake, raising=True)\n'
    "    return outcome()": 'm.setattr("pkg.mixin_run.basename", fake, raising=True)',
    'with MonkeyPatch.context() as m:\n    m.delattr(god, "basename")\n'
    "    try:\n        return outcome()\n    except NameError as e:\n        return e.name": (
        'm.delattr("pkg.mixin_run.basename")'
    ),
    "@patch('pkg.god.basename')\ndef inner(made):\n    made.return_value = 5\n"
    "    return outcome()\n\nreturn inner()": "@patch('pkg.mixin_run.basename')",
    "with patch(TARGET, fake):\n    return outcome()": 'TARGET = "pkg.mixin_run.basename"',
    'with patch(f"{god.__name__}.basename", fake):\n    return outcome()': None,
    'with patch(god.__name__ + ".basename", fake):\n    return outcome()': None,
    'with patch("pkg.god.{}".format("basename"), fake):\n    return outcome()': None,
    "with patch.object(god, NAME, fake):\n    return outcome()": None,
    'with patch.dict("pkg.god.OPTIONS", size=7):\n    return outcome()': None,
    'with patch.dict(god.OPTIONS, {"size": 7}):\n    return outcome()': None,
    'with patch.dict(god.__dict__, {"basename": fake}):\n    return outcome()': None,
    'with patch.dict("pkg.god.__dict__", basename=fake):\n    return outcome()': None,
    'with MonkeyPatch.context() as m:\n    m.setitem(vars(god), "basename", fake)\n'
    "    return outcome()": None,
    "kept, god.basename = god.basename, fake\ntry:\n    return outcome()\nfinally:\n"
    "    god.basename = kept": None,
    'kept = god.basename\nsetattr(god, "basename", fake)\ntry:\n    return outcome()\nfinally:\n'
    '    vars(god)["basename"] = kept': None,
    'with patch("pkg.god.splitext", fake):\n    return outcome()': None,
    'with patch("pkg.god.God.run", fake):\n    return outcome()': None,
    'with patch.object(god.God, "run", fake):\n    return outcome()': None,
    'with patch("os.path.basename", fake):\n    return outcome()': None,
}
CONSTANTS = 'TARGET = "pkg.god.basename"\n'
NAME = 'NAME = "basename"\n'


def _files(body: str) -> dict[str, str | bytes]:
    constants = CONSTANTS * ("TARGET" in body) + NAME * ("NAME" in body)
    inside = textwrap.indent(body, "    ")
    return {HOST: GOD, TEST: f"{HEAD}{constants}\n\ndef show():\n{inside}\n"}


def _shown(workspace: Workspace) -> str:
    """Return what the test sees; our own modules are named differently after the move."""
    with imported(workspace):
        scope: dict[str, object] = {"__name__": "test_god"}
        exec(compile(workspace.read(TEST) or b"", TEST, "exec"), scope)  # noqa: S102 - ours
        show = scope["show"]
        assert callable(show)
        return str(show())


@pytest.mark.parametrize("body", [body for body in FORMS if "delattr" not in body])
def test_it_intercepts_as_before(body: str, bare: Path) -> None:
    workspace = Workspace(bare, overlay=overlay(_files(body)))
    planned = plan(workspace, "run")
    assert isinstance(planned, Planned)
    assert {edit.path for edit in planned.edits} == {HOST, MIXIN}
    assert _shown(workspace.after(planned.edits)) == _shown(workspace)


@pytest.mark.parametrize("body", FORMS)
def test_it_is_retargeted_on_request(body: str, bare: Path) -> None:
    workspace = Workspace(bare, overlay=overlay(_files(body)))
    planned = plan(workspace, "run", retarget=True)
    assert isinstance(planned, Planned)
    after, wanted = workspace.after(planned.edits), FORMS[body]
    assert _shown(after) == _shown(workspace)
    new = str(after.read(TEST), "utf-8")
    assert (new == workspace.read(TEST).decode()) == (wanted is None)
    assert wanted is None or wanted in new
    told = [note for note in planned.notes if "patches of" in note]
    assert wanted is None or told == ["tests/test_god.py: patches of basename follow"]
    assert sys.modules.get("pkg.god") is None
