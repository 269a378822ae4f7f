"""super() must find afterwards what it found before."""

from pathlib import Path

from carving import HOST, extract, god, objection

BAD = """\
class B:
    def run(self):
        return 0


class God(B):
    def run(self):
        return 1

    def stop(self):
        return super().run()
"""
GOOD = """\
class B:
    def run(self):
        return 0


class God(B):
    def run(self):
        return super().run()

    def stop(self):
        return super().__doc__
"""


def test_it_objects(tmp_path: Path) -> None:
    found = objection(god(tmp_path, BAD), "super-calls", "run")
    assert (found.path, found.line) == (HOST, 11)
    assert found.message == "super().run in God would now find MixinRun.run"
    assert found.instead == "move this member as well, or leave 'run'"


def test_the_nearest_harmless_case_moves(tmp_path: Path) -> None:
    assert extract(god(tmp_path, GOOD), "run")


def test_super_as_a_value_could_find_anything(tmp_path: Path) -> None:
    text = BAD.replace("super().run()", "getattr(super(), self.name)()")
    found = objection(god(tmp_path, text), "super-calls", "run")
    assert found.instead == "write super().name with a plain name"


def test_moved_code_must_not_say_where_to_start(tmp_path: Path) -> None:
    text = GOOD.replace("super().run()", "super(type(self), self).run()")
    assert objection(god(tmp_path, text), "super-calls", "run").line == 8
