"""Versions parse, compare, hash and grow as semantic versions do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from omnibase_core.errors.model_onex_error import ModelOnexError
from omnibase_core.primitives.model_semver import (
    ModelSemVer,
    SemVerField,
    parse_semver_from_string,
)

numbers = st.integers(min_value=0, max_value=10**9)
triples = st.tuples(numbers, numbers, numbers)


def version(triple: tuple[int, int, int]) -> ModelSemVer:
    major, minor, patch = triple
    return ModelSemVer(major=major, minor=minor, patch=patch)


class Holder(BaseModel):
    version: SemVerField


@given(triples)
def test_text_round_trip(triple: tuple[int, int, int]) -> None:
    assert ModelSemVer.parse(str(version(triple))) == version(triple)


@given(triples, triples)
def test_order_equality_and_hash_follow_the_tuple(
    left: tuple[int, int, int], right: tuple[int, int, int]
) -> None:
    a, b = version(left), version(right)
    assert (a < b, a <= b, a > b, a >= b, a == b) == (
        left < right,
        left <= right,
        left > right,
        left >= right,
        left == right,
    )
    assert hash(a) == hash(left)


@given(triples)
def test_a_bump_is_the_next_version(triple: tuple[int, int, int]) -> None:
    major, minor, patch = triple
    assert version(triple).bump_major() == version((major + 1, 0, 0))
    assert version(triple).bump_minor() == version((major, minor + 1, 0))
    assert version(triple).bump_patch() == version((major, minor, patch + 1))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("1.2.3", (1, 2, 3)),
        ("1.2.3-rc.1+build", (1, 2, 3)),
        ("0.0.0", (0, 0, 0)),
        ("1.2.03", (1, 2, 0)),
    ],
)
def test_parsing_reads_a_prefix(text: str, wanted: tuple[int, int, int]) -> None:
    assert parse_semver_from_string(text) == version(wanted)


@pytest.mark.parametrize("text", ["", "1.2", "01.2.3", "v1.2.3", "1.02.3", " 1.2.3", "a.b.c"])
def test_other_texts_are_refused(text: str) -> None:
    with pytest.raises(ModelOnexError, match=r"VALIDATION_ERROR.*Invalid semantic version format"):
        ModelSemVer.parse(text)


def test_equal_only_to_versions() -> None:
    assert ModelSemVer(major=1, minor=2, patch=3) != "1.2.3"
    assert ModelSemVer(major=1, minor=2, patch=3) != (1, 2, 3)
    with pytest.raises(TypeError, match="not supported"):
        _ = version((1, 2, 3)) < (2, 0, 0)


def test_it_is_frozen_and_bounded() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        version((1, 2, 3)).major = 2
    with pytest.raises(ValidationError, match="greater than or equal to 0"):
        version((1, -1, 0))


def test_fields_take_a_mapping_but_no_text() -> None:
    given_as = {"major": 1, "minor": 2, "patch": 3, "label": "ignored"}
    assert Holder.model_validate({"version": given_as}).version == version((1, 2, 3))
    with pytest.raises(ValidationError, match="version"):
        Holder.model_validate({"version": "1.2.3"})


def test_suffixes_are_not_kept() -> None:
    assert not ModelSemVer.parse("1.0.0-rc.1").is_prerelease()
