"""The event that asks nodes how they are right now."""

from typing import Any, Literal, Self
from uuid import UUID, uuid4

from pydantic import Field

from omnibase_core.constants.event_types import REQUEST_REAL_TIME_INTROSPECTION
from omnibase_core.enums.enum_node_current_status import EnumNodeCurrentStatus
from omnibase_core.models.events.model_introspection_filters import ModelIntrospectionFilters
from omnibase_core.models.events.model_node_event import ModelNodeEvent
from omnibase_core.models.events.node_ids import TextId


class ModelRequestIntrospectionEvent(ModelNodeEvent):
    """Who asks, which nodes are meant, and how much they should tell."""

    event_type: Literal["request_real_time_introspection"] = Field(
        default=REQUEST_REAL_TIME_INTROSPECTION, description="Always this type"
    )
    correlation_id: UUID = Field(
        default_factory=uuid4, description="What answers to this request carry"
    )
    timeout_ms: int = Field(
        default=5000, ge=100, le=60000, description="How long answers are collected"
    )
    filters: ModelIntrospectionFilters | None = Field(
        default=None, description="Which nodes are meant; None means all"
    )
    requester_id: TextId | None = Field(default=None, description="Who asks")
    include_resource_usage: bool = Field(
        default=False, description="Whether answers tell what the node uses"
    )
    include_performance_metrics: bool = Field(
        default=False, description="Whether answers tell how fast the node is"
    )
    max_responses: int | None = Field(
        default=None, ge=1, le=1000, description="After how many answers the requester stops"
    )

    @classmethod
    def create_discovery_request(cls, node_id: UUID | str, **fields: Any) -> Self:
        """Return a request to all nodes, open for five seconds."""
        return cls(node_id=node_id, **({"timeout_ms": 5000} | fields))

    @classmethod
    def create_mcp_discovery_request(cls, node_id: UUID | str, **fields: Any) -> Self:
        """Return a request to working nodes that speak mcp, open for three seconds."""
        meant = ModelIntrospectionFilters(
            protocols=["mcp"], status=[EnumNodeCurrentStatus.READY, EnumNodeCurrentStatus.BUSY]
        )
        preset = {"filters": meant, "include_resource_usage": True, "timeout_ms": 3000}
        return cls(node_id=node_id, **(preset | fields))

    @classmethod
    def create_health_check_request(cls, node_id: UUID | str, **fields: Any) -> Self:
        """Return a request for usage and speed, open for two seconds."""
        preset = {
            "include_resource_usage": True,
            "include_performance_metrics": True,
            "timeout_ms": 2000,
        }
        return cls(node_id=node_id, **(preset | fields))
