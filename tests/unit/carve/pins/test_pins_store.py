"""Pin files are read strictly and written whole; trees are compared strictly."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from carve.pins.compare import compare, render
from carve.pins.store import Pin, PinUnreadable, Store

_GOOD = "format: 1\nscenario: a/b\nreason: why\nobserved: {n: 1}\n"


def test_a_pin_comes_back_as_it_was_written(tmp_path: Path) -> None:
    store = Store(tmp_path)
    pin = Pin("a/b/c", "schön", {"text": "one\ntwo\n", "n": [1, 1.5, None, True]}, {"n": 0})
    path = store.write(pin)
    assert store.read("a/b/c") == pin
    assert list(store.scenarios()) == ["a/b/c"]
    assert "  text: |\n    one\n    two\n" in path.read_text(encoding="utf-8")
    assert [each.name for each in path.parent.iterdir()] == ["c.yaml"]
    assert pin.expected("before") == {"n": 0}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "is not a pin"),
        (_GOOD.replace("format: 1", "format: 2"), "has format 2; this is 1"),
        (_GOOD.replace("{n: 1}", "&x {n: 1}"), "anchor, alias or tag"),
        (_GOOD.replace("{n: 1}", "!!python/tuple [1]"), "anchor, alias or tag"),
        (_GOOD.replace("{n: 1}", "{n: "), "is not YAML"),
        (_GOOD.replace("{n: 1}", "3"), "does not say what was observed"),
        (_GOOD.replace("reason: why\n", ""), "has no reason"),
        (_GOOD + "more: 1\n", "unknown entry 'more'"),
        (_GOOD.replace("a/b", "a/c"), "belongs to 'a/c'"),
        (_GOOD + "#" * 1024 * 1024, "larger than 1 MiB"),
        (_GOOD.replace("format: 1", "format: true"), "is not a pin"),
        (_GOOD.replace("format: 1", "format: 0"), "has format 0; this is 1"),
        (_GOOD.replace("{n: 1}", "{n: 1, n: 1}"), "has the key 'n' twice"),
        (_GOOD + "observed: {}\n", "has the key 'observed' twice"),
        (_GOOD.replace("{n: 1}", "{n: 2024-01-01}"), r"holds a date at observed\.n"),
        (_GOOD.replace("{n: 1}", "{n: 2024-99-99}"), "cannot be read: month"),
        (_GOOD.replace("{n: 1}", "{n: [.inf]}"), r"holds inf at observed\.n\[0\]"),
        (_GOOD.replace("{n: 1}", "{1: n}"), "holds the key 1 at observed"),
        (_GOOD.replace("{n: 1}", "{n: " + "[" * 5000 + "]" * 5000 + "}"), "nested too deeply"),
        (_GOOD.replace("{n: 1}", "{n: " + "9" * 5000 + "}"), "cannot be read: Exceeds the limit"),
        (_GOOD + "---\n" + _GOOD, "is not YAML"),
        ("a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n", "anchor, alias or tag"),
    ],
)
def test_anything_but_a_pin_is_refused_by_name(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "b.yaml").write_text(text)
    with pytest.raises(PinUnreadable, match=rf"^the pin of 'a/b' .*{message}") as caught:
        Store(tmp_path).read("a/b")
    assert "b.yaml" in str(caught.value.where)


def _link(path: Path) -> None:
    (path.parent / "other.txt").write_text(_GOOD)
    path.symlink_to(path.parent / "other.txt")


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (_link, "is a symbolic link"),
        (lambda path: path.symlink_to("nowhere"), "is a symbolic link"),
        (os.mkfifo, "is no regular file"),
        (os.mkdir, "is no regular file"),
        (lambda path: path.write_bytes(b"reason: \xff\n"), "cannot be read: 'utf-8' codec"),
    ],
)
def test_a_pin_that_is_no_file_of_its_own_is_refused(
    tmp_path: Path, make: Callable[[Path], object], message: str
) -> None:
    path = tmp_path / "a" / "b.yaml"
    path.parent.mkdir()
    make(path)
    with pytest.raises(PinUnreadable, match=rf"^the pin of 'a/b' {message}") as caught:
        Store(tmp_path).read("a/b")
    assert str(path) in str(caught.value.where)


def test_a_folder_in_the_place_of_a_pin_stays(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b.yaml"
    path.mkdir(parents=True)
    with pytest.raises(PinUnreadable, match="is a folder"):
        Store(tmp_path).remove("a/b")
    with pytest.raises(PinUnreadable, match="folder in the place of the pin"):
        Store(tmp_path).write(Pin("a/b", "why", {}))
    assert [each.name for each in path.parent.iterdir()] == ["b.yaml"]


def test_differences_name_their_path_and_kind() -> None:
    before = {"same": 1, "gone": 1, "list": [1, {"a": True}], "number": 1}
    after = {"same": 1, "list": [1, {"a": 1}, 3], "number": 1.0, "more": None}
    found = [(each.kind, each.path) for each in compare("s", before, after)]
    assert found == [
        ("missing", "gone"),
        ("changed", "list[1].a"),
        ("new", "list[2]"),
        ("changed", "number"),
        ("new", "more"),
    ]
    assert list(compare("s", before, before)) == []


def test_long_texts_are_shown_as_a_diff() -> None:
    lines = [f"line {number}" for number in range(20)]
    old, new = "\n".join(lines), "\n".join([*lines[:9], "other", *lines[10:]])
    text = render(list(compare("shop/x", {"log": old, "n": 1}, {"log": new, "n": 2})))
    assert text.startswith("shop/x  2 different\n  log  changed\n")
    assert "    -line 9\n    +other\n" in text
    assert "line 3" not in text
    assert text.endswith("  n  changed\n    before: 1\n    after:  2")
