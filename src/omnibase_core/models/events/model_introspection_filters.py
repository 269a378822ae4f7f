"""Which nodes are meant to answer a request."""

from pydantic import BaseModel, ConfigDict, Field

from omnibase_core.enums.enum_node_current_status import EnumNodeCurrentStatus


class ModelIntrospectionFilters(BaseModel):
    """Conditions that a node must meet to answer; one that is absent is met by all."""

    model_config = ConfigDict(extra="forbid")

    node_type: list[str] | None = Field(default=None, description="It is of one of these types")
    capabilities: list[str] | None = Field(default=None, description="It can do all of these")
    protocols: list[str] | None = Field(default=None, description="It speaks all of these")
    tags: list[str] | None = Field(default=None, description="It carries all of these tags")
    status: list[EnumNodeCurrentStatus] | None = Field(
        default=None, description="Its status is one of these"
    )
    node_names: list[str] | None = Field(default=None, description="It has one of these names")
