"""An attribute moves when the moment of its assignment cannot matter."""

from pathlib import Path

import pytest
from carving import HOST, extract, god, objection

BAD = """\
class God:
    def __init__(self, size):
        super().__init__()
        self.run = size
"""
GOOD = """\
class God:
    def __init__(self, size):
        super().__init__()
        self.size = size
        self.run = 1
"""


def test_it_objects(tmp_path: Path) -> None:
    found = objection(god(tmp_path, BAD), "attributes-move", "run")
    assert (found.path, found.line) == (HOST, 4)
    assert (
        found.message
        == "'run' cannot move: its value needs 'size', which only the constructor has"
    )
    assert found.instead == "leave it in the constructor, or make it a plain value there first"


def test_the_nearest_harmless_case_moves(tmp_path: Path) -> None:
    assert extract(god(tmp_path, GOOD), "run")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("if 1:\n            self.run = 1", "'run' cannot move: its assignment is conditional"),
        ("self.run = 1\n        self.run = 2", "'run' cannot move: the constructor assigns it"),
        ("self.run = open(1)", "'run' cannot move: its value calls open(), whose moment"),
        ("self.reset()\n        self.run = 1", "this runs before 'run' is assigned, and may"),
        ("print(self)\n        self.run = 1", "this runs before 'run' is assigned, and may"),
        ("self.run = lambda: 1", "'run' cannot move: its value is more than a plain"),
    ],
)
def test_what_could_notice_the_moment_keeps_it(text: str, message: str, tmp_path: Path) -> None:
    body = BAD.replace("self.run = size", text)
    reset = "\n    def reset(self):\n        self.deeper()\n"
    deeper = "\n    def deeper(self):\n        self.run = 5\n"
    found = objection(god(tmp_path, body + reset + deeper), "attributes-move", "run")
    assert found.message.startswith(message)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("        self.run = 1\n        super().__init__()\n", "it is assigned before super()"),
        ("        self.run = 1\n", "the constructor of God does not call super().__init__"),
    ],
)
def test_the_bases_come_first(text: str, message: str, tmp_path: Path) -> None:
    workspace = god(tmp_path, f"class God:\n    def __init__(self):\n{text}")
    assert message in objection(workspace, "attributes-move", "run").message


def test_a_base_that_uses_it_keeps_it(tmp_path: Path) -> None:
    base = "class Base:\n    def __init__(self):\n        self.run = 2\n\n\n"
    text = base + GOOD.replace("class God:", "class God(Base):")
    found = objection(god(tmp_path, text), "attributes-move", "run")
    assert (found.line, found.message) == (3, "the constructor of Base uses 'run' as well")


def test_a_class_that_sees_the_order_keeps_it(tmp_path: Path) -> None:
    text = GOOD + "\n    def names(self):\n        return list(vars(self))\n"
    found = objection(god(tmp_path, text), "attributes-move", "run")
    assert found.message.startswith("God sees the order in which attributes are assigned")
