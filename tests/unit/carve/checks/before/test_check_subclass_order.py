"""The mixin comes directly after the host in every subclass."""

from pathlib import Path

from carving import HOST, extract, god, objection

BAD = """\
class God:
    def run(self):
        return 1


class B:
    def run(self):
        return 2


class A(B): ...


class Sub(A, God, B): ...
"""
GOOD = """\
class God:
    def run(self):
        return 1


class B: ...


class A(B): ...


class Sub(A, B, God): ...
"""


def test_it_objects(tmp_path: Path) -> None:
    found = objection(god(tmp_path, BAD), "subclass-order", "run")
    assert (found.path, found.line) == (HOST, 14)
    assert (
        found.message
        == "Sub names God between other bases, and one of them could come between God and MixinRun"
    )
    assert found.instead == "make God the first or the last base of Sub"


def test_the_nearest_harmless_case_moves(tmp_path: Path) -> None:
    assert extract(god(tmp_path, GOOD), "run")
