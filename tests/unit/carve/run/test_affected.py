"""A step runs the scenarios that can load what it changes, and leaves out no other."""

import random
import subprocess
import sys
from pathlib import Path

import pytest

from carve.disk import Edit
from carve.run.affected import EVERYTHING, Choice, affected
from carve.run.reach import Reach
from carve.workspace import Workspace

FILES = {
    "src/shop/__init__.py": "",
    "src/shop/till.py": "from shop.money import Money\nclass Till: ...\n",
    "src/shop/desk.py": "class Desk: ...\n",
    "src/shop/money.py": "class Money: ...\n",
    "src/shop/rates/__init__.py": "",
    "src/shop/rates/table.yaml": "a: 1\n",
    "src/shop/lonely.py": "x = 1\n",
    "pins/subjects.yaml": "till: {before: 'shop.till:Till'}\ndesk: {before: 'shop.desk:Desk'}\n",
    "pins/pytest.ini": "[pytest]\naddopts = -p carve.pins.plugin\n",
    "pins/conftest.py": "",
    "pins/scenarios/till/conftest.py": "",
    "pins/scenarios/till/test_pay.py": "import shop.rates\n",
    "pins/scenarios/till/test_close.py": "",
    "pins/scenarios/desk/test_open.py": "from scenarios.helpers import say\n",
    "pins/scenarios/helpers.py": "def say(): ...\n",
    "README.md": "x\n",
}
TILL, DESK = "scenarios/till", "scenarios/desk"


def _tree(folder: Path, **changes: str) -> Workspace:
    named = {path.replace("__", "/"): text for path, text in changes.items()}
    for path, text in {**FILES, **named}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    return Workspace(folder)


def _change(tree: Workspace, *paths: str, after: bytes | None = b"# other\n") -> Choice:
    edits = [Edit(path, after, tree.read(path)) for path in paths]
    return affected(tree, edits, "pins")


@pytest.mark.parametrize(
    ("path", "only"),
    [
        ("src/shop/till.py", (TILL,)),
        ("src/shop/money.py", (TILL,)),
        ("src/shop/desk.py", (DESK,)),
        ("src/shop/lonely.py", ()),
        ("src/shop/rates/table.yaml", (f"{TILL}/test_pay.py",)),
        ("src/shop/rates/new.yaml", (f"{TILL}/test_pay.py",)),
        ("pins/scenarios/helpers.py", (DESK,)),
        ("pins/scenarios/till/conftest.py", (TILL,)),
        ("pins/scenarios/till/test_pay.py", (f"{TILL}/test_pay.py",)),
        ("pins/pins/till/pay/takes.yaml", (f"{TILL}/test_pay.py",)),
        ("tests/test_till.py", ()),
    ],
)
def test_a_changed_file_affects_who_can_load_it(
    path: str, only: tuple[str, ...], tmp_path: Path
) -> None:
    assert _change(_tree(tmp_path), path) == Choice(only=only)


@pytest.mark.parametrize("path", ["src/shop/__init__.py", "pins/conftest.py"])
def test_what_everybody_loads_affects_everybody(path: str, tmp_path: Path) -> None:
    assert _change(_tree(tmp_path), path) == EVERYTHING


@pytest.mark.parametrize("path", ["README.md", "pins/subjects.yaml", "src/carve/pins/run.py"])
def test_what_nobody_can_tell_affects_everybody(path: str, tmp_path: Path) -> None:
    found = _change(_tree(tmp_path), path)
    assert found.whole
    assert path in found.undecided


def test_a_scenario_module_that_goes_or_comes_affects_all(tmp_path: Path) -> None:
    tree = _tree(tmp_path)
    assert _change(tree, "pins/scenarios/till/test_close.py", after=None) == EVERYTHING
    assert _change(tree, "pins/scenarios/till/test_new.py") == EVERYTHING


@pytest.mark.parametrize(
    ("path", "text", "why"),
    [
        ("pins/pytest.ini", "[pytest]\npythonpath = ../lib\n", "pytest.ini has pythonpath"),
        ("pins/pytest.ini", "[pytest]\npython_files = *.py\n", "pytest.ini has python_files"),
        ("pins/subjects.yaml", "till: [\n", "subjects.yaml names no class"),
    ],
)
def test_settings_of_ones_own_leave_nothing_out(
    path: str, text: str, why: str, tmp_path: Path
) -> None:
    tree = _tree(tmp_path)
    (tmp_path / path).write_text(text)
    assert _change(tree, "src/shop/lonely.py") == Choice(whole=True, undecided=why)


