"""A named set of values for the settings of a mixin."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

__all__ = ["ModelMixinPreset"]


class ModelMixinPreset(BaseModel):
    """Values that go well together, and what for."""

    model_config = ConfigDict(extra="ignore", validate_assignment=True, defer_build=True)

    description: str = Field(default="", description="What the values are good for")
    config: dict[str, Any] = Field(default_factory=dict, description="Values by field")
