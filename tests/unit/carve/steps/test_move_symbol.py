"""Moving a top-level name: it changes, leaves alone, has nothing to do, refuses."""

from pathlib import Path
from typing import Any

import pytest
from carving import python, tree

from carve.errors import Finding, StepRefused
from carve.plan.spec_symbols import MoveSymbolSpec
from carve.source.text import Source
from carve.steps.move_symbol import MoveSymbol
from carve.steps.outcome import Planned, Skipped
from carve.workspace import Workspace

GOD = '''\
"""A module."""

import os
from typing import Any

__all__ = ["God", "rest"]

LIMIT = 3


# What it is for.
@staticmethod
def helper(x: Any) -> Any:  # as it is
    return x, LIMIT


class God:
    """Does it all."""

    def run(self) -> str:
        return os.sep


def rest() -> God:
    return God()
'''


def plan(workspace: Workspace, **options: Any) -> Planned | Skipped:
    given = {"id": "01", "from": "pkg.god:God", "to": "pkg.new", "why": "it is apart", **options}
    return MoveSymbol(MoveSymbolSpec.model_validate(given)).plan(workspace)


def moved(workspace: Workspace, **options: Any) -> dict[str, str]:
    planned = plan(workspace, **options)
    assert isinstance(planned, Planned)
    return {e.path: Source.decode(e.path, e.after or b"").text for e in planned.edits}


def refused(workspace: Workspace, **options: Any) -> tuple[Finding, ...]:
    with pytest.raises(StepRefused, match=r"\w") as caught:
        plan(workspace, **options)
    assert all(f.message and f.instead and f.check for f in caught.value.findings)
    return caught.value.findings


def trees(folder: Path, god: str = GOD, **others: str) -> Workspace:
    files = {f"src/pkg/{name}.py": text for name, text in others.items()}
    return tree(folder, {"src/pkg/god.py": god, **files})


def test_a_class_moves_with_what_it_imports(tmp_path: Path) -> None:
    texts = moved(trees(tmp_path))
    assert texts["src/pkg/new.py"] == (
        '"""It is apart."""\n\nimport os\n\n\nclass God:\n    """Does it all."""\n\n'
        "    def run(self) -> str:\n        return os.sep\n"
    )
    kept = GOD[: GOD.index("\n\nclass God")] + GOD[GOD.index("\n\ndef rest") :]
    imports = "from typing import Any\n"
    assert texts["src/pkg/god.py"] == kept.replace(
        imports, f"{imports}\nfrom pkg.new import God\n"
    )


def test_comments_and_decorators_go_along_and_helpers_too(tmp_path: Path) -> None:
    options = {"from": "pkg.god:helper", "helpers": ["LIMIT"], "summary": "Helps"}
    texts = moved(trees(tmp_path), **options)
    assert texts["src/pkg/new.py"] == (
        '"""Helps."""\n\nfrom typing import Any\n\n\nLIMIT = 3\n\n\n# What it is for.\n'
        "@staticmethod\ndef helper(x: Any) -> Any:  # as it is\n    return x, LIMIT\n"
    )
    assert "from pkg.new import LIMIT as LIMIT, helper as helper" in texts["src/pkg/god.py"] or (
        "from pkg.new import LIMIT as LIMIT\nfrom pkg.new import helper as helper\n"
        in texts["src/pkg/god.py"]
    )


USERS = {
    "from pkg.god import God\n": "from pkg.new import God\n",
    "from .god import God as G, rest\n": "from .god import rest\nfrom pkg.new import God as G\n",
    "from pkg.god import God  # noqa: F401\n": "from pkg.new import God  # noqa: F401\n",
    "def f():\n    from pkg.god import God, rest\n    return God, rest\n": (
        "def f():\n    from pkg.god import rest\n    from pkg.new import God\n"
        "    return God, rest\n"
    ),
    "import pkg.god\npkg.god.God()\n": "import pkg.new\npkg.new.God()\n",
    "import pkg.god\npkg.god.God(pkg.god.rest)\n": (
        "import pkg.god\nimport pkg.new\npkg.new.God(pkg.god.rest)\n"
    ),
    "from pkg import god\ngod.God()\ngod.rest()\n": (
        "from pkg import god\nfrom pkg import new\nnew.God()\ngod.rest()\n"
    ),
    "x = 'pkg.god.God'\ny = 'pkg.god:rest'\n": "x = 'pkg.new.God'\ny = 'pkg.god:rest'\n",
    "# pkg.god.God\n": "# pkg.new.God\n",
    "import os\n\nfrom pkg.god import God\nfrom pkg.mid import a\nfrom pkg.z import b\n": (
        "import os\n\nfrom pkg.mid import a\nfrom pkg.new import God\nfrom pkg.z import b\n"
    ),
    "from pkg.z import b\n\nb()\n\nfrom pkg.god import God\n": (
        "from pkg.z import b\n\nb()\n\nfrom pkg.new import God\n"
    ),
    "from pkg.new import other\nfrom pkg.god import God\n": "from pkg.new import God, other\n",
}


