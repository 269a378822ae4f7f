"""The part of a node contract that describes the class itself."""

from pydantic import BaseModel, ConfigDict, Field

__all__ = ["ModelContractNode"]


class ModelContractNode(BaseModel):
    """What the class is called, what it is for and which node base it ends on."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    name: str = Field(description="Name of the class")
    base: str | None = Field(
        default=None, description="The last base, as module:Class; NodeCoreBase unless given"
    )
    description: str | None = Field(default=None, description="Docstring of the class")
    module: str | None = Field(
        default=None, description="Module that assigns the class; the caller's unless given"
    )
