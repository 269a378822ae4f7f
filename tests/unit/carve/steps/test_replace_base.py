"""Replacing a base by one that comes to the same: it changes, leaves alone, skips, refuses."""

from pathlib import Path
from typing import Any

import pytest
from carving import python, tree

from carve.errors import Finding, StepRefused
from carve.plan.spec_symbols import ReplaceBaseSpec
from carve.steps.outcome import Planned, Skipped
from carve.steps.replace_base import ReplaceBase
from carve.workspace import Workspace

PARTS = """\
class Root:
    def __init__(self) -> None:
        self.log = ["root"]


class Runs(Root):
    def __init__(self) -> None:
        super().__init__()
        self.log.append("runs")

    def run(self) -> str:
        return "run"
"""
GOD = '''\
from pkg.parts import Runs


class God(Runs):
    """All in one."""

    limit = 3
'''
NEW = '"""New."""\n\nfrom pkg.parts import Runs\n\n\nclass New(Runs):\n    limit = 3\n'
SUB = "from pkg.god import God\n\n\nclass Sub(God):\n    more = 1\n"


def plan(workspace: Workspace, **options: Any) -> Planned | Skipped:
    given = {"id": "01", "from": "pkg.god:God", "to": "pkg.new:New", "why": "one less", **options}
    return ReplaceBase(ReplaceBaseSpec.model_validate(given)).plan(workspace)


def replaced(workspace: Workspace, **options: Any) -> dict[str, str]:
    planned = plan(workspace, **options)
    assert isinstance(planned, Planned)
    return {edit.path: (edit.after or b"").decode() for edit in planned.edits}


def refused(workspace: Workspace, **options: Any) -> tuple[Finding, ...]:
    with pytest.raises(StepRefused, match=r"\w") as caught:
        plan(workspace, **options)
    assert all(f.message and f.instead and f.check for f in caught.value.findings)
    return caught.value.findings


def trees(folder: Path, sub: str = SUB, god: str = GOD, new: str = NEW, **more: str) -> Workspace:
    files = {"parts": PARTS, "god": god, "new": new, "sub": sub, **more}
    return tree(folder, {f"src/pkg/{name}.py": text for name, text in files.items()})


SUBCLASSES = {
    SUB: SUB.replace("pkg.god", "pkg.new").replace("God", "New"),
    "import pkg.god\n\n\nclass Sub(pkg.god.God): ...\n": (
        "import pkg.god\nfrom pkg.new import New\n\n\nclass Sub(New): ...\n"
    ),
    "from pkg.god import God as G\n\n\nclass Sub(G, metaclass=type): ...\n": (
        "from pkg.new import New\n\n\nclass Sub(New, metaclass=type): ...\n"
    ),
    "from pkg.god import God\n\n\nclass Sub(God): ...\n\n\nGod()\n": (
        "from pkg.god import God\nfrom pkg.new import New\n\n\nclass Sub(New): ...\n\n\nGod()\n"
    ),
    "from pkg.god import God\n\n\nclass Mix: ...\n\n\nclass Sub(Mix, God): ...\n": (
        "from pkg.new import New\n\n\nclass Mix: ...\n\n\nclass Sub(Mix, New): ...\n"
    ),
}


@pytest.mark.parametrize("before", SUBCLASSES)
def test_subclasses_inherit_the_other_class(before: str, tmp_path: Path) -> None:
    assert replaced(trees(tmp_path, before)) == {"src/pkg/sub.py": SUBCLASSES[before]}


def test_it_changes_those_that_are_named_and_leaves_the_others_alone(tmp_path: Path) -> None:
    workspace = trees(tmp_path, other=SUB, far="from .sub import Sub\nclass Far(Sub): ...\n")
    assert set(replaced(workspace)) == {"src/pkg/sub.py", "src/pkg/other.py"}
    assert set(replaced(workspace, of=["pkg.other:Sub"])) == {"src/pkg/other.py"}


