"""A stock container knows loggers and says so when asked for anything else."""

import asyncio
import json
import logging
from uuid import uuid4

import pytest

from omnibase_core.enums.enum_log_level import EnumLogLevel
from omnibase_core.errors.error_codes import EnumCoreErrorCode
from omnibase_core.errors.model_onex_error import ModelOnexError
from omnibase_core.models.container.model_onex_container import ModelONEXContainer


class ProtocolLogger:
    """Asked for by its name."""


class ProtocolBus:
    """Nobody provides one."""


def test_a_fresh_container_needs_nothing() -> None:
    container = ModelONEXContainer()
    assert container.enable_performance_cache is False
    assert container.tool_cache is None
    assert container.performance_monitor is None
    assert not hasattr(container, "event_bus")
    assert not hasattr(container, "node_id")


def test_the_logger_is_resolved_once_per_name() -> None:
    container = ModelONEXContainer()
    first = container.get_service(ProtocolLogger)
    assert container.get_service(ProtocolLogger) is first
    assert container.get_service(ProtocolLogger, "other") is not first
    assert list(container._service_cache) == ["ProtocolLogger:default", "ProtocolLogger:other"]


def test_the_logger_writes_events(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, logger="omnibase")
    logger = ModelONEXContainer().get_service(logging.Logger)
    for level in ("debug", "info", "warning", "error", "critical"):
        getattr(logger, level)("said", size=1)
    logger.emit_log_event_sync(EnumLogLevel.TRACE, "said", size=1)
    asyncio.run(logger.emit_log_event_async(EnumLogLevel.FATAL, "said", size=1))
    events = [json.loads(record.message) for record in caplog.records]
    assert [event["level"] for event in events] == [
        "debug",
        "info",
        "warning",
        "error",
        "critical",
        "trace",
        "fatal",
    ]
    assert all(event["context"] == {"size": 1} for event in events)


def test_other_types_are_unavailable() -> None:
    correlation_id = uuid4()
    resolution = ModelONEXContainer().get_service_async(ProtocolBus, correlation_id=correlation_id)
    with pytest.raises(ModelOnexError, match="resolution failed for ProtocolBus: ") as caught:
        asyncio.run(resolution)
    assert caught.value.error_code is EnumCoreErrorCode.DEPENDENCY_UNAVAILABLE
    assert caught.value.correlation_id == correlation_id


def test_a_text_is_no_type() -> None:
    with pytest.raises(AttributeError, match="__name__"):
        ModelONEXContainer().get_service("event_bus")


def test_inside_a_running_loop_only_the_async_way_works() -> None:
    async def ask() -> None:
        container = ModelONEXContainer()
        with pytest.raises(RuntimeError, match="running event loop"):
            container.get_service(ProtocolLogger)
        assert await container.get_service_async(ProtocolLogger) is not None

    asyncio.run(ask())


def test_metrics_are_zero_until_something_is_resolved() -> None:
    metrics = ModelONEXContainer().get_performance_metrics()
    assert {name: value.to_value() for name, value in metrics.items()} == {
        "total_resolutions": 0,
        "cache_hit_rate": 0.0,
        "avg_resolution_time_ms": 0.0,
        "error_rate": 0.0,
        "active_services": 0,
    }


def test_metrics_count_hits_and_failures() -> None:
    container = ModelONEXContainer()
    container.get_service(ProtocolLogger)
    container.get_service(ProtocolLogger)
    with pytest.raises(ModelOnexError, match="ProtocolBus"):
        container.get_service(ProtocolBus)
    container.get_service(ProtocolLogger)
    metrics = {k: v.to_value() for k, v in container.get_performance_metrics().items()}
    assert metrics["total_resolutions"] == 4
    assert metrics["cache_hit_rate"] == 0.5
    assert metrics["error_rate"] == 0.25
    assert metrics["active_services"] == 1
