"""What the registry says about one mixin."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from omnibase_core.discovery.model_mixin_preset import ModelMixinPreset
from omnibase_core.primitives.model_semver import ModelSemVer

__all__ = ["ModelMixinInfo"]


class ModelMixinInfo(BaseModel):
    """An entry of the registry; keys of the file that have no field here are dropped."""

    model_config = ConfigDict(extra="ignore", validate_assignment=True, defer_build=True)

    name: str = Field(description="Name of the class")
    description: str = Field(description="What the mixin adds to a node, in one line")
    version: ModelSemVer = Field(description="Version of the interface of the mixin")
    category: str = Field(description="Functional group")
    requires: list[str] = Field(
        default_factory=list, description="Modules, distributions or mixins that it needs"
    )
    compatible_with: list[str] = Field(
        default_factory=list, description="Mixins that it is often used with; informative"
    )
    incompatible_with: list[str] = Field(
        default_factory=list, description="Mixins that it must not be composed with"
    )
    config_schema: dict[str, Any] = Field(
        default_factory=dict, description="Type, default and bounds by setting"
    )
    usage_examples: list[str] = Field(
        default_factory=list, description="Where the mixin is of use"
    )
    subcontract_model: str | None = Field(
        default=None, description="The model of its settings, as module:Class"
    )
    presets: dict[str, ModelMixinPreset] = Field(
        default_factory=dict, description="Values that go well together, by name"
    )
