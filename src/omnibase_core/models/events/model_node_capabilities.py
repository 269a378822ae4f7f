"""What a node can do at this moment."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field


class ModelNodeCapabilities(BaseModel):
    """The actions a node takes, the protocols it speaks, and facts about it."""

    model_config = ConfigDict(extra="forbid")

    actions: list[str] = Field(default_factory=list, description="What can be asked for")
    protocols: list[str] = Field(
        default_factory=lambda: ["event_bus"], description="Ways in which one can ask"
    )
    metadata: dict[str, Any] = Field(default_factory=dict, description="Any further facts")
