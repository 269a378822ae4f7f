"""The circuit breaker: probes suffice to close it, and an older unit is understood."""

from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from omnibase_core.errors.error_codes import EnumCoreErrorCode
from omnibase_core.errors.model_onex_error import ModelOnexError
from omnibase_core.models.contracts.subcontracts import (
    ModelCircuitBreaker,
    ModelCircuitBreakerSubcontract,
)


def test_successes_must_be_within_the_probes() -> None:
    assert ModelCircuitBreakerSubcontract(success_threshold=3).half_open_max_calls == 3
    with pytest.raises(
        ModelOnexError, match=r"success_threshold is above half_open_max_calls \(3\)"
    ):
        ModelCircuitBreakerSubcontract(success_threshold=4)


def test_probes_cannot_shrink_below_the_successes() -> None:
    model = ModelCircuitBreakerSubcontract()
    with pytest.raises(ModelOnexError, match=r"half_open_max_calls \(1\)"):
        model.half_open_max_calls = 1
    assert model == ModelCircuitBreakerSubcontract()
    model.success_threshold = 1
    model.half_open_max_calls = 1
    assert model.half_open_max_calls == 1


@pytest.mark.parametrize(
    "values",
    [
        {"timeout_seconds": 1, "failure_rate_threshold": 0.0},
        {"failure_threshold": 100, "minimum_calls": 1},
        {"slow_call_rate_threshold": 1.0, "slow_call_duration_ms": 10**9},
    ],
)
def test_advice_is_not_a_rule(values: dict[str, object]) -> None:
    model = ModelCircuitBreakerSubcontract.model_validate(values)
    assert {name: getattr(model, name) for name in values} == values


@pytest.mark.parametrize(
    ("given_ms", "seconds"),
    [(1, 1), (999, 1), (1000, 1), (1001, 2), (60000, 60), (300000, 300), ("1500", 2), (5e3, 5)],
)
def test_milliseconds_are_rounded_up_to_seconds(given_ms: object, seconds: int) -> None:
    model = ModelCircuitBreakerSubcontract.model_validate({"timeout_ms": given_ms})
    assert model.timeout_seconds == seconds
    assert model.model_fields_set == {"timeout_seconds"}


@given(st.integers(1, 300_000))
def test_a_timeout_never_gets_shorter_nor_a_second_longer(milliseconds: int) -> None:
    model = ModelCircuitBreakerSubcontract.model_validate({"timeout_ms": milliseconds})
    assert milliseconds <= model.timeout_seconds * 1000 < milliseconds + 1000


def test_the_mapping_of_the_caller_stays_as_it_is() -> None:
    mapping = {"timeout_ms": 1500, "enabled": False}
    model = ModelCircuitBreakerSubcontract.model_validate(mapping)
    assert mapping == {"timeout_ms": 1500, "enabled": False}
    assert ModelCircuitBreakerSubcontract.model_validate(MappingProxyType(mapping)) == model


def test_milliseconds_are_read_from_json_and_never_written() -> None:
    model = ModelCircuitBreakerSubcontract.model_validate_json('{"timeout_ms": 1500}')
    assert model.timeout_seconds == 2
    assert "timeout_ms" not in model.model_dump()
    assert "timeout_ms" not in model.model_dump_json()
    assert "timeout_ms" not in model.model_json_schema()["properties"]
    assert not hasattr(model, "timeout_ms")


@pytest.mark.parametrize(
    ("milliseconds", "seconds"), [(60000, 60), (59001, 60), ("60000", "60"), (60000.0, 60.0)]
)
def test_both_units_may_say_the_same(milliseconds: object, seconds: object) -> None:
    both = {"timeout_ms": milliseconds, "timeout_seconds": seconds}
    assert ModelCircuitBreakerSubcontract.model_validate(both).timeout_seconds == 60


