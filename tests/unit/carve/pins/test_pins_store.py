"""Pin files are read strictly and written whole; trees are compared strictly."""

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
    ],
)
def test_anything_but_a_pin_is_refused_by_name(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "b.yaml").write_text(text)
    with pytest.raises(PinUnreadable, match=rf"^the pin of 'a/b' .*{message}") as caught:
        Store(tmp_path).read("a/b")
    assert "b.yaml" in str(caught.value.where)


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
