"""Health checks: one check ends before the next begins."""

import pytest
from pydantic import ValidationError

from omnibase_core.errors.model_onex_error import ModelOnexError
from omnibase_core.models.contracts.subcontracts import ModelHealthCheckSubcontract


@pytest.mark.parametrize(
    ("interval", "timeout"),
    [(30000, 5000), (60000, 2000), (10000, 3000), (15000, 10000), (1000, 1000), (1000, 100)],
)
def test_these_are_in_order(interval: int, timeout: int) -> None:
    model = ModelHealthCheckSubcontract(
        health_check_interval_ms=interval, health_check_timeout_ms=timeout
    )
    assert (model.health_check_interval_ms, model.health_check_timeout_ms) == (interval, timeout)


def test_a_check_must_not_outlast_the_interval() -> None:
    message = r"health_check_timeout_ms is above health_check_interval_ms \(1000\)"
    with pytest.raises(ModelOnexError, match=message):
        ModelHealthCheckSubcontract(health_check_interval_ms=1000, health_check_timeout_ms=1001)


def test_an_interval_cannot_be_shortened_below_the_timeout() -> None:
    model = ModelHealthCheckSubcontract()
    with pytest.raises(ModelOnexError, match=r"health_check_interval_ms \(4999\)"):
        model.health_check_interval_ms = 4999
    assert model == ModelHealthCheckSubcontract()
    model.health_check_timeout_ms = 4999
    model.health_check_interval_ms = 4999
    assert model.health_check_interval_ms == 4999


@pytest.mark.parametrize(
    ("field", "lowest", "highest", "others"),
    [
        ("health_check_interval_ms", 1000, 300000, {"health_check_timeout_ms": 100}),
        ("health_check_timeout_ms", 100, 30000, {}),
        ("failure_threshold", 1, 10, {}),
        ("recovery_threshold", 1, 10, {}),
        ("health_status_ttl_seconds", 5, 3600, {}),
    ],
)
def test_bounds(field: str, lowest: int, highest: int, others: dict[str, int]) -> None:
    for value in (lowest, highest):
        model = ModelHealthCheckSubcontract.model_validate({field: value, **others})
        assert getattr(model, field) == value
    for value in (lowest - 1, highest + 1):
        with pytest.raises(ValidationError, match=field):
            ModelHealthCheckSubcontract.model_validate({field: value, **others})
