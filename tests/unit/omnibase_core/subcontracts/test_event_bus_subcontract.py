"""The event bus: a known bus, a known routing, batches that fit into the buffer."""

import pytest
from pydantic import ValidationError

from omnibase_core.errors.model_onex_error import ModelOnexError
from omnibase_core.models.contracts.subcontracts import ModelEventBusSubcontract


@pytest.mark.parametrize(
    "preset",
    [
        {"event_bus_type": "hybrid", "max_retry_attempts": 3, "graceful_degradation": True},
        {"event_bus_type": "memory", "max_retry_attempts": 1, "enable_event_validation": False},
        {"event_bus_type": "redis", "max_retry_attempts": 5, "retry_delay_ms": 2000},
        {"event_bus_type": "kafka", "event_batch_size": 100, "event_buffer_size": 1000},
        {"event_bus_type": "redis", "routing_key_strategy": "topic_based"},
        {"routing_key_strategy": "priority_based", "event_retention_seconds": 0},
        {"routing_key_strategy": "broadcast", "max_retry_attempts": 0},
        {"event_batch_size": 10, "event_buffer_size": 10},
    ],
)
def test_these_are_in_order(preset: dict[str, object]) -> None:
    model = ModelEventBusSubcontract.model_validate(preset)
    assert {name: getattr(model, name) for name in preset} == preset


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (
            {"event_bus_type": "distributed"},
            "event_bus_type is 'distributed', not one of redis, kafka, memory, hybrid",
        ),
        ({"event_bus_type": "Redis"}, "event_bus_type is 'Redis'"),
        (
            {"routing_key_strategy": ""},
            "routing_key_strategy is '', not one of type_based, priority_based, broadcast, topic",
        ),
        ({"event_batch_size": 101}, r"event_batch_size is above event_buffer_size \(100\)"),
        (
            {"event_bus_type": "a", "routing_key_strategy": "b", "event_batch_size": 1000},
            "event_bus_type is 'a'.*; routing_key_strategy is 'b'.*; event_batch_size is above",
        ),
    ],
)
def test_these_break_a_rule(wrong: dict[str, object], message: str) -> None:
    with pytest.raises(ModelOnexError, match=message):
        ModelEventBusSubcontract.model_validate(wrong)


def test_the_buffer_cannot_shrink_below_a_batch() -> None:
    model = ModelEventBusSubcontract(event_batch_size=50)
    with pytest.raises(ModelOnexError, match=r"event_buffer_size \(49\)"):
        model.event_buffer_size = 49
    assert model.event_buffer_size == 100


@pytest.mark.parametrize(
    ("field", "lowest", "highest", "others"),
    [
        ("event_retention_seconds", 0, 86400, {}),
        ("max_retry_attempts", 0, 10, {}),
        ("retry_delay_ms", 0, 10000, {}),
        ("event_batch_size", 1, 1000, {"event_buffer_size": 10000}),
        ("event_buffer_size", 10, 10000, {}),
        ("publish_timeout_ms", 100, 30000, {}),
    ],
)
def test_bounds(field: str, lowest: int, highest: int, others: dict[str, int]) -> None:
    for value in (lowest, highest):
        model = ModelEventBusSubcontract.model_validate({field: value, **others})
        assert getattr(model, field) == value
    for value in (lowest - 1, highest + 1):
        with pytest.raises(ValidationError, match=field):
            ModelEventBusSubcontract.model_validate({field: value, **others})
