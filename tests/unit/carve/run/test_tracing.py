"""Every line of a changed file is followed to where it stands now, or is known to be gone."""

import pytest

from carve.disk import Edit
from carve.run.tracing import Fate, fates, lines_of


def follow(leaving: dict[str, list[range]] | None = None, **files: tuple[str, str]) -> str:
    """Return one word for each line of `a`, whose before and after are given like the others'."""
    edits = [
        Edit(f"{name}.py", after.encode() if after else None, before.encode() if before else None)
        for name, (before, after) in files.items()
    ]
    found = fates(edits, leaving or {})["a.py"]
    return " ".join(word(each) for each in found)


def word(fate: Fate) -> str:
    return "gone" if fate.kind == "gone" else f"{fate.kind}:{fate.path[0]}{fate.line}"


def test_what_nobody_touched_stays_and_knows_its_new_number() -> None:
    found = follow(a=("import os\nx = os\n", "# new\nimport os\nx = os\n"))
    assert found == "stays:a2 stays:a3"


def test_a_run_of_lines_is_found_in_another_file() -> None:
    before = "keep = 1\ndef gone():\n\n    return 2\nstay = 3\n"
    found = follow(
        a=(before, "keep = 1\nstay = 3\n"),
        b=("", '"""New."""\n\ndef gone():\n\n    return 2\n'),
    )
    assert found == "stays:a1 moved:b3 moved:b4 moved:b5 stays:a2"


def test_the_longest_run_is_taken_where_a_line_occurs_twice() -> None:
    before = "one\nreturn True\ntwo\nthree\nreturn True\n"
    found = follow(
        a=(before, "one\nreturn True\n"), b=("", "return True\n\ntwo\nthree\nreturn True\n")
    )
    assert found == "stays:a1 stays:a2 moved:b3 moved:b4 moved:b5"


def test_lines_that_are_meant_to_leave_are_told_from_their_likes() -> None:
    first, second = "    def a(self):\n        return 1\n", "    def b(self):\n        return 1\n"
    blind = follow(
        a=(f"class A:\n{first}{second}", f"class A:\n{second}"), b=("", f"class B:\n{first}")
    )
    assert blind == "stays:a1 moved:b2 moved:b3 stays:a2 stays:a3"
    # Of two equal lines the first may well stay, unless it is known which of them goes.
    both = "    x = 1\n    y = 2\n    x = 1\n"
    told = follow(
        {"a.py": [range(2, 4)]},
        a=(f"class A:\n{both}", "class A:\n    x = 1\n"),
        b=("", "class B:\n    x = 1\n    y = 2\n"),
    )
    assert told == "stays:a1 moved:b2 moved:b3 stays:a2"


def test_lines_that_do_not_leave_after_all_stay() -> None:
    found = follow(
        {"a.py": [range(1, 3)]}, a=("one = 1\ntwo = 2\n", "one = 1\ntwo = 2\nmore = 3\n")
    )
    assert found == "stays:a1 stays:a2"


def test_a_line_said_in_other_words_is_rewritten() -> None:
    found = follow(a=("class A(Base):\n    x = 1\n", "class A(Mixin, Base):\n    x = 1\n"))
    assert found == "rewritten:a1 stays:a2"


def test_what_is_nowhere_is_gone() -> None:
    assert follow(a=("import os\n\nx = 1\n", "x = 1\n")) == "gone gone stays:a1"


def test_a_removed_file_is_followed_into_others() -> None:
    found = follow(
        a=("def f():\n    return 1\n)\n", ""), b=("y = 1\n", "y = 1\ndef f():\n    return 1\n")
    )
    assert found == "moved:b2 moved:b3 gone"


def test_copies_of_one_text_may_end_in_one_place() -> None:
    text = "def shared():\n    return 'the same'\n"
    edits = [
        Edit("a.py", b"", text.encode()),
        Edit("b.py", b"", text.encode()),
        Edit("c.py", text.encode()),
    ]
    found = fates(edits, {})
    assert found["a.py"] == found["b.py"] == (Fate("moved", "c.py", 1), Fate("moved", "c.py", 2))


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_line_ends_do_not_matter_and_odd_bytes_are_lines_too(end: str) -> None:
    assert lines_of("a.py", f"one{end}two".encode()) == ["one", "two"]
    assert lines_of("a.py", b"\xff\nx\n") == ["ÿ", "x"]