@pytest.mark.parametrize("before", USERS)
def test_users_follow(before: str, tmp_path: Path) -> None:
    others = {"new": "other = 1\n"} if "other" in before else {}
    texts = moved(trees(tmp_path, user=before, **others))
    assert texts["src/pkg/user.py"] == USERS[before]


def test_other_files_follow(tmp_path: Path) -> None:
    files = {
        "src/pkg/god.py": GOD,
        "pyproject.toml": '[project.scripts]\nrun = "pkg.god:God"\n',
        "README.md": "`pkg.god.God`\n\n```python\nfrom pkg.god import God\n```\n",
    }
    texts = moved(tree(tmp_path, files))
    for path in ("pyproject.toml", "README.md"):
        assert texts[path] == files[path].replace("pkg.god", "pkg.new")


def test_the_code_runs_as_before_and_both_modules_import_first(tmp_path: Path) -> None:
    user = "from pkg.god import God, rest\nimport pkg.god as g\n\nx = [God, g.God, type(rest())]\n"
    workspace = trees(tmp_path, user=user)
    code = "from pkg.user import x; from pkg.god import God; print(len({*x, God}), God().run())"
    before = python(tmp_path / "src", code)
    planned = plan(workspace)
    assert isinstance(planned, Planned)
    assert planned.modules == ("pkg.new", "pkg.god")
    workspace.write(planned.edits)
    assert python(tmp_path / "src", code) == before
    for name in ("pkg.new", "pkg.god", "pkg.user"):
        python(tmp_path / "src", f"import {name}")


def test_an_existing_module_takes_it_in(tmp_path: Path) -> None:
    new = (
        '"""There."""\n\nfrom pkg.god import God\n\n__all__ = ["first"]\n\n\n'
        "def first() -> God:\n    return God()\n"
    )
    texts = moved(trees(tmp_path, GOD[: GOD.index("\n\ndef rest")] + "\n", new=new), drops=["God"])
    after = texts["src/pkg/new.py"]
    assert after.startswith('"""There."""\n\nimport os\n')
    assert '__all__ = ["God", "first"]' in after
    assert after.index("class God") < after.index("def first")
    assert "God" not in texts["src/pkg/god.py"]
    assert '__all__ = ["rest"]' in texts["src/pkg/god.py"]


def test_drops_keeps_no_way_back(tmp_path: Path) -> None:
    god = GOD.replace("def rest() -> God:\n    return God()\n", "rest = 1\n")
    texts = moved(trees(tmp_path, god), drops=["God", "os"])
    assert "God" not in texts["src/pkg/god.py"]
    assert "import os" not in texts["src/pkg/god.py"]


def test_without_drops_the_old_import_works(tmp_path: Path) -> None:
    god = GOD.replace('"God", ', "").replace(
        "def rest() -> God:\n    return God()\n", "rest = 1\n"
    )
    assert "from pkg.new import God as God\n" in moved(trees(tmp_path, god))["src/pkg/god.py"]


@pytest.mark.parametrize("ends", ["\r\n", "\n"])
def test_line_ends_are_those_of_the_file(ends: str, tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "src/pkg/god.py": GOD.replace("\n", "\r\n").encode(),
        "src/pkg/new.py": f"x = 1{ends}".encode(),
    }
    planned = plan(tree(tmp_path, files))
    assert isinstance(planned, Planned)
    new = next(e.after for e in planned.edits if e.path == "src/pkg/new.py")
    assert new is not None
    assert new.count(b"\r\n") == (new.count(b"\n") if ends == "\r\n" else 0)


def test_types_are_imported_for_type_checkers_alone(tmp_path: Path) -> None:
    god = (
        "from typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n    from uuid import UUID\n\n\n"
        "class God:\n    def run(self, x: 'UUID') -> None: ...\n"
    )
    block = "if TYPE_CHECKING:\n    from uuid import UUID\n"
    texts = moved(trees(tmp_path, god))
    assert f"from typing import TYPE_CHECKING\n\n{block}" in texts["src/pkg/new.py"]


def test_names_inside_of_what_moves_are_nobody_elses(tmp_path: Path) -> None:
    god = "God = [x for x in (1, 2)]\n"
    assert moved(trees(tmp_path, god))["src/pkg/god.py"] == "from pkg.new import God as God\n"


def test_literal_texts_are_no_names(tmp_path: Path) -> None:
    god = "from typing import Literal\n\n\ndef God(x: Literal['free']) -> None: ...\n"
    assert "Literal['free']" in moved(trees(tmp_path, god))["src/pkg/new.py"]


def test_a_second_run_has_nothing_to_do(tmp_path: Path) -> None:
    workspace = trees(tmp_path)
    planned = plan(workspace)
    assert isinstance(planned, Planned)
    assert plan(workspace.after(planned.edits)) == Skipped("pkg.new already defines God")