def test_subclasses_behave_as_before(tmp_path: Path) -> None:
    workspace = trees(tmp_path)
    code = "from pkg.sub import Sub; s = Sub(); print(s.log, s.run(), s.limit, s.more)"
    before = python(tmp_path / "src", code)
    planned = plan(workspace)
    assert isinstance(planned, Planned)
    assert planned.modules == ("pkg.sub",)
    workspace.write(planned.edits)
    assert python(tmp_path / "src", code) == before


def test_a_second_run_has_nothing_to_do(tmp_path: Path) -> None:
    workspace = trees(tmp_path)
    planned = plan(workspace)
    assert isinstance(planned, Planned)
    reason = "no class that is asked for inherits God directly"
    assert plan(workspace.after(planned.edits)) == Skipped(reason)


UNLIKE = {
    "value": (GOD, NEW.replace("3", "4"), "limit: src/pkg/god.py:7 and src/pkg/new.py:7 are not"),
    "missing": (GOD + "\n    def stop(self): ...\n", NEW, "stop: only one of them has it"),
    "more": (GOD, NEW + "    extra = 1\n", "extra: only one of them has it"),
    "decorator": (GOD, NEW.replace("class", "@print\nclass"), "decorators or keywords"),
    "foreign base": (
        GOD,
        NEW.replace("(Runs)", "(Runs, Exception)"),
        "bases:  became Exception",
    ),
    "constructors": (
        GOD,
        NEW + "\n    def __init__(self) -> None:\n        super().__init__()\n"
        "        self.log.append('runs')\n",
        "__init__: it calls super(), and not the same number of classes define it",
    ),
    "globals": (
        f"import json as j\n{GOD}\n    def f(self):\n        return j\n",
        NEW.replace("from", "import os as j\nfrom", 1) + "\n    def f(self):\n        return j\n",
        "f: 'j' is not the same in pkg.god and pkg.new",
    ),
}


@pytest.mark.parametrize("case", UNLIKE)
def test_classes_that_differ_are_refused_with_the_difference(case: str, tmp_path: Path) -> None:
    god, new, message = UNLIKE[case]
    findings = refused(trees(tmp_path, god=god, new=new))
    assert any(message in finding.message for finding in findings), findings
    assert {finding.check for finding in findings} == {"same-members"}


REFUSALS = {
    "isinstance": (SUB + "\nisinstance(1, (int, God))\n", "this asks for a God"),
    "super": (SUB + "\n    def f(self):\n        super(God, self).run()\n", "this asks for a God"),
    "match": (SUB + "\nmatch 1:\n    case God(): ...\n", "this asks for a God"),
    "taken": (f"{SUB}\n\nNew = 1\n", "'New' means something else in pkg.sub"),
    "order": (
        "from .god import God\nfrom .new import New\nclass A(New): ...\nclass Sub(God, A): ...\n",
        "the bases of Sub would have no possible order",
    ),
}


@pytest.mark.parametrize("case", REFUSALS)
def test_it_refuses(case: str, tmp_path: Path) -> None:
    sub, message = REFUSALS[case]
    findings = refused(trees(tmp_path, sub))
    assert any(message in finding.message for finding in findings), findings


def test_files_listed_under_leaves_may_ask_for_the_old_class(tmp_path: Path) -> None:
    workspace = trees(tmp_path, user="from .god import God\nisinstance(1, God)\n")
    assert set(replaced(workspace, leaves=["src/pkg/user.py"])) == {"src/pkg/sub.py"}


@pytest.mark.parametrize("key", ["from", "to", "of"])
def test_unknown_classes_are_refused(key: str, tmp_path: Path) -> None:
    unknown: Any = "pkg.god:Gods"
    (finding,) = refused(trees(tmp_path), **{key: [unknown] if key == "of" else unknown})
    assert finding.message == "there is no class pkg.god:Gods"
