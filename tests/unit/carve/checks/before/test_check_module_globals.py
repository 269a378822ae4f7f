"""Every global means the same in the new module."""

from pathlib import Path

import pytest
from carving import HOST, MIXIN, extract, god, objection

BAD = """\
class tool: ...


class God:
    def run(self, one=tool):
        return one()
"""
GOOD = """\
from pkg.tools import tool


class Late: ...


class God:
    def run(self, one=tool):
        return one() or Late()
"""


def test_it_objects(tmp_path: Path) -> None:
    found = objection(god(tmp_path, BAD), "module-globals", "run")
    assert (found.path, found.line) == (HOST, 1)
    assert (
        found.message
        == "moved code uses 'tool', which this module defines: importing it back is a cycle"
    )
    assert (
        found.instead
        == "list 'tool' under helpers: to move it along, or put it into a module of its own"
    )


def test_the_nearest_harmless_case_moves(tmp_path: Path) -> None:
    assert extract(god(tmp_path, GOOD, tools="tool = int\n"), "run")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("tool = 1\ndel tool", "'tool' is bound more than once, so an import of it may miss"),
        ("if __debug__:\n    import tool", "'tool' is bound conditionally (if, try or with)"),
        ("from a import *", "moved code uses 'tool', which may come from this star import"),
        ("", "moved code uses 'tool', which nothing in this module binds"),
        (
            "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import tool",
            "'tool' is imported for type checkers only, but moved code uses it when it runs",
        ),
        (
            "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    tool = int",
            "'tool' is bound conditionally (if, try or with)",
        ),
        ("from ..a import tool", "the dots of the import of 'tool' lead out of the tree"),
        ("from ... import tool", "the dots of the import of 'tool' lead out of the tree"),
        ("for tool in (): ...", "moved code uses 'tool', which this module defines"),
        ("def f():\n    global tool\n    tool = 1", "'tool' is bound more than once"),
    ],
)
def test_names_without_one_sure_meaning_stay(text: str, message: str, tmp_path: Path) -> None:
    workspace = god(
        tmp_path, f"{text}\n\n\nclass God:\n    def run(self):\n        return tool()\n"
    )
    assert objection(workspace, "module-globals", "run").message.startswith(message)


def test_a_star_import_may_hide_even_a_builtin(tmp_path: Path) -> None:
    text = BAD.replace("class tool: ...", "from os import *")
    found = objection(god(tmp_path, text.replace("=tool", "=open")), "module-globals", "run")
    assert (found.line, found.message[:22]) == (1, "moved code uses 'open'")


def test_a_type_that_only_type_checkers_see_is_theirs_there_too(tmp_path: Path) -> None:
    text = "if TYPE_CHECKING:\n    Tool = int\n\n\nclass God:\n    def run(self) -> 'Tool': ...\n"
    workspace = god(tmp_path, f"from typing import TYPE_CHECKING\n\n{text}")
    assert "if TYPE_CHECKING:\n    from pkg.god import Tool\n" in extract(workspace, "run")[MIXIN]
