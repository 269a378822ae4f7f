"""What a node announces that it can do."""

from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field


class ModelNodeCapability(BaseModel):
    """One described ability: a name, and the actions that make it up."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(min_length=1, description="What the ability is called")
    description: str = Field(description="What it amounts to, for people")
    actions: list[str] = Field(default_factory=list, description="What can be asked for")
    protocols: list[str] = Field(
        default_factory=lambda: ["event_bus"], description="Ways in which one can ask"
    )
    metadata: dict[str, Any] = Field(default_factory=dict, description="Any further facts")

    @classmethod
    def create_from_actions(cls, node_name: str, actions: list[str], **fields: Any) -> Self:
        """Return the ability of a node to do `actions`."""
        described = {"description": f"{node_name}: {', '.join(actions) or 'no actions'}"}
        return cls(name=node_name, actions=actions, **(described | fields))