@pytest.mark.parametrize(("milliseconds", "seconds"), [(60001, 60), (59000, 60), (30, 300)])
def test_both_units_must_not_contradict_each_other(milliseconds: int, seconds: int) -> None:
    message = f"timeout_ms is {milliseconds}, but timeout_seconds is {seconds}"
    with pytest.raises(ModelOnexError, match=message) as error:
        ModelCircuitBreakerSubcontract.model_validate(
            {"timeout_seconds": seconds, "timeout_ms": milliseconds}
        )
    assert error.value.error_code is EnumCoreErrorCode.VALIDATION_ERROR


@pytest.mark.parametrize(
    ("wrong", "kind"),
    [
        (0, "greater_than_equal"),
        (-1000, "greater_than_equal"),
        (300_001, "less_than_equal"),
        pytest.param(10**5000, "less_than_equal", id="huge"),
        (True, "int_type"),
        (False, "int_type"),
        (None, "int_type"),
        ([], "int_type"),
        ("", "int_parsing"),
        ("soon", "int_parsing"),
        (1500.5, "int_from_float"),
        (float("nan"), "finite_number"),
        (float("inf"), "finite_number"),
        (float("-inf"), "finite_number"),
    ],
)
@pytest.mark.parametrize("others", [{}, {"timeout_seconds": 60}])
def test_milliseconds_that_are_none_are_refused_by_name(
    wrong: object, kind: str, others: dict[str, int]
) -> None:
    with pytest.raises(ValidationError, match="timeout_ms") as error:
        ModelCircuitBreakerSubcontract.model_validate({"timeout_ms": wrong, **others})
    (problem,) = error.value.errors()
    assert (problem["loc"], problem["type"]) == (("timeout_ms",), kind)
    assert error.value.title == "ModelCircuitBreakerSubcontract"


@pytest.mark.parametrize("seconds", [0, 301, "soon", None, pytest.param(10**5000, id="huge")])
def test_seconds_that_are_none_are_refused_by_name_beside_milliseconds(seconds: object) -> None:
    with pytest.raises(ValidationError, match="timeout_seconds") as error:
        ModelCircuitBreakerSubcontract.model_validate(
            {"timeout_ms": 60000, "timeout_seconds": seconds}
        )
    assert [problem["loc"] for problem in error.value.errors()] == [("timeout_seconds",)]


@pytest.mark.parametrize("data", [None, [], "timeout_ms", 5])
def test_what_is_no_mapping_is_refused(data: object) -> None:
    with pytest.raises(ValidationError, match="valid dictionary or instance"):
        ModelCircuitBreakerSubcontract.model_validate(data)


@pytest.mark.parametrize(
    ("field", "lowest", "highest", "others"),
    [
        ("failure_threshold", 1, 100, {}),
        ("success_threshold", 1, 20, {"half_open_max_calls": 20}),
        ("timeout_seconds", 1, 300, {}),
    ],
)
def test_bounds(field: str, lowest: int, highest: int, others: dict[str, int]) -> None:
    for value in (lowest, highest):
        model = ModelCircuitBreakerSubcontract.model_validate({field: value, **others})
        assert getattr(model, field) == value
    for value in (lowest - 1, highest + 1):
        with pytest.raises(ValidationError, match=field):
            ModelCircuitBreakerSubcontract.model_validate({field: value, **others})


@pytest.mark.parametrize(
    ("field", "too_low"),
    [
        ("half_open_max_calls", 0),
        ("minimum_calls", 0),
        ("slow_call_duration_ms", 999),
        ("failure_rate_threshold", -0.01),
        ("failure_rate_threshold", 1.01),
        ("slow_call_rate_threshold", -0.01),
        ("slow_call_rate_threshold", 1.01),
    ],
)
def test_further_bounds(field: str, too_low: float) -> None:
    with pytest.raises(ValidationError, match=field):
        ModelCircuitBreakerSubcontract.model_validate({field: too_low})


def test_the_breaker_of_routing_is_another_model() -> None:
    assert ModelCircuitBreaker(timeout_ms=1500).timeout_ms == 1500
    assert not issubclass(ModelCircuitBreaker, ModelCircuitBreakerSubcontract)
    legacy = ModelCircuitBreaker().model_dump()
    assert ModelCircuitBreakerSubcontract.model_validate(legacy).success_threshold == 3
