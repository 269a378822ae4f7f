"""A patch in a test goes on reaching the code that it is for."""

from pathlib import Path

import pytest
from carving import HOST, MIXIN, extract, objection, plan, tree
from matrix import overlay

from carve.steps.outcome import Planned
from carve.workspace import Workspace

TEXT = """\
import os


def sep():
    return os.sep


class God:
    limit = 3

    # How it runs.
    def run(self):
        return sep(), self.limit
"""
HEAD = "from pkg import god\n\n"
MOVES = {"helpers": ("sep",)}  # what moves along is looked up in its new module alone


def _workspace(bare: Path, test: str, text: str = TEXT, **others: str) -> Workspace:
    files: dict[str, str | bytes] = {HOST: text, "tests/test_god.py": HEAD + test, **others}
    return Workspace(bare, overlay=overlay(files))


@pytest.mark.parametrize(
    "line",
    [
        'patch("pkg.god.sep")',
        'patch.object(god, "sep")',
        'patch.object(target=god, attribute="sep")',
        'monkeypatch.setattr(god, "sep", 1)',
        'monkeypatch.setattr("pkg.god.sep", 1)',
        'monkeypatch.delattr("pkg.god.sep")',
        'mocker.patch("pkg.god.sep")',
        'mocker.spy(god, "sep")',
        "setattr(god, NAME, 1)",
        'patch("pkg.god.%s" % NAME)',
        'patch(f"pkg.god.{NAME}")',
        'patch("pkg.god.{}".format(NAME))',
        'patch.multiple("pkg.god", sep=1)',
        "patch.multiple(god, sep=1)",
        "patch.multiple(god, **NAMES)",
        'patch.dict(god.__dict__, {"sep": 1})',
        'patch.dict("pkg.god.__dict__", sep=1)',
        "patch.dict(vars(god), NAMES)",
        'monkeypatch.setitem(god.__dict__, "sep", 1)',
        'vars(god)["sep"] = 1',
        "god.sep = 1",
        "del god.sep",
        'patch(f"{MODULE}.sep"); MODULE = "pkg.god"',
        'patch(MODULE + ".sep"); MODULE = "pkg.god"',
        'patch(f"{god.__name__}.sep")',
        'patch(god.God.__module__ + ".sep")',
        'setattr(god, WHAT, 1); WHAT = "sep"',
        'setattr(sys.modules["pkg.god"], "sep", 1)',
        'import_module("pkg.god").sep = 1',
        'mod = import_module("pkg.god"); mod.sep = 1',
        "import pkg as p; p.god.sep = 1",
        "class T: mod = god; mod.sep = 1",
        "mod = god if god else None; mod.sep = 1",
        "def load(): return god\nload().sep = 1",
        "@fixture\ndef it(): yield god\ndef test(it): it.sep = 1",
    ],
)
def test_it_objects(line: str, bare: Path) -> None:
    found = objection(_workspace(bare, line), "patches-still-reach", "run", **MOVES)
    assert (found.path, found.line) == ("tests/test_god.py", 3 + line.count("\n"))
    name = "*" if "NAME" in line else "sep"
    assert found.message == (
        f"this replaces {name!r} in pkg.god, but code that uses it moves to pkg.mixin_run: "
        "it would no longer be intercepted"
    )
    assert found.instead.startswith(f"replace pkg.mixin_run.{name} instead, in the same commit")


@pytest.mark.parametrize(
    "line",
    [
        'patch("pkg.god.os.getcwd")',
        'patch("pkg.god.God.run")',
        'patch("pkg.other.sep")',
        'patch.object(god.God, "run")',
        'patch.object(god.God, "sep", create=True)',
        "god.unrelated = 1",
        "other.sep = 1",
        "god.God.sep = 1",
        'print("pkg.god")',
        'patch.dict("pkg.god.sep", {})',
        "patch.dict(god.sep, a=1)",
        'monkeypatch.setitem(god.sep, "sep", 1)',
        "def load(): return god.God\nload().sep = 1",
    ],
)
def test_a_patch_that_reaches_it_anyway_is_left_alone(line: str, bare: Path) -> None:
    assert extract(_workspace(bare, line), "run", **MOVES)


