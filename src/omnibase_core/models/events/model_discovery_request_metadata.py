"""What a discovery request asks for."""

from typing import Any
from uuid import UUID, uuid4

from pydantic import Field

from omnibase_core.models.events.model_onex_event_metadata import ModelOnexEventMetadata


class ModelDiscoveryRequestMetadata(ModelOnexEventMetadata):
    """Which nodes are looked for; what is absent rules nobody out."""

    request_id: UUID = Field(default_factory=uuid4, description="What answers refer to")
    node_types: list[str] | None = Field(default=None, description="Classes of nodes")
    requested_capabilities: list[str] | None = Field(
        default=None, description="What they must be able to do"
    )
    filter_criteria: dict[str, Any] | None = Field(
        default=None, description="Conditions that the nodes define themselves"
    )
