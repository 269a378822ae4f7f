"""One event is one JSON object on the logger `omnibase`."""

import json
import logging
from datetime import UTC, datetime
from uuid import UUID

import pytest

from omnibase_core.enums.enum_effect_type import EnumEffectType
from omnibase_core.enums.enum_log_level import EnumLogLevel
from omnibase_core.logging.structured import emit_log_event_sync


@pytest.fixture
def logged(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    caplog.set_level(logging.DEBUG, logger="omnibase")
    return caplog


def test_an_event_has_four_keys_in_order(logged: pytest.LogCaptureFixture) -> None:
    emit_log_event_sync(EnumLogLevel.INFO, "100 % done", {"node_id": UUID(int=1)})
    event = json.loads(logged.records[0].getMessage())
    assert list(event) == ["timestamp", "level", "message", "context"]
    assert datetime.fromisoformat(event["timestamp"]).tzinfo == UTC
    assert event["level"] == "info"
    assert event["message"] == "100 % done"
    assert event["context"] == {"node_id": str(UUID(int=1))}
    assert logged.records[0].name == "omnibase"


def test_a_missing_context_is_an_empty_one(logged: pytest.LogCaptureFixture) -> None:
    emit_log_event_sync(EnumLogLevel.INFO, "done")
    assert json.loads(logged.records[0].getMessage())["context"] == {}


@pytest.mark.parametrize(
    ("level", "wanted"),
    [
        (EnumLogLevel.DEBUG, logging.DEBUG),
        (EnumLogLevel.INFO, logging.INFO),
        (EnumLogLevel.WARNING, logging.WARNING),
        (EnumLogLevel.ERROR, logging.ERROR),
        (EnumLogLevel.CRITICAL, logging.CRITICAL),
        (EnumLogLevel.TRACE, logging.INFO),
        (EnumLogLevel.FATAL, logging.INFO),
        (EnumLogLevel.SUCCESS, logging.INFO),
        (EnumLogLevel.UNKNOWN, logging.INFO),
    ],
)
def test_levels_map_to_those_of_python(
    level: EnumLogLevel, wanted: int, logged: pytest.LogCaptureFixture
) -> None:
    emit_log_event_sync(level, "x")
    assert logged.records[0].levelno == wanted
    assert json.loads(logged.records[0].getMessage())["level"] == level.value


@pytest.mark.parametrize(
    "context",
    [
        {"at": datetime(2026, 1, 1, tzinfo=UTC)},
        {"type": EnumEffectType.API_CALL},
        {"thing": object()},
        {UUID(int=1): "as a key"},
    ],
)
def test_what_json_cannot_say_is_an_error_even_when_disabled(
    context: dict[object, object], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL, logger="omnibase")
    with pytest.raises(TypeError, match=r"not JSON serializable|keys must be str"):
        emit_log_event_sync(EnumLogLevel.DEBUG, "x", context)
    assert not caplog.records
