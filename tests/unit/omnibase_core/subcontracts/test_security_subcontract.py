"""Security: redaction has patterns, and each pattern means one thing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from omnibase_core.errors.model_onex_error import ModelOnexError
from omnibase_core.models.contracts.subcontracts import ModelSecuritySubcontract


@pytest.mark.parametrize(
    ("patterns", "message"),
    [
        ([], "sensitive_field_patterns is empty while enable_redaction is on"),
        ([""], r"sensitive_field_patterns has what is blank \(at index 0\)"),
        (["a", "\u2003"], r"sensitive_field_patterns has what is blank \(at index 1\)"),
        (["a", "A", "b", "a"], r"sensitive_field_patterns has what is there already \(at .* 1, 3"),
        (["", ""], r"blank \(at index 0, 1\); sensitive_field_patterns .* already \(at index 1\)"),
    ],
)
def test_these_patterns_are_refused(patterns: list[str], message: str) -> None:
    with pytest.raises(ModelOnexError, match=message):
        ModelSecuritySubcontract(sensitive_field_patterns=patterns)


@given(st.lists(st.text(max_size=3), max_size=4))
def test_exactly_distinct_patterns_that_are_not_blank_are_stored(patterns: list[str]) -> None:
    small = [pattern.lower() for pattern in patterns]
    if small and all(map(str.strip, small)) and len({*small}) == len(small):
        model = ModelSecuritySubcontract(sensitive_field_patterns=patterns)
        assert model.sensitive_field_patterns == small
        assert ModelSecuritySubcontract.model_validate(model.model_dump()) == model
    else:
        with pytest.raises(ModelOnexError, match="sensitive_field_patterns"):
            ModelSecuritySubcontract(sensitive_field_patterns=patterns)


def test_without_redaction_there_may_be_no_pattern_but_still_no_blank_one() -> None:
    model = ModelSecuritySubcontract(enable_redaction=False, sensitive_field_patterns=[])
    with pytest.raises(ModelOnexError, match="is empty while enable_redaction is on"):
        model.enable_redaction = True
    assert not model.enable_redaction
    with pytest.raises(ModelOnexError, match="what is blank"):
        model.sensitive_field_patterns = [" "]
    assert model.sensitive_field_patterns == []
    model.sensitive_field_patterns = ["PIN"]
    model.enable_redaction = True
    assert model.sensitive_field_patterns == ["pin"]


@pytest.mark.parametrize(
    "patterns", ["password", ["\ud800"], None, [None], [b"\xff"], {"a": 1}, 5]
)
def test_other_types_are_refused_before_they_are_normalised(patterns: object) -> None:
    with pytest.raises(ValidationError, match="sensitive_field_patterns"):
        ModelSecuritySubcontract.model_validate({"sensitive_field_patterns": patterns})


def test_input_has_a_least_bound_and_no_upper_one() -> None:
    for length in (1024, 10**12):
        assert ModelSecuritySubcontract(max_input_length=length).max_input_length == length
    with pytest.raises(ValidationError, match="max_input_length"):
        ModelSecuritySubcontract(max_input_length=1023)
