"""Renaming a top-level name: it changes, leaves alone, has nothing to do, refuses."""

from pathlib import Path
from typing import Any

import pytest
from carving import python, tree

from carve.errors import Finding, StepRefused
from carve.plan.spec_symbols import RenameSymbolSpec
from carve.source.text import Source
from carve.steps.outcome import Planned, Skipped
from carve.steps.rename_symbol import RenameSymbol
from carve.workspace import Workspace

GOD = '''\
"""The `God` class."""

__all__ = ["God"]


class God:
    def run(self):
        return God
'''


def plan(workspace: Workspace, new: str = "Store", **options: Any) -> Planned | Skipped:
    given = {"id": "01", "from": "pkg.god:God", "to": new, "why": "it is one", **options}
    return RenameSymbol(RenameSymbolSpec.model_validate(given)).plan(workspace)


def renamed(workspace: Workspace, new: str = "Store", **options: Any) -> dict[str, str]:
    planned = plan(workspace, new, **options)
    assert isinstance(planned, Planned)
    return {e.path: Source.decode(e.path, e.after or b"").text for e in planned.edits}


def refused(workspace: Workspace, new: str = "Store", **options: Any) -> tuple[Finding, ...]:
    with pytest.raises(StepRefused, match=r"\w") as caught:
        plan(workspace, new, **options)
    assert all(f.message and f.instead and f.check for f in caught.value.findings)
    return caught.value.findings


def with_user(folder: Path, text: str, **others: str) -> Workspace:
    files = {f"src/pkg/{name}.py": other for name, other in others.items()}
    return tree(folder, {"src/pkg/god.py": GOD, "src/pkg/user.py": text, **files})


def test_it_renames_definition_and_all_that_refers_to_it(tmp_path: Path) -> None:
    files = {
        "src/pkg/__init__.py": 'from pkg.god import God\n\n__all__ = ["God"]\n',
        "src/pkg/god.py": GOD,
        "src/pkg/user.py": "import pkg\n\n\ndef f(x: 'pkg.God'):\n    return pkg.God()  # God\n",
        "tests/test_god.py": "def test(monkeypatch):\n    monkeypatch.setattr('pkg.god.God', 1)\n",
        "pyproject.toml": '[project.scripts]\nrun = "pkg.god:God.run"\n',
        "README.md": "`God`\n\n```python\nfrom pkg import God\nGod()\n```\n",
    }
    texts = renamed(tree(tmp_path, files))
    assert texts == {
        path: text.replace("God", "Store").replace("# Store", "# God")
        for path, text in files.items()
    }


def test_the_code_runs_as_before(tmp_path: Path) -> None:
    text = (
        "from . import god\nfrom .god import God as G, God\n\n\n"
        "def made():\n    class Sub(God): ...\n    return Sub(), god.God, G, getattr(god, 'God')\n"
    )
    workspace = with_user(tmp_path, text)
    code = "from pkg.user import made; s, *c = made(); print(len({*c}), isinstance(s, c[0]))"
    before = python(tmp_path / "src", code)
    planned = plan(workspace)
    assert isinstance(planned, Planned)
    workspace.write(planned.edits)
    assert python(tmp_path / "src", code) == before == "1 True\n"
    assert "God" not in (tmp_path / "src/pkg/god.py").read_text()


def test_a_planned_step_says_what_it_amounts_to(tmp_path: Path) -> None:
    planned = plan(with_user(tmp_path, "from .god import God\n# A God of its own.\n"))
    assert isinstance(planned, Planned)
    assert planned.title == "Rename God to Store"
    assert (planned.members, planned.lines, planned.modules) == (("Store",), 5, ("pkg.god",))
    assert planned.notes == (
        "God is still spoken of, as text that nothing follows: src/pkg/user.py:2",
    )


@pytest.mark.parametrize(
    "raw", [GOD.replace("\n", "\r\n").encode(), b"\xef\xbb\xbf" + GOD.encode()]
)
def test_bytes_besides_the_name_stay(raw: bytes, tmp_path: Path) -> None:
    planned = plan(tree(tmp_path, {"src/pkg/god.py": raw}))
    assert isinstance(planned, Planned)
    assert planned.edits[0].after == raw.replace(b"God", b"Store")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("from .god import Art, God\n", "from .god import Act, Art\n"),
        ("from .god import God, Art\n", "from .god import Act, Art\n"),
        (
            "from .god import (\n    Art,\n    God,\n)\n",
            "from .god import (\n    Act,\n    Art,\n)\n",
        ),
        (
            "from .god import (\n    Art,\n    God,  # all\n)\n",
            "from .god import (\n    Art,\n    Act,  # all\n)\n",
        ),
    ],
)
def test_sorted_lists_stay_sorted(before: str, after: str, tmp_path: Path) -> None:
    files = {"src/pkg/god.py": GOD + "\n\nclass Art: ...\n", "src/pkg/user.py": before}
    assert renamed(tree(tmp_path, files), "Act")["src/pkg/user.py"] == after


