"""Text fits its terminal, loses nothing, and is coloured only where somebody sees it."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omnibase_core.cli.sheet import Sheet, safe


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def _plain(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "40")


def test_a_table_gives_way_where_it_is_widest() -> None:
    sheet = Sheet(None)
    sheet.table(("name", "text"), [("first", "one two three four five six seven eight nine")])
    assert sheet.text().splitlines() == [
        "name   text",
        "first  one two three four five six seven",
        "       eight nine",
    ]


def test_a_table_that_cannot_fit_becomes_a_list(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "20")
    sheet = Sheet(None)
    sheet.table(("a", "b", "c"), [("x" * 10, "y" * 10, "z" * 10)])
    assert sheet.text().splitlines() == [f"a: {'x' * 10}", f"b: {'y' * 10}", f"c: {'z' * 10}", ""]


def test_colours_are_for_terminals() -> None:
    sheet = Sheet(Terminal())
    sheet.line("text", style="red")
    sheet.table(("a",), [[("b", "green")]])
    assert sheet.text() == "\x1b[31mtext\x1b[0m\n\x1b[1ma\x1b[0m\n\x1b[32mb\x1b[0m\n"
    sheet = Sheet(io.StringIO())
    sheet.line("text", style="red")
    assert sheet.text() == "text\n"


@pytest.mark.parametrize(("name", "value"), [("NO_COLOR", "1"), ("TERM", "dumb")])
def test_colours_can_be_declined(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    sheet = Sheet(Terminal())
    sheet.line("text", style="red")
    assert sheet.text() == "text\n"


def test_what_a_terminal_acts_upon_is_escaped() -> None:
    assert safe("a\x1b[2Jb\u202ec\td") == "a\\x1b[2Jb\\u202ec\td"


WORDS = st.text(st.characters(codec="ascii", exclude_categories=["C"]), max_size=60)


@given(st.lists(st.tuples(WORDS, WORDS, WORDS), max_size=5), st.integers(20, 100))
def test_no_word_is_lost_and_no_line_too_long(
    rows: list[tuple[str, str, str]], width: int
) -> None:
    sheet = Sheet(None)
    sheet.width = width
    sheet.table(("one", "two", "three"), rows)
    assert all(len(line) <= width for line in sheet.text().splitlines())
    shown = sorted("".join(sheet.text().split()))
    for row in rows:
        for cell in row:
            assert set("".join(cell.split())) <= set(shown)


def test_names_to_be_copied_stay_whole_as_long_as_they_can() -> None:
    sheet = Sheet(None)
    sheet.table(("name", "type", "text"), [("a_name_of_20_letters", "boolean", "one two three")])
    assert sheet.text().splitlines() == [
        "name                 type     text",
        "a_name_of_20_letter  boolean  one two",
        "s                             three",
    ]
    sheet = Sheet(None)
    sheet.table(("name", "type", "text"), [("a_name_of_18_lette", "boolean", "one two three")])
    assert sheet.text().splitlines()[1] == "a_name_of_18_lette  boolean  one two"
