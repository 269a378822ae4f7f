"""What a node takes for dangerous or secret, and what it does about it."""

from collections.abc import Iterator
from typing import ClassVar

from pydantic import Field

from omnibase_core.models.contracts.subcontracts.common_rules import (
    SmallLetters,
    faulty_redaction,
)
from omnibase_core.models.contracts.subcontracts.model_broken_rule import BrokenRule
from omnibase_core.models.contracts.subcontracts.model_subcontract_base import (
    ModelSubcontractBase,
)
from omnibase_core.primitives.model_semver import ModelSemVer


class ModelSecuritySubcontract(ModelSubcontractBase):
    """Settings of security. Interface 1.0.0, locked.

    Patterns are stored in small letters, however they are given.
    """

    INTERFACE_VERSION: ClassVar[ModelSemVer] = ModelSemVer(major=1, minor=0, patch=0)

    enable_redaction: bool = Field(default=True, description="Hide sensitive values")
    sensitive_field_patterns: list[SmallLetters] = Field(
        default=["password", "secret", "token", "key"],
        description="Parts of names whose values are sensitive",
    )
    enable_input_sanitization: bool = Field(default=True, description="Clean what comes in")
    enable_output_sanitization: bool = Field(default=True, description="Clean what goes out")
    enable_sql_injection_protection: bool = Field(
        default=True, description="Refuse input that looks like a piece of SQL"
    )
    enable_xss_protection: bool = Field(
        default=True, description="Refuse input that looks like a script"
    )
    enable_csrf_protection: bool = Field(
        default=True, description="Refuse requests that another site has made"
    )
    max_input_length: int = Field(
        default=1048576, ge=1024, description="Longest input, in characters"
    )

    def broken_rules(self) -> Iterator[BrokenRule]:
        """Yield redaction that cannot work."""
        yield from faulty_redaction(
            "enable_redaction",
            on=self.enable_redaction,
            patterns=self.sensitive_field_patterns,
        )
