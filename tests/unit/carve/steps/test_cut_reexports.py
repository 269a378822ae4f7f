"""Cutting re-exports: it changes, leaves alone, has nothing to do, refuses."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from carving import tree
from pydantic import ValidationError

from carve.errors import Finding, StepRefused
from carve.plan.spec_symbols import CutReexportsSpec
from carve.steps.cut_reexports import CutReexports
from carve.steps.outcome import Planned, Skipped
from carve.workspace import Workspace

PACKAGE = '''\
"""A package."""

from pkg.keep import Keeper
from pkg.store import Store

__all__ = ["Keeper", "Store"]
'''
STORE = '"""A store."""\n\n\nclass Store:\n    """Keeps."""\n'
KEEP = '"""A keeper."""\n\n\nclass Keeper:\n    """Keeps too."""\n'
USER = '''\
"""A user."""

import pkg
from pkg import Keeper, Store

shop = [Store(), pkg.Store(), Keeper()]
'''


def shop(folder: Path, **others: str) -> Workspace:
    files = {"__init__": PACKAGE, "store": STORE, "keep": KEEP, "user": USER, **others}
    return tree(folder, {f"src/pkg/{name}.py": text for name, text in files.items()})


def plan(workspace: Workspace, **options: Any) -> Planned | Skipped:
    given = {
        "id": "01",
        "from": ["pkg.store:Store"],
        "cuts": ["pkg"],
        "why": "a part must be importable without the rest",
        **options,
    }
    return CutReexports(CutReexportsSpec.model_validate(given)).plan(workspace)


def cut(workspace: Workspace, **options: Any) -> dict[str, str]:
    planned = plan(workspace, **options)
    assert isinstance(planned, Planned)
    workspace.write(planned.edits)
    return {edit.path: (edit.after or b"").decode() for edit in planned.edits}


def refused(workspace: Workspace, **options: Any) -> tuple[Finding, ...]:
    with pytest.raises(StepRefused, match=r"\w") as caught:
        plan(workspace, **options)
    assert all(one.message and one.instead and one.check for one in caught.value.findings)
    return caught.value.findings


def test_users_take_the_name_from_where_it_is_defined(tmp_path: Path) -> None:
    written = cut(shop(tmp_path))
    assert written["src/pkg/__init__.py"] == PACKAGE.replace(
        "from pkg.store import Store\n", ""
    ).replace(', "Store"', "")
    assert "from pkg import Keeper\nfrom pkg.store import Store\n" in written["src/pkg/user.py"]
    assert "pkg.store.Store()" in written["src/pkg/user.py"]
    assert set(written) == {"src/pkg/__init__.py", "src/pkg/user.py"}


def test_what_the_user_makes_is_the_same(tmp_path: Path) -> None:
    shop(tmp_path)
    show = "from pkg.user import shop; print([type(one).__name__ for one in shop])"

    def seen() -> str:
        command = [sys.executable, "-c", show]
        where = tmp_path / "src"
        return subprocess.run(
            command, cwd=where, capture_output=True, check=True, text=True
        ).stdout

    before = seen()
    cut(Workspace(tmp_path))
    assert seen() == before == "['Store', 'Store', 'Keeper']\n"


def test_several_names_at_once_leave_nothing_of_them(tmp_path: Path) -> None:
    written = cut(shop(tmp_path), **{"from": ["pkg.store:Store", "pkg.keep:Keeper"]})
    assert written["src/pkg/__init__.py"].rstrip().endswith("__all__ = []")
    assert "from pkg.keep import Keeper\nfrom pkg.store import Store" in written["src/pkg/user.py"]


def test_other_names_of_the_module_are_left_alone(tmp_path: Path) -> None:
    other = "from pkg.keep import Keeper\nfrom pkg.store import Store as Depot\n"
    written = cut(shop(tmp_path, other=other))
    assert "src/pkg/other.py" not in written
    assert "Keeper" in written["src/pkg/__init__.py"]


def test_a_second_time_there_is_nothing_to_do(tmp_path: Path) -> None:
    cut(shop(tmp_path))
    found = plan(Workspace(tmp_path))
    assert isinstance(found, Skipped)
    assert found.reason == "pkg offers none of them"


def test_a_module_that_uses_the_name_is_not_cut(tmp_path: Path) -> None:
    findings = refused(shop(tmp_path, __init__=PACKAGE + "\n\nDEFAULT = Store()\n"))
    assert [(one.path, one.line) for one in findings] == [("src/pkg/__init__.py", 9)]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"cuts": ["pkg.nowhere"]}, "there is no module 'pkg.nowhere'"),
        ({"from": ["pkg.store:Depot"]}, "pkg.store does not define 'Depot'"),
        ({"from": ["pkg.user:Store"]}, "pkg.user does not define 'Store'"),
        ({"from": ["pkg.gone:Store"]}, "pkg.gone does not define 'Store'"),
    ],
)
def test_what_is_not_there_is_refused(
    tmp_path: Path, options: dict[str, Any], message: str
) -> None:
    assert [one.message for one in refused(shop(tmp_path), **options)] == [message]


def test_the_module_that_defines_a_name_goes_on_offering_it() -> None:
    with pytest.raises(ValidationError, match="defines Store, so it cannot stop offering it"):
        CutReexportsSpec.model_validate(
            {"id": "01", "from": ["pkg.store:Store"], "cuts": ["pkg.store"], "why": "x"}
        )
