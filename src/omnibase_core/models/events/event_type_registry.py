"""The event types that are known by name, and comparison by name."""

from types import MappingProxyType
from typing import Final

from omnibase_core.models.events.model_event_type import ModelEventType


def _known(name: str, category: str, description: str, severity: str = "info") -> ModelEventType:
    return ModelEventType(
        event_name=name, category=category, description=description, severity=severity
    )


_TYPES: Final = (
    _known("NODE_START", "lifecycle", "A node begins to work"),
    _known("NODE_SUCCESS", "lifecycle", "A node has finished its work"),
    _known("NODE_FAILURE", "lifecycle", "A node could not do its work", "error"),
    _known("NODE_REGISTER", "lifecycle", "A node makes itself known"),
    _known("TELEMETRY_OPERATION_START", "telemetry", "A measured operation begins"),
    _known("TELEMETRY_OPERATION_SUCCESS", "telemetry", "A measured operation has succeeded"),
    _known("TELEMETRY_OPERATION_ERROR", "telemetry", "A measured operation has failed", "error"),
    _known("STRUCTURED_LOG", "logging", "A log entry travels as an event"),
    _known("HEALTH_CHECK", "health", "Somebody asks, or tells, how a node is"),
    _known("PERFORMANCE_METRIC", "metrics", "A measured value is reported"),
)

REGISTERED_EVENT_TYPES: Final = MappingProxyType({known.event_name: known for known in _TYPES})


def create_event_type_from_registry(name: str) -> ModelEventType:
    """Return the registered type of that name, or a fresh one that says only its name."""
    return REGISTERED_EVENT_TYPES.get(name) or ModelEventType(event_name=name)


def is_event_equal(first: str | ModelEventType, second: str | ModelEventType) -> bool:
    """Tell whether two event types, given as text or as models, have the same name."""
    return str(first) == str(second)


__all__ = ["REGISTERED_EVENT_TYPES", "create_event_type_from_registry", "is_event_equal"]
