"""What a module defines has another place, or a reason to go without one."""

from pathlib import Path

import pytest
from carving import tree

from carve.errors import Finding
from carve.gates.destination import find

GOD = '''\
"""A god."""

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sys

__all__ = ["God"]
LIMIT = 3


class Bare(os.PathLike):
    """Nothing of its own."""


class God:
    """Does everything."""

    # How far.
    reach = 4

    @property
    def size(self) -> int:
        return LIMIT

    @size.setter
    def size(self, value: int) -> None:
        print(value)

    if os.name == "nt":
        reach = 5


def helper() -> None:
    os.sync()


print("loaded")
'''


def found(
    folder: Path, god: str = GOD, loses: dict[str, str] | None = None, **more: str
) -> list[Finding]:
    files = {f"src/pkg/{name}.py": text for name, text in more.items()}
    return list(find(tree(folder, {"src/pkg/god.py": god, **files}), "pkg.god", loses or {}))


def test_all_code_is_named_longest_first(tmp_path: Path) -> None:
    (finding,) = found(tmp_path)
    assert str(finding.where) == "src/pkg/god.py:10"
    assert finding.message == (
        "14 lines in 6 members have no other place yet: God.size (line 23-29), "
        "God.reach (line 20-21), God.(line 31) (line 31-32), helper (line 35-36), "
        "LIMIT (line 10), (line 39) (line 39)"
    )


def test_imports_docstrings_and_heads_may_go(tmp_path: Path) -> None:
    head = GOD.partition("LIMIT")[0]
    assert found(tmp_path, f"{head}\n\nclass God(Base):\n    '''Doc.'''\n\n    ...\n") == []


def test_the_very_same_code_elsewhere_is_a_place(tmp_path: Path) -> None:
    god = "class God:\n    def run(self):\n        return 1  # here\n\n\n"
    god += "def helper():\n    return 2\n"
    mixin = "class Mixin:\n    def run(self):\n        return 1\n"
    assert found(tmp_path / "a", god, mixin=mixin, tools=god.partition("\n\n\n")[2]) == []
    (finding,) = found(tmp_path / "b", god, mixin=mixin.replace("1", "3"))
    assert "4 lines in 2 members" in finding.message


def test_a_function_is_no_place_for_a_method(tmp_path: Path) -> None:
    god = "class God:\n    def run(self):\n        return 1\n"
    (finding,) = found(tmp_path, god, other="def run(self):\n    return 1\n")
    assert finding.message.startswith("2 lines in 1 member have no other place yet: God.run")


def test_what_is_given_up_has_a_reason_and_a_name(tmp_path: Path) -> None:
    god = "LIMIT = 3\n"
    assert found(tmp_path / "a", god, {"LIMIT": "nobody asks for it"}) == []
    idle, lost = found(tmp_path / "b", god, {"LIMITS": "nobody asks for it"})
    assert idle.message == "the module has no 'LIMITS' to lose"
    assert lost.message.startswith("1 line in 1 member has no other place yet")


@pytest.mark.parametrize(
    "text", ["", "import os\n", '"""Doc."""\ntry:\n    import a\nexcept ImportError:\n    pass\n']
)
def test_a_module_without_code_has_nothing_to_place(text: str, tmp_path: Path) -> None:
    assert found(tmp_path, text) == []
