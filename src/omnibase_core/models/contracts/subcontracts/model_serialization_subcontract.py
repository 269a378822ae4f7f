"""Which text a node makes of its data."""

from collections.abc import Iterator
from typing import ClassVar, Final

from pydantic import Field, field_validator

from omnibase_core.models.contracts.subcontracts.common_rules import unlisted
from omnibase_core.models.contracts.subcontracts.model_broken_rule import BrokenRule
from omnibase_core.models.contracts.subcontracts.model_subcontract_base import (
    ModelSubcontractBase,
)
from omnibase_core.primitives.model_semver import ModelSemVer

__all__ = ["ModelSerializationSubcontract"]

_FORMATS: Final = ("yaml", "json")


class ModelSerializationSubcontract(ModelSubcontractBase):
    """Settings of serialization. Interface 1.0.0, locked.

    The format is stored in small letters and without blanks around it, however it is given.
    """

    INTERFACE_VERSION: ClassVar[ModelSemVer] = ModelSemVer(major=1, minor=0, patch=0)

    serialization_format: str = Field(
        default="yaml",
        description="Language of the text",
        json_schema_extra={"enum": list(_FORMATS)},
    )
    enable_canonical_mode: bool = Field(
        default=True, description="Give equal data one and the same text"
    )
    enable_deterministic_output: bool = Field(
        default=True, description="Give the same data the same text on every run"
    )
    sort_keys: bool = Field(default=True, description="Write keys in alphabetical order")
    indent_size: int = Field(default=2, ge=1, le=8, description="Blanks for each level")
    line_width: int = Field(default=120, ge=80, le=200, description="Longest line")
    enable_unicode: bool = Field(
        default=True, description="Write characters beyond ASCII as they are"
    )
    enable_compression: bool = Field(default=False, description="Compress the text")

    @field_validator("serialization_format")
    @classmethod
    def _format_in_small_letters(cls, name: str) -> str:
        return name.strip().lower()

    def broken_rules(self) -> Iterator[BrokenRule]:
        """Yield an unknown format, and canonical text that may differ from run to run."""
        yield from unlisted("serialization_format", self.serialization_format, _FORMATS)
        if self.enable_canonical_mode and not self.enable_deterministic_output:
            yield BrokenRule(
                "enable_canonical_mode", "needs enable_deterministic_output, which is off"
            )
