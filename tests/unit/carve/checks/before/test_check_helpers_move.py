"""A helper is one definition that nothing else brought about."""

from pathlib import Path

import pytest
from carving import HOST, extract, god, objection

BAD = """\
def tool():
    return 1


class God:
    def run(self):
        return 1
"""
GOOD = """\
def tool():
    return 1


class God:
    def run(self):
        return tool()
"""


def test_it_objects(tmp_path: Path) -> None:
    found = objection(god(tmp_path, BAD), "helpers-move", "run", helpers=("tool",))
    assert (found.path, found.line) == (HOST, 1)
    assert found.message == "no moved code uses 'tool'"
    assert found.instead == "take it out of helpers:"


def test_the_nearest_harmless_case_moves(tmp_path: Path) -> None:
    assert extract(god(tmp_path, GOOD), "run", helpers=("tool",))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("tool = 1\ntool = 2", "'tool' is bound by more than one plain definition"),
        ("tool = other = int", "'tool' is not bound by a definition or assignment of its own"),
        ("for tool in (): ...", "'tool' is not bound by a definition or assignment of its own"),
        ("tool = print()", "the value of 'tool' is computed by a call or may change afterwards"),
        ("@print\ndef tool(): ...", "the value of 'tool' is computed by a call"),
        ("def tool(a=print()): ...", "the value of 'tool' is computed by a call"),
        ("class tool:\n    a = print()", "the value of 'tool' is computed by a call"),
    ],
)
def test_what_is_not_one_definition_stays(text: str, message: str, tmp_path: Path) -> None:
    workspace = god(tmp_path, f"{text}\n\n\n{GOOD[GOOD.index('class') :]}")
    found = objection(workspace, "helpers-move", "run", helpers=("tool",))
    assert found.message.startswith(message)


TYPED = """\
from typing import TypeVar

T = TypeVar("T", bound=int)


class God:
    def run(self, one: T) -> T:
        return one
"""


def test_a_type_variable_moves(tmp_path: Path) -> None:
    texts = extract(god(tmp_path, TYPED), "run", helpers=("T",))
    assert 'T = TypeVar("T", bound=int)\n' in texts["src/pkg/mixin_run.py"]


def test_what_is_only_called_like_one_stays(tmp_path: Path) -> None:
    text = TYPED.replace("from typing import TypeVar", "def TypeVar(*a, **b): return int")
    found = objection(god(tmp_path, text), "helpers-move", "run", helpers=("T",))
    assert found.message == "the value of 'T' is computed by a call or may change afterwards"