def test_functions_and_constants_are_renamed_too(tmp_path: Path) -> None:
    files = {
        "src/pkg/god.py": "God = 1\n\n\ndef f():\n    global God\n    God += 1\n",
        "src/pkg/user.py": "from .god import God, f\nprint(God, f)\n",
    }
    texts = renamed(tree(tmp_path, files), "LIMIT")
    assert texts == {path: text.replace("God", "LIMIT") for path, text in files.items()}


def test_a_second_run_has_nothing_to_do(tmp_path: Path) -> None:
    workspace = with_user(tmp_path, "from .god import God\n")
    planned = plan(workspace)
    assert isinstance(planned, Planned)
    assert plan(workspace.after(planned.edits)) == Skipped("pkg.god already calls it Store")


def test_what_is_not_certain_is_refused_with_its_place(tmp_path: Path) -> None:
    workspace = with_user(tmp_path, "def f(x):\n    return getattr(x, 'God')\n")
    (finding,) = refused(workspace)
    assert str(finding.where) == "src/pkg/user.py:2"
    assert finding.message.startswith("this may mean pkg.god:God, or something else")
    assert finding.check == "references-are-certain"


def test_files_listed_under_leaves_keep_what_is_not_certain(tmp_path: Path) -> None:
    text = "from .god import God\n\n\ndef f(x):\n    return getattr(x, 'God')\n"
    workspace = tree(
        tmp_path,
        {"src/pkg/god.py": GOD, "src/pkg/user.py": text, "CHANGELOG.md": "`pkg.god.God`\n"},
    )
    texts = renamed(workspace, leaves=("src/pkg/u*.py", "CHANGELOG.md"))
    assert texts["src/pkg/user.py"] == text.replace("import God", "import Store")
    assert "CHANGELOG.md" not in texts


REFUSALS = {
    "pieces": ("x = 'pkg.god.' 'God'\n# God\n", "Store", "its text cannot be replaced"),
    "taken": ("from .god import God\nStore = 1\n", "Store", "'Store' is used here already"),
    "argument": ("from .god import God\ndef f(Store): ...\n", "Store", "is used here already"),
    "star": ("from .god import *\nStore = 1\n", "Store", "is used here already"),
    "builtin": ("", "print", "'print' has a meaning in Python"),
    "dunder": ("", "__all__", "'__all__' has a meaning in Python"),
    "exotic": (
        "try: ...\nexcept OSError as God: ...\nfrom .god import God\n",
        "Store",
        "this leads",
    ),
}


@pytest.mark.parametrize("case", REFUSALS)
def test_it_refuses(case: str, tmp_path: Path) -> None:
    text, new, message = REFUSALS[case]
    findings = refused(with_user(tmp_path, text), new)
    assert any(message in finding.message for finding in findings)


def test_private_names_that_are_spelt_out_are_refused(tmp_path: Path) -> None:
    files = {
        "src/pkg/god.py": "class God:\n    def __run(self): ...\n    def f(self): self.__run()\n",
        "src/pkg/user.py": "def f(x):\n    x._God__run()\n",
    }
    (finding,) = refused(tree(tmp_path, files))
    assert "spells out a private name" in finding.message


@pytest.mark.parametrize(
    ("source", "message", "instead"),
    [
        ("pkg.gods:God", "there is no module 'pkg.gods'", "did you mean 'pkg.god'?"),
        ("pkg.god:Gods", "pkg.god has no top-level name 'Gods'", "did you mean 'God'?"),
        ("pkg.user:God", "pkg.user only imports 'God'", "name the module that defines it"),
    ],
)
def test_unknown_names_are_refused(
    source: str, message: str, instead: str, tmp_path: Path
) -> None:
    given = {"id": "01", "from": source, "to": "Store", "why": "x"}
    step = RenameSymbol(RenameSymbolSpec.model_validate(given))
    with pytest.raises(StepRefused, match=message) as caught:
        step.plan(with_user(tmp_path, "from .god import God\n"))
    assert caught.value.instead == instead


def test_a_file_that_does_not_parse_may_hide_a_reference(tmp_path: Path) -> None:
    (finding,) = refused(with_user(tmp_path, "from .god import God(\n"))
    assert finding.check == "file-parses"
