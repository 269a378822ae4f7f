"""A number remembers its kind and compares by number."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omnibase_core.enums.enum_numeric_type import EnumNumericType
from omnibase_core.models.common.model_numeric_value import ModelNumericValue


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (ModelNumericValue.from_int(3, source="form"), EnumNumericType.INTEGER),
        (ModelNumericValue.from_numeric(3), EnumNumericType.INTEGER),
        (ModelNumericValue.from_numeric(3.0), EnumNumericType.FLOAT),
        (ModelNumericValue.from_float(3), EnumNumericType.FLOAT),
    ],
)
def test_factories_record_the_kind(value: ModelNumericValue, kind: EnumNumericType) -> None:
    assert value.value_type is kind
    assert value.is_validated
    assert type(value.value) is float
    assert type(value.to_python_value()) is (int if kind is EnumNumericType.INTEGER else float)


def test_the_source_is_kept() -> None:
    assert ModelNumericValue.from_int(3, source="form").source == "form"


def test_conversions() -> None:
    value = ModelNumericValue.from_float(2.75)
    assert (value.as_int(), value.as_float()) == (2, 2.75)


@given(st.floats(allow_nan=False), st.floats(allow_nan=False))
def test_comparison_is_that_of_the_numbers(left: float, right: float) -> None:
    a, b = ModelNumericValue.from_float(left), ModelNumericValue.from_float(right)
    wanted = (left < right, left <= right, left > right, left >= right, left == right)
    assert (a < b, a <= b, a > b, a >= b, a == b) == wanted
    assert (a < right, a <= right, a > right, a >= right, a == right) == wanted


def test_kind_does_not_matter_for_equality() -> None:
    assert ModelNumericValue.from_int(1) == ModelNumericValue.from_float(1.0)
    assert ModelNumericValue.from_int(1) != "1"


def test_texts_have_no_order_to_a_number() -> None:
    with pytest.raises(TypeError, match="not supported"):
        _ = ModelNumericValue.from_int(1) < "2"
    with pytest.raises(TypeError, match="not supported"):
        _ = ModelNumericValue.from_int(1) <= "2"
    with pytest.raises(TypeError, match="not supported"):
        _ = ModelNumericValue.from_int(1) > "2"
    with pytest.raises(TypeError, match="not supported"):
        _ = ModelNumericValue.from_int(1) >= "2"


def test_values_are_mutable_and_so_not_hashable() -> None:
    with pytest.raises(TypeError, match="unhashable"):
        hash(ModelNumericValue.from_int(1))