REFUSALS: dict[str, tuple[str, dict[str, str], dict[str, Any], str]] = {
    "helper": (GOD, {}, {"from": "pkg.god:helper"}, "what moves uses 'LIMIT', which pkg.god"),
    "unknown": (GOD, {}, {"from": "pkg.god:Gods"}, "no top-level name 'Gods'"),
    "imported": (GOD, {}, {"from": "pkg.god:os"}, "'os' is only imported"),
    "taken": (GOD, {"new": "God = 1\n"}, {}, "pkg.new binds 'God' already"),
    "other meaning": (GOD, {"new": "os = 1\n"}, {}, "'os' means something else in pkg.new"),
    "conditional": ("if 1:\n    God = 1\n", {}, {}, "'God' is bound under a condition"),
    "rebound": ("God = 1\nGod = 2\n", {}, {}, "'God' is bound more than once"),
    "together": ("God = x = 1\n", {}, {}, "'God' is assigned together with other names"),
    "one line": ("God = 1; x = 2\n", {}, {}, "this shares a line with what is to move"),
    "own name": ("God = __name__\n", {}, {}, "what moves uses __name__"),
    "global": (
        "def God():\n    global x\n    x = 2\n",
        {},
        {},
        "`global x` would speak of the new module",
    ),
    "relative": (
        "def God():\n    from . import x\n",
        {"sub/__init__": ""},
        {"to": "pkg.sub.new"},
        "a relative import would start from another package",
    ),
    "no package": (GOD, {}, {"to": "pkg.none.new"}, "there is no package pkg.none"),
    "dialect": (GOD, {"new": "from __future__ import annotations\n"}, {}, "only one of the"),
    "cycle": (GOD, {"new": "import pkg.god\n"}, {}, "importing pkg.new leads back to pkg.god"),
    "still used": (GOD, {}, {"drops": ["God"]}, "'God' is still used in pkg.god"),
    "stored": (GOD, {"user": "import pkg.god\npkg.god.God = 1\n"}, {}, "cannot be changed"),
    "patched global": (GOD, {"user": "x = 'pkg.god.os'\n"}, {}, "this replaces 'os' in pkg.god"),
}


@pytest.mark.parametrize("case", REFUSALS)
def test_it_refuses(case: str, tmp_path: Path) -> None:
    god, others, options, message = REFUSALS[case]
    findings = refused(trees(tmp_path, god, **others), **options)
    assert any(message in finding.message for finding in findings), findings


LOADED = "import importlib\n\nx = importlib.import_module('pkg.god').God\n"


def test_what_is_loaded_by_name_finds_it_in_the_old_module(tmp_path: Path) -> None:
    assert "src/pkg/user.py" not in moved(trees(tmp_path, user=LOADED))
    god = GOD.replace("def rest() -> God:\n    return God()\n", "rest = 1\n")
    (tmp_path / "b").mkdir()
    (finding,) = refused(trees(tmp_path / "b", god, user=LOADED), drops=["God"])
    assert str(finding.where) == "src/pkg/user.py:3"


HUB = 'from pkg.god import God, rest\n\n__all__ = ["God", "rest"]\n'


def test_a_module_that_is_cut_no_longer_offers_the_name(tmp_path: Path) -> None:
    user = "from pkg.hub import God, rest\nimport pkg.hub\nx = pkg.hub.God, 'pkg.hub.God'\n"
    texts = moved(trees(tmp_path, hub=HUB, user=user), cuts=["pkg.hub"])
    assert texts["src/pkg/hub.py"] == 'from pkg.god import rest\n\n__all__ = ["rest"]\n'
    assert texts["src/pkg/user.py"] == (
        "from pkg.hub import rest\nimport pkg.new\nfrom pkg.new import God\n"
        "x = pkg.new.God, 'pkg.new.God'\n"
    )


@pytest.mark.parametrize(
    ("hub", "message"),
    [
        ("x = 1\n", "cuts: pkg.hub offers none of God"),
        (f"{HUB}God()\n", "pkg.hub uses 'God' itself"),
    ],
)
def test_a_module_that_cannot_be_cut_is_refused(hub: str, message: str, tmp_path: Path) -> None:
    findings = refused(trees(tmp_path, hub=hub), cuts=["pkg.hub"])
    assert message in findings[0].message


PATCH = "def test(monkeypatch):\n    monkeypatch.setattr('pkg.god.God', 1)\n"


def test_a_patch_stays_where_the_code_that_it_reaches_stays(tmp_path: Path) -> None:
    workspace = trees(tmp_path, user=PATCH)
    planned = plan(workspace)
    assert isinstance(planned, Planned)
    assert "src/pkg/user.py" not in {edit.path for edit in planned.edits}
    assert planned.notes == ("the old module is still named where that works: src/pkg/user.py:2",)


def test_a_patch_follows_where_nothing_uses_it_in_the_old_module(tmp_path: Path) -> None:
    god = GOD.replace("def rest() -> God:\n    return God()\n", "rest = 1\n")
    texts = moved(trees(tmp_path, god, user=PATCH))
    assert texts["src/pkg/user.py"] == PATCH.replace("pkg.god", "pkg.new")


def test_a_patch_that_would_reach_half_of_it_is_refused(tmp_path: Path) -> None:
    late = "def f():\n    from pkg.god import God\n    return God()\n"
    (finding,) = refused(trees(tmp_path, user=PATCH, late=late))
    assert "for code that stays and for code that moves or follows" in finding.message
