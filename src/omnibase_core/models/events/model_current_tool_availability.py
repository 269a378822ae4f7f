"""Whether a tool of a node can be used at this moment."""

from pydantic import BaseModel, ConfigDict, Field

from omnibase_core.enums.enum_node_current_status import EnumNodeCurrentStatus


class ModelCurrentToolAvailability(BaseModel):
    """A tool, whether it takes work, and how often it was used."""

    model_config = ConfigDict(extra="forbid")

    tool_name: str = Field(min_length=1, description="What the tool is called")
    status: EnumNodeCurrentStatus = Field(
        default=EnumNodeCurrentStatus.READY, description="Whether it takes work"
    )
    execution_count: int = Field(default=0, ge=0, description="How often it was used")
