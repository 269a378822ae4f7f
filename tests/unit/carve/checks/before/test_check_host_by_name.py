"""The mixin cannot import its host."""

from pathlib import Path

from carving import HOST, extract, god, objection

BAD = """\
class God:
    def run(self):
        return God.limit
"""
GOOD = """\
class God:
    def run(self):
        return type(self).limit
"""


def test_it_objects(tmp_path: Path) -> None:
    found = objection(god(tmp_path, BAD), "host-by-name", "run")
    assert (found.path, found.line) == (HOST, 3)
    assert (
        found.message
        == "moved code names 'God', which the mixin cannot import or means the mixin there"
    )
    assert found.instead == "write type(self) or zero-argument super(), or leave this member"


def test_the_nearest_harmless_case_moves(tmp_path: Path) -> None:
    assert extract(god(tmp_path, GOOD), "run")


def test_text_in_an_annotation_counts(tmp_path: Path) -> None:
    text = 'class God:\n    def run(self) -> "list[God]":\n        return [self]\n'
    found = objection(god(tmp_path, text), "host-by-name", "run")
    assert found.line == 2
    assert found.instead == "annotate it with typing.Self or a protocol, or leave this member"
