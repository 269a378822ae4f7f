"""A moved class attribute must not ask for the class it is set on."""

from pathlib import Path

from carving import HOST, extract, god, objection

BAD = """\
from functools import partialmethod


class God:
    run = partialmethod(print)
"""
GOOD = """\
import re


class God:
    run = re.compile("a")
"""


def test_it_objects(tmp_path: Path) -> None:
    found = objection(god(tmp_path, BAD), "plain-values", "run")
    assert (found.path, found.line) == (HOST, 5)
    assert (
        found.message
        == "the value calls partialmethod(), whose result may ask for the class it is set on (__set_name__) or depend on the moment"  # noqa: E501 - one message
    )
    assert found.instead == "leave this attribute in the class"


def test_the_nearest_harmless_case_moves(tmp_path: Path) -> None:
    assert extract(god(tmp_path, GOOD), "run")
