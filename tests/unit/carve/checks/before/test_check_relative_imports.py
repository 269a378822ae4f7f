"""A relative import in a body starts from its own package."""

from pathlib import Path

from carving import HOST, extract, god, objection

BAD = """\
class God:
    def run(self):
        from . import tools
        return tools
"""
GOOD = """\
class God:
    def run(self):
        from pkg import tools
        return tools
"""


def test_it_objects(tmp_path: Path) -> None:
    found = objection(god(tmp_path, BAD), "relative-imports", "run", target="mixin_run:MixinRun")
    assert (found.path, found.line) == (HOST, 3)
    assert (
        found.message == "this relative import starts from another package in the mixin's module"
    )
    assert found.instead == "write 'from pkg import ...'"


def test_the_nearest_harmless_case_moves(tmp_path: Path) -> None:
    assert extract(god(tmp_path, GOOD), "run")


def test_inside_of_one_package_it_moves(tmp_path: Path) -> None:
    assert extract(god(tmp_path, BAD), "run")
