"""One mixin of a node contract, with the values for its settings."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

__all__ = ["ModelContractMixin"]


class ModelContractMixin(BaseModel):
    """A mixin, a preset of its settings and what differs from that preset."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    name: str = Field(description="Name of the mixin's class")
    preset: str | None = Field(default=None, description="Name of a preset in the registry")
    settings: dict[str, Any] | None = Field(
        default=None, description="Values that differ from the preset, or from the defaults"
    )

    @property
    def is_configured(self) -> bool:
        """Whether the class gets settings for this mixin, be they the defaults."""
        return bool({"preset", "settings"} & self.model_fields_set)
