"""What a node logs, in which form, and what it keeps out of the log."""

from collections.abc import Iterator
from typing import ClassVar, Final

from pydantic import Field

from omnibase_core.models.contracts.subcontracts.common_rules import (
    Capitals,
    SmallLetters,
    faulty_redaction,
    unlisted,
)
from omnibase_core.models.contracts.subcontracts.model_broken_rule import BrokenRule
from omnibase_core.models.contracts.subcontracts.model_subcontract_base import (
    ModelSubcontractBase,
)
from omnibase_core.primitives.model_semver import ModelSemVer

__all__ = ["ModelLoggingSubcontract"]

_LEVELS: Final = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
_FORMATS: Final = ("json", "text", "structured")


class ModelLoggingSubcontract(ModelSubcontractBase):
    """Settings of logging. Interface 1.0.0, locked.

    The level is stored in capitals and patterns in small letters, however they are given.
    """

    INTERFACE_VERSION: ClassVar[ModelSemVer] = ModelSemVer(major=1, minor=0, patch=0)

    log_level: Capitals = Field(
        default="INFO",
        description="Least important level that is logged",
        json_schema_extra={"enum": list(_LEVELS)},
    )
    enable_context_logging: bool = Field(
        default=True, description="Log what the node was working on"
    )
    enable_correlation_tracking: bool = Field(
        default=True, description="Log the id of the request"
    )
    log_format: str = Field(
        default="json",
        description="Form of an entry",
        json_schema_extra={"enum": list(_FORMATS)},
    )
    enable_log_redaction: bool = Field(
        default=True, description="Keep sensitive values out of the log"
    )
    sensitive_field_patterns: list[SmallLetters] = Field(
        default=["password", "secret", "token", "key"],
        description="Parts of names whose values are sensitive",
    )
    log_buffer_size: int = Field(
        default=100, ge=10, le=10000, description="Entries that wait at most"
    )
    enable_async_logging: bool = Field(default=True, description="Log without waiting")

    def broken_rules(self) -> Iterator[BrokenRule]:
        """Yield an unknown level or format, and redaction that cannot work."""
        yield from unlisted("log_level", self.log_level, _LEVELS)
        yield from unlisted("log_format", self.log_format, _FORMATS)
        yield from faulty_redaction(
            "enable_log_redaction",
            on=self.enable_log_redaction,
            patterns=self.sensitive_field_patterns,
        )
