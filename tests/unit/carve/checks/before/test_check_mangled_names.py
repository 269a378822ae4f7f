"""Private names belong to the class that they are written in."""

from pathlib import Path

from carving import HOST, extract, god, objection

BAD = """\
class God:
    def run(self):
        return self.__x
"""
GOOD = """\
class God:
    def run(self):
        return self._x, self.__doc__
"""


def test_it_objects(tmp_path: Path) -> None:
    found = objection(god(tmp_path, BAD), "mangled-names", "run")
    assert (found.path, found.line) == (HOST, 3)
    assert found.message == "'__x' means '_God__x' here and '_MixinRun__x' in the mixin"
    assert found.instead == "rename it with one underscore, or leave every member that uses '__x'"


def test_the_nearest_harmless_case_moves(tmp_path: Path) -> None:
    assert extract(god(tmp_path, GOOD), "run")
