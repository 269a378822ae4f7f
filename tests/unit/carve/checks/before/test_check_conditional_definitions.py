"""A member has one way of being defined."""

from pathlib import Path

import pytest
from carving import HOST, extract, god, objection

BAD = """\
class God:
    def run(self):
        return 1

    for _ in range(2):

        def run(self):
            return 2
"""
GOOD = """\
class God:
    def run(self):
        return 1

    if __debug__:

        def run(self):
            return 2

    for _ in range(2):

        def stop(self):
            return 2
"""


def test_it_objects(tmp_path: Path) -> None:
    found = objection(god(tmp_path, BAD), "conditional-definitions", "run")
    assert (found.path, found.line) == (HOST, 2)
    assert found.message == "'run' is also defined conditionally in the body of God"
    assert found.instead == "make one definition of it, or leave it where it is"


def test_the_nearest_harmless_case_moves(tmp_path: Path) -> None:
    assert extract(god(tmp_path, GOOD), "run")


@pytest.mark.parametrize(
    "text", ["del run", "for run in (1,): ...", "import run", "x = (run := 1)", "run += 1"]
)
def test_every_other_way_to_bind_the_name_counts(text: str, tmp_path: Path) -> None:
    workspace = god(tmp_path, f"class God:\n    run = 1\n    {text}\n")
    found = objection(workspace, "conditional-definitions", "run")
    assert found.line == 2


def test_a_statement_that_binds_a_staying_name_as_well_stays(tmp_path: Path) -> None:
    workspace = god(tmp_path, "class God:\n    run, stop = 1, 2\n")
    found = objection(workspace, "conditional-definitions", "run")
    assert found.message == "this statement moves, and it binds 'stop' as well, which stays"
    assert extract(workspace, "run", "stop")
