"""Nothing may look into the class itself."""

from pathlib import Path

from carving import HOST, extract, god, objection

BAD = """\
class God:
    def run(self):
        return 1

    def names(self):
        return sorted(type(self).__dict__)
"""
GOOD = """\
class God:
    def run(self):
        return 1

    def names(self):
        return sorted(self.__dict__), dir(type(self))
"""


def test_it_objects(tmp_path: Path) -> None:
    found = objection(god(tmp_path, BAD), "class-namespace", "run")
    assert (found.path, found.line) == (HOST, 6)
    assert (
        found.message
        == "type(self).__dict__ looks into a class, and what moves is no longer in God itself"
    )
    assert found.instead == "use getattr, dir or inspect.getmembers, which follow the bases"


def test_the_nearest_harmless_case_moves(tmp_path: Path) -> None:
    assert extract(god(tmp_path, GOOD), "run")


def test_other_modules_are_looked_at_too(tmp_path: Path) -> None:
    user = "from pkg.god import God\n\nNAMES = list(vars(God))\n"
    found = objection(god(tmp_path, GOOD, user=user), "class-namespace", "run")
    assert (found.path, found.line) == ("src/pkg/user.py", 3)


def test_the_namespace_of_another_class_does_not_matter(tmp_path: Path) -> None:
    user = "from pkg.god import God\n\nNAMES = list(vars(str)), God\n"
    assert extract(god(tmp_path, GOOD, user=user), "run")
