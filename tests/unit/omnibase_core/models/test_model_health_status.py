"""A health status is a verdict, a sentence and a moment."""

from datetime import UTC, datetime
from typing import Any

import pytest
from pydantic import ValidationError

from omnibase_core.enums.enum_node_health_status import EnumNodeHealthStatus
from omnibase_core.models.core.model_health_details import ModelHealthDetails
from omnibase_core.models.core.model_health_status import ModelHealthStatus

NOW = "2024-05-06T07:08:09+00:00"


def health(**fields: Any) -> ModelHealthStatus:
    return ModelHealthStatus.model_validate(
        {"status": "healthy", "message": "fine", "timestamp": NOW} | fields
    )


def test_the_vocabulary_is_closed() -> None:
    values = [status.value for status in EnumNodeHealthStatus]
    assert values == ["healthy", "degraded", "unhealthy", "critical", "unknown"]
    with pytest.raises(ValidationError, match="status"):
        health(status="splendid")


def test_everything_beyond_the_verdict_is_optional() -> None:
    found = health()
    assert found.status == EnumNodeHealthStatus.HEALTHY
    assert (found.message, found.timestamp) == ("fine", NOW)
    assert found.details is None
    assert (found.uptime_seconds, found.memory_usage_mb, found.cpu_usage_percent) == (None,) * 3


@pytest.mark.parametrize("field", ["status", "message"])
def test_the_verdict_is_required(field: str) -> None:
    given = health().model_dump()
    del given[field]
    with pytest.raises(ValidationError, match=field):
        ModelHealthStatus.model_validate(given)


def test_a_datetime_becomes_text() -> None:
    moment = datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC)
    assert health(timestamp=moment).timestamp == NOW
    with pytest.raises(ValidationError, match="timestamp"):
        health(timestamp=12)


def test_details_are_all_optional_and_typed() -> None:
    assert set(ModelHealthDetails().model_dump().values()) == {None}
    facts = {
        "service_name": "store",
        "endpoint_status": "up",
        "database_connection": "open",
        "external_services": ["mail", "billing"],
        "disk_usage_percent": 61.5,
        "active_connections": 4,
        "error_count": 0,
        "last_backup": "2024-05-05",
        "queue_depth": 17,
        "response_time_ms": 2.5,
    }
    found = health(details=facts)
    assert found.details == ModelHealthDetails.model_validate(facts)
    assert found.details.model_dump() == facts


def test_a_status_survives_a_round_trip() -> None:
    found = health(
        uptime_seconds=1.5, memory_usage_mb=20, cpu_usage_percent=3, details={"error_count": 2}
    )
    assert ModelHealthStatus.model_validate_json(found.model_dump_json()) == found
