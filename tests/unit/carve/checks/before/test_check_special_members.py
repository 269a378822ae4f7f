"""What Python reads from the very class stays in it."""

from pathlib import Path

from carving import HOST, extract, god, objection

BAD = """\
class God:
    def __init__(self):
        pass
"""
GOOD = """\
class God:
    def __len__(self):
        return 1

    __init__ = object.__init__
"""


def test_it_objects(tmp_path: Path) -> None:
    found = objection(god(tmp_path, BAD), "special-members", "__init__")
    assert (found.path, found.line) == (HOST, 2)
    assert found.message == "'__init__' belongs to the class that Python finds it in"
    assert found.instead == "leave it; move what it calls instead"


def test_the_nearest_harmless_case_moves(tmp_path: Path) -> None:
    assert extract(god(tmp_path, GOOD), "__len__")


def test_equality_and_hash_go_together(tmp_path: Path) -> None:
    text = """\
class God:
    def __eq__(self, other):
        return True

    def __hash__(self):
        return 1
"""
    found = objection(god(tmp_path, text), "special-members", "__eq__")
    assert (found.line, found.instead) == (2, "move both, or leave both")
    assert extract(god(tmp_path / "both", text), "__eq__", "__hash__")
