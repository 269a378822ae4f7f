"""What a node answers to a discovery request."""

from typing import Any
from uuid import UUID

from pydantic import Field

from omnibase_core.models.events.model_onex_event_metadata import ModelOnexEventMetadata
from omnibase_core.primitives.model_semver import ModelSemVer


class ModelDiscoveryResponseMetadata(ModelOnexEventMetadata):
    """Which node answers, what it is and what it can do."""

    request_id: UUID = Field(description="The request that is answered")
    node_id: UUID = Field(description="The node that answers")
    introspection: dict[str, Any] = Field(description="What the node tells about itself")
    health_status: str = Field(default="healthy", description="How it is")
    capabilities: list[str] = Field(default_factory=list, description="What it can do")
    node_type: str = Field(description="Its class")
    version: ModelSemVer = Field(
        default=ModelSemVer(major=0, minor=0, patch=0), description="Version of the node"
    )
    event_channels: list[str] = Field(default_factory=list, description="Where it can be reached")
    response_time_ms: float = Field(ge=0.0, description="How long the answer took to make")
