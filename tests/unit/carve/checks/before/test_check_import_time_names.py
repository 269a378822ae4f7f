"""A module that lists its own names is not given a new one."""

from pathlib import Path

from carving import HOST, extract, god, objection

BAD = """\
__all__ = [name for name in dir() if name[0] != "_"]


class God:
    def run(self):
        return 1
"""
GOOD = """\
class God:
    def run(self):
        return 1

    def names(self):
        return dir(), locals()
"""


def test_it_objects(tmp_path: Path) -> None:
    found = objection(god(tmp_path, BAD), "import-time-names", "run")
    assert (found.path, found.line) == (HOST, 1)
    assert (
        found.message
        == "dir() is called while the module is imported, and would now see MixinRun or miss what moved"  # noqa: E501 - one message
    )
    assert found.instead == "name what is meant, for example in a literal __all__"


def test_the_nearest_harmless_case_moves(tmp_path: Path) -> None:
    assert extract(god(tmp_path, GOOD), "run")
