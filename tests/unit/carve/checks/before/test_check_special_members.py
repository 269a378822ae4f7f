"""What Python reads from the very class stays in it."""

import inspect
from pathlib import Path
from typing import Any

from carving import HOST, MIXIN, extract, god, objection

BAD = """\
class God:
    def __new__(cls):
        return object.__new__(cls)
"""
GOOD = """\
class God:
    def __len__(self):
        return 1

    __init__ = object.__init__
"""


def test_it_objects(tmp_path: Path) -> None:
    found = objection(god(tmp_path, BAD), "special-members", "__new__")
    assert (found.path, found.line) == (HOST, 2)
    assert found.message == "'__new__' belongs to the class that Python finds it in"
    assert found.instead == "leave it; move what it calls instead"


def test_the_nearest_harmless_case_moves(tmp_path: Path) -> None:
    assert extract(god(tmp_path, GOOD), "__len__")


def test_equality_and_hash_go_together(tmp_path: Path) -> None:
    text = """\
class God:
    def __eq__(self, other):
        return True

    def __hash__(self):
        return 1
"""
    found = objection(god(tmp_path, text), "special-members", "__eq__")
    assert (found.line, found.instead) == (2, "move both, or leave both")
    assert extract(god(tmp_path / "both", text), "__eq__", "__hash__")


CONSTRUCTOR = """\
class Base:
    def __init__(self, size):
        self.size = size


class God(Base):
    def __init__(self, size, *, unit="m"):
        \"\"\"Take a size.\"\"\"
        super().__init__(size)
        self.unit = unit
        self.shown = self._show()

    def _show(self):
        return f"{self.size} {self.unit}"
"""


def made_by(text: str) -> tuple[dict[str, Any], str, str | None]:
    """Return what an outsider sees of a new instance and its constructor."""
    scope: dict[str, Any] = {}
    exec(compile(text, "god.py", "exec"), scope)  # noqa: S102 - our own text
    cls = scope["God"]
    return vars(cls(3, unit="km")), str(inspect.signature(cls)), inspect.getdoc(cls.__init__)


def test_a_constructor_moves_whole(tmp_path: Path) -> None:
    texts = extract(god(tmp_path, CONSTRUCTOR), "__init__", "_show")
    assert texts[HOST].endswith("class God(MixinRun, Base):\n    pass\n")
    base, _, _ = CONSTRUCTOR.partition("class God")
    after = f"{base}{texts[MIXIN]}\n\nclass God(MixinRun, Base): pass\n"
    assert made_by(after) == made_by(CONSTRUCTOR)
    assert made_by(after)[0] == {"size": 3, "unit": "km", "shown": "3 km"}


def test_a_constructor_takes_its_statements_along(tmp_path: Path) -> None:
    found = objection(god(tmp_path, CONSTRUCTOR), "special-members", "__init__", "unit")
    assert found.message == "'unit' is moved out of __init__, which moves itself"
