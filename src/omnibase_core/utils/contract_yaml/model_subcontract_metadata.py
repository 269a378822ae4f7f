"""What a subcontract's file says about itself."""

from pydantic import BaseModel, ConfigDict, Field

from omnibase_core.enums.enum_node_type import EnumNodeType


class ModelSubcontractMetadata(BaseModel):
    """Facts about a subcontract that no code depends on."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    name: str = Field(min_length=1, description="Its name")
    description: str = Field(default="", description="What it is about")
    purpose: str = Field(default="", description="What it is used for")
    applicable_node_types: list[EnumNodeType] = Field(
        default_factory=list, description="Nodes that can have it"
    )
