"""Retry: a known strategy, delays in order, lists that can be meant."""

import pytest
from pydantic import ValidationError

from omnibase_core.errors.error_codes import EnumCoreErrorCode
from omnibase_core.errors.model_onex_error import ModelOnexError
from omnibase_core.models.contracts.subcontracts import ModelRetrySubcontract


@pytest.mark.parametrize(
    "preset",
    [
        {"max_retries": 3, "base_delay_seconds": 1.0, "backoff_strategy": "exponential"},
        {"base_delay_seconds": 0.5, "max_delay_seconds": 5.0, "backoff_strategy": "linear"},
        {"max_retries": 10, "max_delay_seconds": 600.0, "backoff_multiplier": 3.0},
        {"base_delay_seconds": 5.0, "max_delay_seconds": 60.0, "backoff_strategy": "fixed"},
        {"retry_on_exceptions": ["DatabaseError"], "retry_on_status_codes": []},
        {"circuit_breaker_enabled": True, "circuit_reset_timeout_seconds": 60.0},
        {"max_retries": 0, "retry_on_exceptions": []},
        {"backoff_strategy": "random"},
        {"backoff_strategy": "fibonacci", "backoff_multiplier": 10.0},
        {"base_delay_seconds": 1.0, "max_delay_seconds": 1.0},
        {"jitter_max_seconds": 60.0, "max_delay_seconds": 60.0},
        {"jitter_enabled": False, "jitter_max_seconds": 60.0, "max_delay_seconds": 1.0},
        {"retry_on_status_codes": [100, 599]},
        {"retry_on_exceptions": ["Error", "error"]},
    ],
)
def test_these_are_in_order(preset: dict[str, object]) -> None:
    model = ModelRetrySubcontract.model_validate(preset)
    assert {name: getattr(model, name) for name in preset} == preset


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (
            {"backoff_strategy": "constant"},
            "backoff_strategy is 'constant', not one of fixed, linear, exponential, random, fib",
        ),
        ({"backoff_strategy": "Fixed"}, "backoff_strategy is 'Fixed'"),
        (
            {"base_delay_seconds": 100, "max_delay_seconds": 60},
            r"max_delay_seconds is below base_delay_seconds \(100\.0\)",
        ),
        (
            {"jitter_max_seconds": 2, "max_delay_seconds": 1.5},
            r"jitter_max_seconds is above max_delay_seconds \(1\.5\)",
        ),
        (
            {"retry_on_status_codes": [99, 100, 599, 600]},
            r"retry_on_status_codes has what is not within 100 to 599 \(at index 0, 3\)",
        ),
        (
            {"retry_on_status_codes": [429, 500, 429.0, "500"]},
            r"retry_on_status_codes has what is there already \(at index 2, 3\)",
        ),
        ({"retry_on_status_codes": [10**5000]}, r"not within 100 to 599 \(at index 0\)"),
        (
            {"retry_on_exceptions": ["Error", "", " \t\n"]},
            r"retry_on_exceptions has what is blank \(at index 1, 2\)",
        ),
        (
            {"retry_on_exceptions": ["Error", "Other", "Error"]},
            r"retry_on_exceptions has what is there already \(at index 2\)",
        ),
        (
            {"retry_on_exceptions": ["Error\ud800", "\udfff"]},
            r"retry_on_exceptions has what is no text that can be stored \(at index 0, 1\)",
        ),
    ],
)
def test_these_break_a_rule(wrong: dict[str, object], message: str) -> None:
    with pytest.raises(ModelOnexError, match=message) as error:
        ModelRetrySubcontract.model_validate(wrong)
    assert error.value.error_code is EnumCoreErrorCode.VALIDATION_ERROR


def test_one_error_names_every_broken_rule() -> None:
    with pytest.raises(
        ModelOnexError,
        match=r"^(?=.*backoff_str)(?=.*max_delay)(?=.*retry_on_exc)(?=.*retry_on_st)",
    ) as error:
        ModelRetrySubcontract(
            backoff_strategy="none",
            base_delay_seconds=9.0,
            max_delay_seconds=8.0,
            jitter_max_seconds=8.5,
            retry_on_exceptions=[""],
            retry_on_status_codes=[7],
        )
    details = error.value.context["additional_context"]["details"].additional_context
    assert details["fields"].to_value() == [
        "backoff_strategy",
        "max_delay_seconds",
        "jitter_max_seconds",
        "retry_on_exceptions",
        "retry_on_status_codes",
    ]


@pytest.mark.parametrize(
    ("field", "lowest", "highest", "step"),
    [
        ("max_retries", 0, 100, 1),
        ("base_delay_seconds", 0.1, 300.0, 0.01),
        ("backoff_multiplier", 1.0, 10.0, 0.01),
        ("max_delay_seconds", 1.0, 3600.0, 0.01),
        ("jitter_max_seconds", 0.0, 60.0, 0.01),
        ("circuit_breaker_threshold", 1, 100, 1),
        ("circuit_reset_timeout_seconds", 1.0, 3600.0, 0.01),
    ],
)
def test_bounds(field: str, lowest: float, highest: float, step: float) -> None:
    for value in (lowest, highest):
        assert getattr(ModelRetrySubcontract.model_validate({field: value}), field) == value
    with pytest.raises(ValidationError, match=field):
        ModelRetrySubcontract.model_validate({field: lowest - step})
    too_high = 3600.01 if field == "base_delay_seconds" else highest + step
    with pytest.raises(ValidationError, match=field):
        ModelRetrySubcontract.model_validate({field: too_high})


def test_delays_can_be_raised_from_the_top_only() -> None:
    model = ModelRetrySubcontract()
    with pytest.raises(ModelOnexError, match="max_delay_seconds is below base_delay_seconds"):
        model.base_delay_seconds = 400.0
    assert model == ModelRetrySubcontract()
    assert model.model_fields_set == set()
    model.max_delay_seconds = 400.0
    model.base_delay_seconds = 400.0
    assert (model.base_delay_seconds, model.max_delay_seconds) == (400.0, 400.0)


def test_a_list_changed_in_place_is_noticed_at_the_next_assignment() -> None:
    """Only then: a list does not know that it belongs to a subcontract."""
    model = ModelRetrySubcontract()
    model.retry_on_status_codes.append(7)
    with pytest.raises(ModelOnexError, match="retry_on_status_codes has what is not within"):
        model.max_retries = 4
    assert model.max_retries == 3
    model.retry_on_status_codes = [429]
    assert not list(model.broken_rules())


def test_a_given_list_is_copied() -> None:
    codes = [429]
    model = ModelRetrySubcontract(retry_on_status_codes=codes)
    codes.append(7)
    assert model.retry_on_status_codes == [429]
