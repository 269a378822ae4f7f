"""The mixin gets a module and a name that nothing has yet."""

from pathlib import Path

from carving import HOST, extract, god, objection

BAD = """\
class MixinRun: ...


class God:
    def run(self):
        return 1
"""
GOOD = """\
class God:
    def run(self):
        return 1
"""


def test_it_objects(tmp_path: Path) -> None:
    found = objection(god(tmp_path, BAD), "target-is-free", "run")
    assert (found.path, found.line) == (HOST, 4)
    assert found.message == "pkg.god binds the name 'MixinRun' already"
    assert found.instead == "choose another name for the mixin"


def test_the_nearest_harmless_case_moves(tmp_path: Path) -> None:
    assert extract(god(tmp_path, GOOD), "run")


def test_an_existing_module_is_not_written_over(tmp_path: Path) -> None:
    workspace = god(tmp_path, GOOD, mixin_run="")
    found = objection(workspace, "target-is-free", "run")
    assert found.message == "the module pkg.mixin_run exists already (src/pkg/mixin_run.py)"


def test_a_missing_package_is_not_made_up(tmp_path: Path) -> None:
    found = objection(
        god(tmp_path, GOOD), "target-is-free", "run", target="pkg.parts.run:MixinRun"
    )
    assert found.message == "there is no package pkg.parts to put MixinRun into"
    assert found.instead == "create it with an __init__.py below src"


def test_the_standard_library_is_not_hidden(tmp_path: Path) -> None:
    found = objection(god(tmp_path, GOOD), "target-is-free", "run", target="types:MixinRun")
    assert found.message == "'types' would hide the standard library's module"
