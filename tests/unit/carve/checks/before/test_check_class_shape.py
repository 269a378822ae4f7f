"""Only plain classes are taken apart."""

from pathlib import Path

import pytest
from carving import HOST, extract, god, objection, refused

BAD = """\
from dataclasses import dataclass


@dataclass(slots=True)
class God:
    def run(self):
        return 1
"""
GOOD = """\
from abc import ABC
from typing import Generic, TypeVar

T = TypeVar("T")


class God(ABC, Generic[T]):
    def run(self):
        return 1
"""


def test_it_objects(tmp_path: Path) -> None:
    found = objection(god(tmp_path, BAD), "class-shape", "run")
    assert (found.path, found.line) == (HOST, 5)
    assert found.message == (
        "God has a class decorator, @dataclass(slots=True), which may read or replace its members"
    )
    assert (
        found.instead == "take apart a class without one; this kind of class is not supported yet"
    )


def test_the_nearest_harmless_case_moves(tmp_path: Path) -> None:
    assert extract(god(tmp_path, GOOD), "run")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("import django as d\nclass God(d.Model):", "God descends from django.Model, which"),
        ("from typing import Protocol\nclass God(Protocol):", "God descends from typing.Protocol"),
        ("class M(type):\n    mro = None\nclass God(metaclass=M):", "God is made with metaclass="),
        ("class God(**{}):", "God is made with None="),
        ("class B:\n    if 1: __slots__ = ()\nclass God(B):", "B sets __slots__ by more than"),
        ("class B:\n    def __init_subclass__(cls): ...\nclass God(B):", "B defines __init_sub"),
        ("ABC = int\nclass God(ABC):", "God descends from "),
        ("class God\\\n:", "the class statement of God is broken off with a backslash"),
        ("God = None\nclass God:", "the name God is bound more than once in this module"),
    ],
)
def test_a_class_that_reacts_to_its_bases_stays_whole(
    text: str, message: str, tmp_path: Path
) -> None:
    workspace = god(tmp_path, f"{text}\n    def run(self):\n        return 1\n")
    found = refused(workspace, "run")
    assert any(f.check == "class-shape" and f.message.startswith(message) for f in found), found


def test_a_class_that_is_bound_again_stays_whole(tmp_path: Path) -> None:
    found = objection(god(tmp_path, GOOD + "\n\nGod = print(God) or God\n"), "class-shape", "run")
    assert found.message == "the name God is bound more than once in this module"