@pytest.mark.parametrize(
    "text",
    [
        'def facts():\n    return {"model": "pkg.god.sep", "version": dict(major=1, patch=0)}\n',
        'class Facts:\n    def all(self):\n        self.model = "pkg.god.sep"\n',
    ],
)
def test_what_a_function_says_where_nothing_is_replaced_is_data(text: str, bare: Path) -> None:
    workspace = Workspace(bare, overlay=overlay({HOST: TEXT, "src/pkg/facts.py": text}))
    assert extract(workspace, "run", **MOVES)


@pytest.mark.parametrize(
    "text",
    [
        'TARGET = "pkg.god.sep"\n',
        'class Targets:\n    sep = "pkg.god.sep"\n',
        'def replace(monkeypatch):\n    return "pkg.god.sep"\n',
        'from unittest import mock\n\ndef target():\n    return "pkg.god.sep"\n',
        'def target(owner):\n    setattr(owner, "x", "pkg.god.sep")\n',
    ],
)
def test_what_others_may_use_for_a_patch_is_asked_about(text: str, bare: Path) -> None:
    workspace = Workspace(bare, overlay=overlay({HOST: TEXT, "tests/targets.py": text}))
    found = objection(workspace, "patches-still-reach", "run", **MOVES)
    assert found.path == "tests/targets.py"


def test_a_fixture_serves_the_files_below_it(bare: Path) -> None:
    conftest = "import pytest\nfrom pkg import god\n\n@pytest.fixture\ndef it():\n    return god\n"
    test = "def test_run(it, monkeypatch):\n    monkeypatch.setattr(it, 'sep', 1)\n"
    files: dict[str, str | bytes] = {HOST: TEXT, "tests/conftest.py": conftest}
    workspace = Workspace(bare, overlay=overlay({**files, "tests/unit/test_run.py": test}))
    found = objection(workspace, "patches-still-reach", "run", **MOVES)
    assert (found.path, found.line) == ("tests/unit/test_run.py", 2)
    elsewhere = Workspace(bare, overlay=overlay({**files, "other/test_run.py": test}))
    assert extract(elsewhere, "run", **MOVES)


def test_a_builtin_is_hidden_by_a_patch(bare: Path) -> None:
    text = "class God:\n    def run(self):\n        return open('x'), print\n"
    found = objection(
        _workspace(bare, 'patch("pkg.god.open")', text), "patches-still-reach", "run"
    )
    assert found.message.startswith("this replaces 'open' in pkg.god")
    assert extract(_workspace(bare, 'patch("builtins.open")', text), "run")
    assert extract(_workspace(bare, 'patch("pkg.god.input")', text), "run")
    planned = plan(_workspace(bare, 'patch("pkg.god.open")', text), "run", retarget=True)
    assert isinstance(planned, Planned)
    assert b'patch("pkg.mixin_run.open")' in planned.edits[-1].after


COPY = """\
from importlib.util import module_from_spec, spec_from_file_location

spec = spec_from_file_location("copy", ROOT / "src/pkg/god.py")
copy = module_from_spec(spec)
spec.loader.exec_module(copy)
copy.os = 1
"""


def test_a_copy_is_not_where_moved_code_looks(bare: Path) -> None:
    text = "import os\n\n\nclass God:\n    def run(self):\n        return os.sep\n"
    found = objection(_workspace(bare, COPY, text), "patches-still-reach", "run")
    assert (found.path, found.line) == ("tests/test_god.py", 8)
    assert extract(_workspace(bare, COPY.replace("src/pkg/god", "src/pkg/good"), text), "run")


