"""A role has the class of before while the tree defines it, and that of after from then on."""

import sys
from pathlib import Path

import pytest

from carve.errors import CarveError
from carve.pins.standing import side_now
from carve.pins.subjects import Subjects

SIDES = {"before": "old:Till", "after": "new:Desk"}
TILL, DESK = "class Till: ...\n", "class Desk: ...\n"


@pytest.mark.parametrize(
    ("modules", "side"),
    [
        ({"old": TILL}, "before"),
        ({"old": TILL, "new": DESK}, "before"),
        ({"new": DESK}, "after"),
        ({"old": "x = 1\n", "new": DESK}, "after"),
        ({"old": "if x:\n    class Till: ...\n"}, "before"),
        ({"old": "from new import Desk as Till\n", "new": DESK}, "after"),
        ({"old": "from new import Desk\nTill = Desk\n", "new": DESK}, "after"),
        ({"old": "from elsewhere import Till\n"}, "before"),
        ({"old": "def broken(:\n", "new": DESK}, "before"),
        ({"old": "import gone\n" + TILL, "new": DESK}, "before"),
        ({"new": "from elsewhere import Desk\n"}, "after"),
        ({}, "before"),
    ],
)
def test_the_text_of_the_modules_says_which_side(modules: dict[str, str], side: str) -> None:
    def read(name: str) -> bytes | None:
        return modules[name].encode() if name in modules else None

    assert side_now(SIDES, read) == side


def test_a_role_that_is_not_taken_apart_stays_on_its_side() -> None:
    assert side_now({"before": "old:Till"}, lambda _: None) == "before"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with subjects; modules beside it can be imported."""
    (tmp_path / "subjects.yaml").write_text(
        "till: {before: 'till_of_old:Till', after: 'desk_of_new:Desk'}\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    for name in ("till_of_old", "desk_of_new"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    return tmp_path


def test_now_loads_the_class_that_is_there(home: Path) -> None:
    (home / "desk_of_new.py").write_text(DESK)
    subjects = Subjects(home, "now")
    assert (subjects.load("till").name, subjects.lacks("till")) == ("Desk", False)
    assert subjects.expected("till") == ("after", "before")
    assert Subjects(home, "before").expected("till") == ("before",)


def test_a_broken_import_is_no_move(home: Path) -> None:
    (home / "till_of_old.py").write_text(f"import nowhere_to_be_found\n{TILL}")
    (home / "desk_of_new.py").write_text(DESK)
    with pytest.raises(CarveError, match=r"till\.before is 'till_of_old:Till', which cannot be"):
        Subjects(home, "now").load("till")