def test_a_name_that_is_put_together_affects_who_reaches_it(tmp_path: Path) -> None:
    tree = _tree(tmp_path)
    (tmp_path / "src/shop/desk.py").write_text("import_module(name)\nclass Desk: ...\n")
    found = _change(tree, "src/shop/lonely.py")
    assert found.only == (DESK,)
    assert found.undecided.startswith("src/shop/desk.py: line 1 loads what import_module finds")


def test_the_tree_before_and_the_tree_after_count(tmp_path: Path) -> None:
    tree = _tree(tmp_path)
    cut = Edit("src/shop/till.py", b"class Till: ...\n", tree.read("src/shop/till.py"))
    gone = Edit("src/shop/money.py", None, tree.read("src/shop/money.py"))
    assert affected(tree, [cut, gone], "pins") == Choice(only=(TILL,))
    # It is answered alike when the step has been written already.
    (tmp_path / "src/shop/till.py").write_bytes(cut.after or b"")
    (tmp_path / "src/shop/money.py").unlink()
    assert affected(tree, [cut, gone], "pins") == Choice(only=(TILL,))
    assert affected(tree, [Edit("src/shop/money.py", b"x = 1\n")], "pins") == Choice(only=())


def test_a_module_that_appears_where_one_was_missing_counts(tmp_path: Path) -> None:
    tree = _tree(tmp_path)
    (tmp_path / "src/shop/desk.py").write_text(
        "try:\n    from shop import extra\nexcept ImportError:\n    pass\nclass Desk: ...\n"
    )
    assert affected(tree, [Edit("src/shop/extra.py", b"x = 1\n")], "pins").only == (DESK,)


def test_the_subject_is_the_class_of_the_tree(tmp_path: Path) -> None:
    tree = _tree(tmp_path)
    subjects = "till: {before: 'shop.till:Till', after: 'shop.counter:Counter'}\n"
    (tmp_path / "pins/subjects.yaml").write_text(f"{subjects}desk: {{before: 'shop.desk:Desk'}}\n")
    counter = Edit("src/shop/counter.py", b"class Counter: ...\n")
    assert affected(tree, [counter], "pins") == Choice(only=())
    (tmp_path / "src/shop/counter.py").write_bytes(counter.after or b"")
    moved = Edit("src/shop/till.py", None, tree.read("src/shop/till.py"))
    assert affected(tree, [moved], "pins") == Choice(only=(TILL,))
    (tmp_path / "src/shop/till.py").unlink()
    changed = Edit("src/shop/counter.py", b"class Counter: pass\n", counter.after)
    assert affected(tree, [changed], "pins") == Choice(only=(TILL,))


FORMS = (
    "import {0}\n",
    "from {1} import {2}\n",
    "from . import {2}\n",
    "def load():\n    import {0}\n\n\nload()\n",
    "if True:\n    from {0} import x\n",
    "import importlib\n\nimportlib.import_module('{0}')\n",
    "from unittest.mock import patch\n\nwith patch('{0}.x', 1):\n    pass\n",
    "exec_ = 'import {0}'\n__builtins__['exec'](exec_)\n",
)


@pytest.mark.parametrize("seed", range(3))
def test_whatever_python_loads_was_foreseen(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)  # noqa: S311 - a tree, not a secret
    packages = ["pkg", "pkg.inner", "pkg.other"]
    names = [f"{chance.choice(packages)}.mod_{number}" for number in range(24)]
    for package in packages:
        path = tmp_path / "src" / package.replace(".", "/") / "__init__.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x = 0\n")
    for number, name in enumerate(names):
        text = "x = 0\n"
        for other in chance.sample(names[number + 1 :], min(2, len(names) - number - 1)):
            above, _, last = other.rpartition(".")
            near = name.rpartition(".")[0] == above
            form = chance.choice([form for form in FORMS if near or "from . " not in form])
            text += form.format(other, above, last)
        (tmp_path / "src" / f"{name.replace('.', '/')}.py").write_text(text)
    loaded = "(m for m in sys.modules if m.partition('.')[0] == 'pkg')"
    code = f"import sys, {names[0]}\nprint(*{loaded})"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path / "src", capture_output=True, check=True
    )
    tree = Workspace(tmp_path)
    reach = Reach(tree, ("src",), frozenset(tree.python_files()))
    found = reach.from_(reach.named(names[0])).paths
    assert set(done.stdout.decode().split()) <= set(map(tree.name_of, found))
    assert len(found) < len(names) + len(packages)
