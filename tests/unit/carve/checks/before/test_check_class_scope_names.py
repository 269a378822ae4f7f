"""The class body runs in one piece."""

from pathlib import Path

from carving import HOST, extract, god, objection

BAD = """\
class God:
    limit = 3

    def run(self, n=limit):
        return n
"""
GOOD = """\
class God:
    limit = 3

    def run(self, n=3):
        return self.limit
"""


def test_it_objects(tmp_path: Path) -> None:
    found = objection(god(tmp_path, BAD), "class-scope-names", "run")
    assert (found.path, found.line) == (HOST, 4)
    assert (
        found.message
        == "the class body uses 'limit' while it runs, and that name stays in the class"
    )
    assert found.instead == "move 'limit' as well"


def test_the_nearest_harmless_case_moves(tmp_path: Path) -> None:
    assert extract(god(tmp_path, GOOD), "run")


def test_what_stays_may_not_need_what_moves(tmp_path: Path) -> None:
    text = GOOD + "\n    start = run\n"
    found = objection(god(tmp_path, text), "class-scope-names", "run")
    assert (found.line, found.instead) == (7, "leave 'run'")


def test_names_that_the_body_imports_count(tmp_path: Path) -> None:
    text = "import os\n\n\nclass God:\n    import os\n\n    def run(self, p=os.sep): ...\n"
    assert objection(god(tmp_path, text), "class-scope-names", "run").line == 7


def test_a_nested_class_has_names_of_its_own(tmp_path: Path) -> None:
    assert extract(god(tmp_path, GOOD + "\n    class Part:\n        run = 1\n"), "run")
