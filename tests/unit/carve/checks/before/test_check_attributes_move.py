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
        (
            "self.x = input()\n        self.run = open(1)",
            "'run' cannot move: its value calls open(), whose moment",
        ),
        (
            "self.y = 1\n        self.run = open(1)",
            "'run' cannot move: its value calls open(), whose moment",
        ),
        (
            "self.x = 1\n        self.run = self.x",
            "'run' cannot move: its value needs 'self', which the constructor is still",
        ),
        ("self.reset()\n        self.run = 1", "this runs before 'run' is assigned, and may"),
        ("print(self)\n        self.run = 1", "this runs before 'run' is assigned, and may"),
        (
            "self.x = 1\n        self.run = lambda: 1",
            "'run' cannot move: its value is more than a plain",
        ),
    ],
)
def test_what_could_notice_the_moment_keeps_it(text: str, message: str, tmp_path: Path) -> None:
    body = BAD.replace("self.run = size", text)
    body += "\n    y = property(None, print)\n"
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


LEADING = """\
class God:
    def __init__(this, size):
        super().__init__()
        # Read before anything else.
        this.run = this._read()
        this.half = this.run / 2
        this.size = size
        this._announce()

    def _read(self):
        return 4

    def _announce(self):
        print(self.run, self.size)
"""


def test_what_follows_the_bases_moves_whatever_it_needs(tmp_path: Path) -> None:
    """The mixin's constructor ends just where these statements stood."""
    texts = extract(god(tmp_path, LEADING), "run", "half", "_read")
    assert """\
    def __init__(this, *args: Any, **kwargs: Any) -> None:
        \"\"\"Give the instance its own `run`, `half`.\"\"\"
        super().__init__(*args, **kwargs)
        # Read before anything else.
        this.run = this._read()
        this.half = this.run / 2
""" in texts["src/pkg/mixin_run.py"]
    assert "this.run =" not in texts[HOST]


def test_what_does_not_follow_them_stays(tmp_path: Path) -> None:
    found = objection(
        god(tmp_path, LEADING), "attributes-move", "half", "_read", leaves=("_read",)
    )
    assert found.message == (
        "'half' cannot move: its value needs 'this', which the constructor is still building"
    )
    assert found.instead == (
        "leave it, or move all that stands between super().__init__(...) and it as well"
    )


def test_a_call_moves_with_all_that_stands_before_it(tmp_path: Path) -> None:
    text = LEADING.replace("size", "run")
    members = ("run", "half", "_read", "_announce")
    workspace = god(tmp_path, text.replace("        this.run = run\n", ""))
    mixin = extract(workspace, *members, calls=("_announce",))["src/pkg/mixin_run.py"]
    assert '"""Give the instance its own `run`, `half`, then call `_announce`."""' in mixin
    assert "        this._announce()\n" in mixin


def test_a_call_whose_moment_would_change_stays(tmp_path: Path) -> None:
    found = objection(god(tmp_path, LEADING), "attributes-move", "_announce", calls=("_announce",))
    assert found.message == (
        "'_announce' cannot move: it calls _announce(), whose moment may matter"
    )


def test_a_call_that_is_not_there_is_refused(tmp_path: Path) -> None:
    found = objection(god(tmp_path, LEADING), "names-exist", "_announce", calls=("_anounce",))
    assert found.message == "the constructor of God has no statement that calls '_anounce' plainly"
    assert found.instead == "did you mean _announce?"


def test_a_plain_value_of_another_attribute_is_no_obstacle(tmp_path: Path) -> None:
    """`open` cannot tell whether `size` is there already."""
    text = GOOD.replace("self.run = 1", "self.run = open(0, closefd=False)")
    mixin = extract(god(tmp_path, text), "run")["src/pkg/mixin_run.py"]
    assert "        self.run = open(0, closefd=False)\n" in mixin


def test_a_value_that_needs_the_instance_waits_for_what_stands_before(tmp_path: Path) -> None:
    text = GOOD.replace("self.run = 1", "self.run = repr(self.size)")
    assert "whose moment" in objection(god(tmp_path, text), "attributes-move", "run").message
