"""References to classes: read, written and turned into paths."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carve.plan.refs import ClassRef


def test_reference_is_read_and_written() -> None:
    ref = ClassRef.parse("pkg.sub.mod:God")
    assert ref == ClassRef("pkg.sub.mod", "God")
    assert str(ref) == "pkg.sub.mod:God"
    assert ref.package == "pkg"


@pytest.mark.parametrize(
    ("root", "path"),
    [
        ("src", "src/pkg/mod.py"),
        (".", "pkg/mod.py"),
        ("", "pkg/mod.py"),
        ("a/b/", "a/b/pkg/mod.py"),
    ],
)
def test_path_lies_below_the_root(root: str, path: str) -> None:
    assert ClassRef("pkg.mod", "God").path_in(root) == path


def test_references_have_an_order() -> None:
    refs = [ClassRef("b", "A"), ClassRef("a", "B"), ClassRef("a", "A")]
    assert [str(ref) for ref in sorted(refs)] == ["a:A", "a:B", "b:A"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        ":",
        "a:",
        ":A",
        "a.b",
        "a:A:B",
        "a.:A",
        ".a:A",
        "a/b:A",
        "a\\b:A",
        "1a:A",
        "a:if",
        "a :A",
    ],
)
def test_malformed_references_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"has|names a file|is relative"):
        ClassRef.parse(text)


@given(st.text())
def test_what_is_accepted_is_given_back(text: str) -> None:
    try:
        ref = ClassRef.parse(text)
    except ValueError:
        return
    assert str(ref) == text
