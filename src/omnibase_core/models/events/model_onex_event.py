"""The event that nodes send each other."""

from datetime import datetime
from typing import Any, Self
from uuid import UUID, uuid4

from pydantic import BaseModel, ConfigDict, Field, SerializeAsAny

from omnibase_core.models.events.model_event_type import ModelEventType
from omnibase_core.models.events.model_onex_event_metadata import ModelOnexEventMetadata


def _now() -> datetime:
    return datetime.now()  # noqa: DTZ005 - the time of an event is local by contract


class ModelOnexEvent(BaseModel):
    """Something that happened at a node; unknown fields are refused.

    Metadata of a subclass is dumped whole and read back as plain metadata with the same keys.
    """

    model_config = ConfigDict(extra="forbid")

    event_type: str | ModelEventType = Field(description="What happened")
    node_id: UUID = Field(description="Where it happened")
    metadata: SerializeAsAny[ModelOnexEventMetadata] | None = Field(
        default=None, description="What the event says about itself"
    )
    timestamp: datetime = Field(default_factory=_now, description="When, in local time")
    event_id: UUID = Field(default_factory=uuid4, description="Which event this is")
    correlation_id: UUID | None = Field(
        default=None, description="The request that this event belongs to"
    )
    data: dict[str, Any] | None = Field(default=None, description="What is to be said about it")

    @classmethod
    def create_core_event(
        cls, event_type: str | ModelEventType, node_id: UUID, **fields: Any
    ) -> Self:
        """Return an event of the runtime itself, under the type as it is given."""
        return cls(event_type=event_type, node_id=node_id, **fields)

    @classmethod
    def create_user_event(cls, namespace: str, action: str, node_id: UUID, **fields: Any) -> Self:
        """Return an event of type `user.<namespace>.<action>`."""
        return cls(event_type=f"user.{namespace}.{action}", node_id=node_id, **fields)

    @classmethod
    def create_plugin_event(
        cls, plugin_name: str, action: str, node_id: UUID, **fields: Any
    ) -> Self:
        """Return an event of type `plugin.<plugin_name>.<action>`."""
        return cls(event_type=f"plugin.{plugin_name}.{action}", node_id=node_id, **fields)


__all__ = ["ModelOnexEvent"]
