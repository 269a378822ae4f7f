"""Nothing may look into the class itself."""

from pathlib import Path

import pytest
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


LOOKING = """\
def names(kind, *, deep=True):
    return sorted(kind.__dict__)


class Shelf:
    def keep(self, kind):
        return handed_on(kind=kind)


def handed_on(*, kind):
    return list(vars(kind))


def shown(kind, other):
    return kind.__name__, vars(other)
"""


@pytest.mark.parametrize(
    ("call", "look"),
    [
        ("names(God)", "kind.__dict__ in src/pkg/looking.py:2"),
        ("Shelf().keep(God)", None),  # what the object is, is not known here
        ("handed_on(kind=God)", "vars(kind) in src/pkg/looking.py:11"),
        ("shown(God, str)", None),
    ],
)
def test_a_function_that_gets_the_class_may_look_into_it(
    call: str, look: str | None, tmp_path: Path
) -> None:
    user = f"from pkg.god import God\nfrom pkg.looking import *\n\nNAMES = {call}\n"
    user = user.replace("*", "Shelf, handed_on, names, shown")
    workspace = god(tmp_path, GOOD, user=user)
    (tmp_path / "src/pkg/looking.py").write_text(LOOKING)
    if look is None:
        assert extract(workspace, "run")
    else:
        found = objection(workspace, "class-namespace", "run")
        assert (found.path, found.line) == ("src/pkg/user.py", 4)
        assert found.message.startswith(f"{call}, by {look}, looks into a class")


def test_a_method_of_the_same_module_may_hand_it_on(tmp_path: Path) -> None:
    user = f"from pkg.god import God\n\n{LOOKING}\n\nNAMES = Shelf().keep(God)\n"
    found = objection(god(tmp_path, GOOD, user=user), "class-namespace", "run")
    assert found.message.startswith("Shelf().keep(God), by vars(kind) in src/pkg/user.py:13,")
