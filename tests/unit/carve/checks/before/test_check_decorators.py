"""Only decorators that are known to wrap may run in another body."""

from pathlib import Path

from carving import HOST, extract, god, objection

BAD = """\
import atexit


class God:
    @atexit.register
    def run(self):
        return 1
"""
GOOD = """\
from functools import lru_cache as keep


class God:
    @keep(maxsize=None)
    def run(self):
        return 1
"""


def test_it_objects(tmp_path: Path) -> None:
    found = objection(god(tmp_path, BAD), "decorators", "run")
    assert (found.path, found.line) == (HOST, 5)
    assert (
        found.message
        == "the decorator @atexit.register may register the function when it is imported"
    )
    assert found.instead == "leave this member in the class"


def test_the_nearest_harmless_case_moves(tmp_path: Path) -> None:
    assert extract(god(tmp_path, GOOD), "run")


def test_an_abstract_method_stays(tmp_path: Path) -> None:
    text = BAD.replace("import atexit", "from abc import abstractmethod")
    found = objection(
        god(tmp_path, text.replace("atexit.register", "abstractmethod")), "decorators", "run"
    )
    assert found.message.endswith("makes the host abstract, which a plain mixin would not")


def test_a_known_name_from_elsewhere_is_not_known(tmp_path: Path) -> None:
    text = BAD.replace("import atexit", "from .tools import cache")
    workspace = god(tmp_path, text.replace("atexit.register", "cache"), tools="cache = print\n")
    assert objection(workspace, "decorators", "run").line == 5
