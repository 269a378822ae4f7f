"""A list of members that leaves a private method without users is not complete."""

from pathlib import Path

import pytest
from carving import HOST, extract, god, objection

LONELY = """\
class God:
    def run(self):
        return self._total()

    def _total(self):
        return 3

    def stay(self):
        return 1
"""


def test_it_objects(tmp_path: Path) -> None:
    found = objection(god(tmp_path, LONELY), "members-left-behind", "run")
    assert (found.path, found.line) == (HOST, 5)
    assert found.message == "only moved code uses '_total', which stays in God"
    assert found.instead == "list '_total' under members:, or under leaves: if God is to keep it"


@pytest.mark.parametrize(
    "text",
    [
        LONELY.replace("_total", "total"),
        LONELY.replace("return 1", "return self._total()"),
        LONELY + "\n\ndef show(god):\n    return god._total()\n",
    ],
    ids=["public", "used-by-what-stays", "used-in-the-module"],
)
def test_the_nearest_harmless_cases_move(tmp_path: Path, text: str) -> None:
    assert extract(god(tmp_path, text), "run")


def test_what_the_class_is_to_keep_may_stay(tmp_path: Path) -> None:
    assert extract(god(tmp_path, LONELY), "run", leaves=("_total",))


def test_nothing_is_left_behind_when_both_move(tmp_path: Path) -> None:
    assert extract(god(tmp_path, LONELY), "run", "_total")
