"""The event with which a node makes itself known to registries."""

from typing import Any, Literal, Self

from pydantic import Field

from omnibase_core.constants.event_types import NODE_ANNOUNCE
from omnibase_core.enums.enum_node_current_status import EnumNodeCurrentStatus
from omnibase_core.models.core.model_node_metadata_block import ModelNodeMetadataBlock
from omnibase_core.models.events.model_node_event import ModelNodeEvent
from omnibase_core.primitives.model_semver import ModelSemVer


class ModelNodeAnnounceEvent(ModelNodeEvent):
    """Which node there is now, what it takes and returns, and all its metadata."""

    event_type: Literal["NODE_ANNOUNCE"] = Field(
        default=NODE_ANNOUNCE, description="Always this type"
    )
    node_name: str = Field(min_length=1, description="What the node is called")
    version: ModelSemVer = Field(description="Version of the node")
    metadata_block: ModelNodeMetadataBlock = Field(description="All its metadata")
    status: EnumNodeCurrentStatus = Field(
        default=EnumNodeCurrentStatus.READY, description="Whether it takes work"
    )
    execution_mode: str = Field(default="direct", description="How it runs what it is asked for")
    inputs: list[Any] = Field(default_factory=list, description="What it takes")
    outputs: list[Any] = Field(default_factory=list, description="What it returns")

    @classmethod
    def create_from_metadata_block(cls, block: ModelNodeMetadataBlock, **fields: Any) -> Self:
        """Return the announcement of the node that `block` describes, under the block's id."""
        told = {
            "node_id": block.uuid,
            "node_name": block.name,
            "version": block.version,
            "inputs": block.inputs or [],
            "outputs": block.outputs or [],
        }
        return cls(metadata_block=block, **(told | fields))
