"""Moved code must not rebind or inspect its module."""

from pathlib import Path

import pytest
from carving import HOST, extract, god, objection

BAD = """\
COUNT = 0


class God:
    def run(self):
        global COUNT
        COUNT = 1
"""
GOOD = """\
class God:
    def run(self):
        COUNT = 1
        return COUNT
"""


def test_it_objects(tmp_path: Path) -> None:
    found = objection(god(tmp_path, BAD), "globals-statement", "run")
    assert (found.path, found.line) == (HOST, 6)
    assert found.message == "moved code rebinds the global 'COUNT'"
    assert (
        found.instead
        == "pass the value in, keep it in a module that both import, or leave this member"
    )


def test_the_nearest_harmless_case_moves(tmp_path: Path) -> None:
    assert extract(god(tmp_path, GOOD), "run")


@pytest.mark.parametrize("text", ["__name__", "__file__", "globals()", 'eval("1")'])
def test_looking_at_the_own_module_counts(text: str, tmp_path: Path) -> None:
    workspace = god(tmp_path, GOOD.replace("COUNT = 1", f"COUNT = {text}"))
    assert objection(workspace, "globals-statement", "run").line == 3
