"""What JSON knows comes back as it went in; everything else as text."""

from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from omnibase_core.errors.model_onex_error import ModelOnexError
from omnibase_core.models.common.model_schema_value import ModelSchemaValue

scalars = (
    st.none()
    | st.booleans()
    | st.text()
    | st.integers(min_value=-(2**53), max_value=2**53)
    | st.floats(allow_nan=False)
)
values = st.recursive(
    scalars, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=10
)


def _typed(value: Any) -> Any:
    """Return `value` in a form where 1, 1.0 and True differ."""
    if isinstance(value, list):
        return [_typed(item) for item in value]
    if isinstance(value, dict):
        return {key: _typed(item) for key, item in value.items()}
    return (type(value), value)


@given(values)
def test_json_values_come_back_with_their_types(value: object) -> None:
    assert _typed(ModelSchemaValue.from_value(value).to_value()) == _typed(value)


@given(values)
def test_a_dump_validates_to_the_same_value(value: object) -> None:
    wrapped = ModelSchemaValue.from_value(value)
    assert ModelSchemaValue.model_validate(wrapped.serialize()) == wrapped
    assert wrapped.validate_instance()


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (None, "null"),
        (True, "boolean"),
        ("a", "string"),
        (1, "number"),
        (1.5, "number"),
        ([1], "array"),
        ({"a": 1}, "object"),
        ((1, 2), "string"),
        (UUID(int=1), "string"),
    ],
)
def test_kind_follows_the_value(value: object, kind: str) -> None:
    wrapped = ModelSchemaValue.from_value(value)
    assert wrapped.value_type == kind
    answers = {k: getattr(wrapped, f"is_{k}")() for k in ("string", "number", "boolean", "null")}
    answers |= {"array": wrapped.is_array(), "object": wrapped.is_object()}
    assert [k for k, yes in answers.items() if yes] == [kind]


def test_foreign_values_become_their_text() -> None:
    assert ModelSchemaValue.from_value((1, 2)).to_value() == "(1, 2)"
    assert ModelSchemaValue.from_value(UUID(int=1)).to_value() == str(UUID(int=1))


def test_integers_pass_through_float() -> None:
    assert ModelSchemaValue.from_value(2**53 + 1).to_value() == 2**53
    with pytest.raises(OverflowError, match="too large"):
        ModelSchemaValue.from_value(10**400)


def test_keys_must_be_text() -> None:
    with pytest.raises(ValidationError, match="object_value"):
        ModelSchemaValue.from_value({1: "a"})


def test_equality_is_between_wrappers_and_numeric() -> None:
    assert ModelSchemaValue.from_value("a") != "a"
    assert ModelSchemaValue.from_value(1) == ModelSchemaValue.from_value(1.0)


@pytest.mark.parametrize(
    ("kind", "plain"),
    [
        ("mystery", None),
        ("number", None),
        ("array", []),
        ("object", {}),
        ("string", None),
        ("boolean", None),
    ],
)
def test_a_kind_without_a_value_unwraps_to_nothing(kind: str, plain: object) -> None:
    bare = ModelSchemaValue(value_type=kind)
    assert bare.to_value() == plain
    assert not bare.validate_instance()


def test_zero_is_a_number() -> None:
    assert ModelSchemaValue.from_value(0).to_value() == 0


@pytest.mark.parametrize(
    ("kind", "value"),
    [("string", "a"), ("boolean", False), ("array", [1]), ("object", {"a": 1}), ("number", 2)],
)
def test_getters_give_the_stored_part(kind: str, value: object) -> None:
    wrapped = ModelSchemaValue.from_value(value)
    assert getattr(wrapped, f"get_{kind}")() is getattr(wrapped, f"{kind}_value")


@pytest.mark.parametrize(
    ("kind", "word"),
    [
        ("string", "string"),
        ("number", "numeric"),
        ("boolean", "boolean"),
        ("array", "array"),
        ("object", "object"),
    ],
)
def test_getters_refuse_another_kind(kind: str, word: str) -> None:
    with pytest.raises(ModelOnexError, match=f"TYPE_MISMATCH. Expected {word} value, got null"):
        getattr(ModelSchemaValue.create_null(), f"get_{kind}")()


def test_assignment_is_validated() -> None:
    wrapped = ModelSchemaValue.from_value("a")
    with pytest.raises(ValidationError, match="value_type"):
        wrapped.value_type = 3  # type: ignore[assignment]
