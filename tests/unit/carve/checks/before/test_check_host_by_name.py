"""The mixin cannot import its host."""

from pathlib import Path

from carving import HOST, MIXIN, extract, god, objection

BAD = """\
def limit():
    return God.limit


class God:
    def run(self):
        return limit()
"""
GOOD = """\
class God:
    def run(self):
        return type(self).limit, God.limit
"""


def test_it_objects(tmp_path: Path) -> None:
    found = objection(god(tmp_path, BAD), "host-by-name", "run", helpers=("limit",))
    assert (found.path, found.line) == (HOST, 2)
    assert (
        found.message
        == "moved code names 'God', which the mixin cannot import or means the mixin there"
    )
    assert found.instead == "write type(self) or zero-argument super(), or leave this member"


def test_a_method_looks_it_up_when_it_runs(tmp_path: Path) -> None:
    new = extract(god(tmp_path, GOOD), "run")[MIXIN]
    assert "        from pkg.god import God\n\n        return type(self).limit, God.limit\n" in new


def test_its_own_class_is_another_one_there(tmp_path: Path) -> None:
    found = objection(god(tmp_path, GOOD.replace("God.", "__class__.")), "host-by-name", "run")
    assert (found.line, found.message[:28]) == (3, "moved code names '__class__'")


def test_text_in_an_annotation_is_for_type_checkers(tmp_path: Path) -> None:
    text = 'class God:\n    def run(self) -> "list[God]":\n        return [self]\n'
    new = extract(god(tmp_path, text), "run")[MIXIN]
    assert "if TYPE_CHECKING:\n    from pkg.god import God\n" in new
