"""The differences of a scenario as a tree, in a terminal and in a pipe."""

import io
from typing import Any

import pytest

from carve.pins.compare import compare
from carve.report.terminal import told
from carve.report.trees import show_tree


class _Stream(io.StringIO):
    def __init__(self, *, terminal: bool = False, encoding: str = "utf-8") -> None:
        super().__init__()
        self._terminal, self._encoding = terminal, encoding

    def isatty(self) -> bool:
        return self._terminal

    @property
    def encoding(self) -> str:  # type: ignore[override]
        return self._encoding


def _tree(before: Any, after: Any, stream: _Stream | None = None) -> str:
    found = [each.as_dict() for each in compare("till/pay", before, after)]
    return told(lambda console: show_tree(console, found), stream or _Stream(), wide=1000)


def test_what_paths_share_is_there_once() -> None:
    before = {"result": {"error": {"code": 1, "name": "A"}, "rows": [1, 2]}, "a.b": {"": True}}
    after = {"result": {"error": {"code": 2, "name": "B"}, "rows": [1]}, "a.b": {"": 1}, "n": 0}
    assert _tree(before, after) == (
        "  result\n"
        "  ├── error\n"
        "  │   ├── code\n"
        "  │   │   - 1\n"
        "  │   │   + 2\n"
        "  │   └── name\n"
        "  │       - 'A'\n"
        "  │       + 'B'\n"
        "  └── rows\n"
        "      └── [1]  missing\n"
        "          - 2\n"
        "  a.b\n"
        "  └── ''\n"
        "      - True\n"
        "      + 1\n"
        "  n  new\n"
        "  + 0\n"
    )


def test_a_terminal_gets_colours_and_its_own_width(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.delenv("NO_COLOR", raising=False)
    shown = _tree({"a": {"b": 1}}, {"a": {"b": "x" * 150}}, _Stream(terminal=True))
    assert "\x1b[31m- 1\x1b[0m" in shown
    assert "\x1b[32m+ \x1b[0m\n" in shown or "\x1b[32m+ 'x" in shown
    assert max(map(len, _plain(shown).splitlines())) <= 80
    assert _plain(shown).count("x") == 150
    piped = _tree({"a": {"b": 1}}, {"a": {"b": "x" * 150}})
    assert "\x1b" not in piped
    assert f"      + '{'x' * 150}'\n" in piped


def _plain(text: str) -> str:
    for code in ("\x1b[0m", "\x1b[2m", "\x1b[31m", "\x1b[32m"):
        text = text.replace(code, "")
    return text


def test_a_pipe_that_knows_ascii_alone_gets_that() -> None:
    shown = _tree({"a": {"b": 1}}, {"a": {"b": 2}}, _Stream(encoding="ascii"))
    assert shown == "  a\n  `-- b\n      - 1\n      + 2\n"


def test_texts_of_many_lines_are_a_diff() -> None:
    before = "\n".join(f"line {n}" for n in range(20))
    shown = _tree({"text": before}, {"text": before.replace("line 9\n", "line 9\r\nnew\n")})
    assert shown == (
        "  text\n  @@ -8,5 +8,6 @@\n   line 7\n   line 8\n  -line 9\n"
        "  +line 9\\x0d\n  +new\n   line 10\n   line 11\n"
    )
    assert "-\n" in _tree({"text": "a\n"}, {"text": "a"})


def test_long_texts_show_what_differs_and_say_what_they_leave_out() -> None:
    long = "word " * 100
    shown = _tree({"t": f"{long}one {long}"}, {"t": f"{long}two {long}"})
    assert f"- ... '{'word ' * 6}one {'word ' * 5}word'" in shown
    assert shown.count("(941 characters left out)") == 2
    lines = _tree({"t": f"a\n{long}one"}, {"t": f"a\n{long}two"})
    assert f"  -... {'word ' * 6}one (470 characters left out)\n" in lines
    new = _tree({}, {"t": long})
    assert new.startswith("  t  new\n  + 'word word")
    assert "... (342 characters left out)\n" in new


def test_a_whole_structure_is_written_in_lines() -> None:
    rows = [{"id": n, "name": "somebody", "kind": "till"} for n in range(6)]
    shown = _tree({}, {"rows": rows})
    assert shown.startswith("  rows  new\n  + - id: 0\n  +   name: somebody\n")
    assert shown.endswith("  ... 6 more lines\n")


def test_twenty_differences_are_shown_and_the_rest_is_counted() -> None:
    shown = _tree(list(range(30)), [f"{n}" for n in range(30)])
    assert shown.count("  - ") + shown.count("  │   - ") >= 20
    assert shown.endswith("  ... and 10 more differences\n")


def test_nothing_moves_the_cursor() -> None:
    shown = _tree({"a\x1b[2J": "\x1b[31m"}, {"a\x1b[2J": "\x07"})
    assert "\x1b" not in shown
    assert "a\\x1b[2J" in shown
