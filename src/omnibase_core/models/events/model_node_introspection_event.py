"""The event with which a node tells what it is."""

from typing import Any, Literal, Self
from uuid import UUID

from pydantic import Field

from omnibase_core.constants.event_types import NODE_INTROSPECTION_EVENT
from omnibase_core.models.events.model_node_capability import ModelNodeCapability
from omnibase_core.models.events.model_node_event import ModelNodeEvent
from omnibase_core.primitives.model_semver import ModelSemVer


class ModelNodeIntrospectionEvent(ModelNodeEvent):
    """Sent once by a node that starts: its name, version and abilities."""

    event_type: Literal["node_introspection_event"] = Field(
        default=NODE_INTROSPECTION_EVENT, description="Always this type"
    )
    node_name: str = Field(min_length=1, description="What the node is called")
    version: ModelSemVer = Field(description="Version of the node")
    capabilities: ModelNodeCapability = Field(description="What it can do")
    health_endpoint: str | None = Field(default=None, description="Where its health can be read")
    tags: list[str] = Field(default_factory=list, description="Words to find it by")
    service_id: str | None = Field(default=None, description="The service it is part of")
    datacenter: str | None = Field(default=None, description="Where it runs")

    @classmethod
    def create_from_node_info(
        cls,
        node_id: UUID | str,
        node_name: str,
        version: ModelSemVer,
        actions: list[str],
        **fields: Any,
    ) -> Self:
        """Return the event of a node with one ability, made of its name and `actions`."""
        able = {"capabilities": ModelNodeCapability.create_from_actions(node_name, actions)}
        return cls(node_id=node_id, node_name=node_name, version=version, **(able | fields))
