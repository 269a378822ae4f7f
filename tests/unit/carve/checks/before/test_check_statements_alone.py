"""A statement moves with its lines, so it needs them for itself."""

from pathlib import Path

from carving import HOST, extract, god, objection

BAD = """\
class God:
    a = 1; b = 2
"""
GOOD = """\
class God:
    a = 1
    b = 2
"""


def test_it_objects(tmp_path: Path) -> None:
    found = objection(god(tmp_path, BAD), "statements-alone", "a")
    assert (found.path, found.line) == (HOST, 2)
    assert (
        found.message == "two statements share this line, and one of them has to move or to change"
    )
    assert found.instead == "give each statement a line of its own"


def test_the_nearest_harmless_case_moves(tmp_path: Path) -> None:
    assert extract(god(tmp_path, GOOD), "a")


def test_a_body_on_the_class_line_cannot_move(tmp_path: Path) -> None:
    assert objection(god(tmp_path, "class God: a = 1\n"), "statements-alone", "a").line == 1


def test_imports_on_one_line_cannot_change(tmp_path: Path) -> None:
    found = objection(god(tmp_path, "import os; import sys\n" + GOOD), "statements-alone", "a")
    assert found.line == 1