@pytest.mark.parametrize(
    ("code", "line", "how"),
    [
        (COPY.replace("copy.os = 1\n", ""), 5, "by the path of its file, with spec_from_file_loc"),
        ('SourceFileLoader("x", "src/pkg/god.py").load_module()', 3, "by the path of its file"),
        ('runpy.run_path("../src/pkg/god.py")', 3, "by the path of its file, with run_path"),
        ('importlib.import_module("pkg.god")', 3, "with import_module"),
        ('__import__("pkg.god")', 3, "with __import__"),
        ("importlib.reload(god)", 3, "with reload"),
    ],
)
def test_loading_without_an_import_is_reported(code: str, line: int, how: str, bare: Path) -> None:
    planned = plan(_workspace(bare, code), "run", **MOVES)
    assert isinstance(planned, Planned)
    told = [note for note in planned.notes if "loads" in note]
    assert told[0].startswith(f"tests/test_god.py:{line} loads pkg.god {how}")


@pytest.mark.parametrize("code", ['import_module("pkg.gods")', 'print("pkg.god", "src/god.txt")'])
def test_other_loading_is_not(code: str, bare: Path) -> None:
    planned = plan(_workspace(bare, code), "run", **MOVES)
    assert isinstance(planned, Planned)
    assert not [note for note in planned.notes if "loads" in note]


def test_the_preview_shows_the_retargeted_file(tmp_path: Path) -> None:
    test = HEAD + 'with patch("pkg.god.sep"):\n    pass\n'
    workspace = tree(tmp_path, {HOST: TEXT, "tests/test_god.py": test})
    planned = plan(workspace, "run", retarget=True, **MOVES)
    assert isinstance(planned, Planned)
    assert [edit.path for edit in planned.edits] == [MIXIN, HOST, "tests/test_god.py"]
    assert planned.edits[-1].before == test.encode()
    assert planned.edits[-1].after == test.replace("pkg.god.sep", "pkg.mixin_run.sep").encode()
    assert "tests/test_god.py: patches of sep follow" in planned.notes


@pytest.mark.parametrize(
    ("test", "others"),
    [
        ('patch("pkg.god.sep")\nseen = god.sep\n', {}),
        ('patch("pkg.god.sep")\n\ndef late():\n    from pkg.god import sep\n', {}),
        ('for name in ["pkg.god.sep"]:\n    patch(name)\n', {}),
        ('SEP = "pkg.god.sep"\npatch(SEP)\nprint(SEP)\n', {}),
        ('SEP = "pkg.god.sep"\npatch(SEP)\n', {"tests/other.py": "from test_god import SEP\n"}),
        ('patch("pkg.god" ".sep")\n', {}),
        ('patch(r"pkg.god.sep")\n', {}),
        ('patch("pkg.god.sep")\ngod.sep = 1\n', {}),
        ('patch("pkg.god.sep")\nsetattr(god, NAME, 1)\n', {}),
    ],
)
def test_what_cannot_follow_for_certain_is_refused(
    test: str, others: dict[str, str], bare: Path
) -> None:
    workspace = _workspace(bare, test, **others)
    found = objection(workspace, "patches-still-reach", "run", retarget=True, **MOVES)
    assert found.path == "tests/test_god.py"


LATER = """\
from os import sep


class God:
    def run(self):
        return {made}
"""


@pytest.mark.parametrize("made", ["lambda: sep", "(sep for _ in 'a')"])
def test_what_runs_later_than_the_method_would_keep_the_old_value(made: str, bare: Path) -> None:
    text = LATER.format(made=made)
    workspace = _workspace(bare, 'patch("pkg.god.sep")', text)
    found = objection(workspace, "patches-still-reach", "run")
    assert (found.line, found.message[:20]) == (3, "this replaces 'sep' ")
    assert extract(workspace, "run", retarget=True)
    assert extract(_workspace(bare, 'patch("os.sep")', text), "run")
    for soon in ("[sep for _ in 'a']", "sep, lambda: 1"):
        soon_run = LATER.format(made=soon)
        assert extract(_workspace(bare, 'patch("pkg.god.sep")', soon_run), "run")
