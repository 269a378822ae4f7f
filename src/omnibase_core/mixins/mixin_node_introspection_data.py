"""What a node finds out about itself before it tells others."""

from pydantic import BaseModel, ConfigDict, Field

from omnibase_core.models.events.model_node_capabilities import ModelNodeCapabilities
from omnibase_core.primitives.model_semver import ModelSemVer


class MixinNodeIntrospectionData(BaseModel):
    """The name, version, abilities, tags and health endpoint of a node."""

    model_config = ConfigDict(extra="forbid")

    node_name: str = Field(min_length=1, description="What the node is called")
    version: ModelSemVer = Field(description="Version of the node")
    capabilities: ModelNodeCapabilities = Field(description="What it can do")
    tags: list[str] = Field(default_factory=list, description="Words to find it by")
    health_endpoint: str | None = Field(default=None, description="Where its health can be read")


__all__ = ["MixinNodeIntrospectionData"]
