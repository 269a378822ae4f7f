"""A name that a class body reads before it binds it is a global, and has to be found again."""

import ast
from pathlib import Path

import pytest
from carving import extract, god, python

from carve.source.early import global_before_own


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("limit = limit", {"limit"}),
        ("limit = 1\n    limit = limit + 1", set()),
        ("limit += 1", {"limit"}),
        ("limit: int = max(limit, 2)", {"limit"}),
        ("def limit(self, n=limit): return n", {"limit"}),
        ("def limit(self): return limit", set()),
        ("limit = [limit for _ in ()]", set()),
        ("limit = [n for n in limit]", {"limit"}),
        ("limit = lambda: limit", set()),
        ("class limit(limit): ...", {"limit"}),
        ("other = limit", set()),
    ],
)
def test_only_what_runs_before_the_binding_counts(body: str, found: set[str]) -> None:
    tree = ast.parse(f"class God:\n    {body}\n")
    assert set(global_before_own(tree, postponed=True)) == found


def test_an_attribute_called_like_its_value_finds_it(tmp_path: Path) -> None:
    text = (
        "from json import dumps\n\ncodec = 'ascii'\n\n\nclass God:\n"
        "    codec = codec\n    dumps = staticmethod(dumps)\n\n"
        "    def run(self):\n        return self.codec\n"
    )
    workspace = god(tmp_path, text)
    show = "from pkg import god; print(god.God().run(), god.God.dumps([1]), god.codec)"
    before = python(tmp_path / "src", show)
    for path, after in extract(workspace, "codec", "dumps", "run").items():
        (tmp_path / path).write_text(after, encoding="utf-8")
    assert python(tmp_path / "src", show) == before
