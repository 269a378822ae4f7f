"""A mixin that nodes are built with but that nobody configures."""

from pydantic import BaseModel, ConfigDict, Field

__all__ = ["ModelInfrastructureMixin"]


class ModelInfrastructureMixin(BaseModel):
    """A class among the mixins that is exempt from an entry, and why."""

    model_config = ConfigDict(extra="ignore", validate_assignment=True, defer_build=True)

    name: str = Field(description="Name of the class, or of the function where there is none")
    kind: str = Field(description="What it does for a node, in a word")
    reason: str = Field(description="Why it has no subcontract")
