"""The event in which a node answers how it is right now."""

from typing import Any, Literal, Self
from uuid import UUID

from pydantic import Field

from omnibase_core.constants.event_types import REAL_TIME_INTROSPECTION_RESPONSE
from omnibase_core.enums.enum_node_current_status import EnumNodeCurrentStatus
from omnibase_core.models.events.model_current_tool_availability import (
    ModelCurrentToolAvailability,
)
from omnibase_core.models.events.model_node_capabilities import ModelNodeCapabilities
from omnibase_core.models.events.model_node_event import ModelNodeEvent
from omnibase_core.models.events.model_performance_metrics import ModelPerformanceMetrics
from omnibase_core.models.events.model_resource_usage import ModelResourceUsage
from omnibase_core.primitives.model_semver import ModelSemVer


class ModelIntrospectionResponseEvent(ModelNodeEvent):
    """The status, abilities and tools of a node, as one request found them."""

    event_type: Literal["real_time_introspection_response"] = Field(
        default=REAL_TIME_INTROSPECTION_RESPONSE, description="Always this type"
    )
    correlation_id: UUID = Field(description="The request that is answered")
    node_name: str = Field(min_length=1, description="What the node is called")
    version: ModelSemVer = Field(description="Version of the node")
    current_status: EnumNodeCurrentStatus = Field(description="Whether it takes work")
    capabilities: ModelNodeCapabilities = Field(description="What it can do")
    tools: list[ModelCurrentToolAvailability] = Field(
        default_factory=list, description="Its tools and whether they can be used"
    )
    resource_usage: ModelResourceUsage | None = Field(
        default=None, description="What it uses, if that was asked for"
    )
    performance_metrics: ModelPerformanceMetrics | None = Field(
        default=None, description="How fast it is, if that was asked for"
    )
    response_time_ms: float = Field(ge=0.0, description="How long the answer took to make")
    health_endpoint: str | None = Field(default=None, description="Where its health can be read")
    tags: list[str] = Field(default_factory=list, description="Words to find it by")
    additional_info: dict[str, Any] | None = Field(default=None, description="Any further facts")

    @classmethod
    def create_response(
        cls, correlation_id: UUID, node_id: UUID | str, node_name: str, **fields: Any
    ) -> Self:
        """Return an answer; `fields` must tell the version, status, abilities and time taken."""
        return cls(correlation_id=correlation_id, node_id=node_id, node_name=node_name, **fields)

    @classmethod
    def create_ready_response(
        cls, correlation_id: UUID, node_id: UUID | str, node_name: str, **fields: Any
    ) -> Self:
        """Return the answer of a node that takes work."""
        preset = {"current_status": EnumNodeCurrentStatus.READY}
        return cls.create_response(correlation_id, node_id, node_name, **(preset | fields))

    @classmethod
    def create_error_response(
        cls,
        correlation_id: UUID,
        node_id: UUID | str,
        node_name: str,
        error_message: str,
        **fields: Any,
    ) -> Self:
        """Return the answer of a node that could not find out how it is."""
        preset = {
            "current_status": EnumNodeCurrentStatus.ERROR,
            "capabilities": ModelNodeCapabilities(metadata={"error": error_message}),
            "additional_info": {"error_message": error_message},
        }
        return cls.create_response(correlation_id, node_id, node_name, **(preset | fields))
