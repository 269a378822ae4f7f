"""Events, their types, and the envelope that carries any payload."""

from omnibase_core.models.events.event_type_registry import (
    create_event_type_from_registry,
    is_event_equal,
)
from omnibase_core.models.events.model_event_envelope import ModelEventEnvelope
from omnibase_core.models.events.model_event_type import ModelEventType
from omnibase_core.models.events.model_onex_event import ModelOnexEvent
from omnibase_core.models.events.model_onex_event_metadata import ModelOnexEventMetadata

__all__ = [
    "ModelEventEnvelope",
    "ModelEventType",
    "ModelOnexEvent",
    "ModelOnexEventMetadata",
    "create_event_type_from_registry",
    "is_event_equal",
]
