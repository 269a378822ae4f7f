"""How strictly a node checks what it is given, and when it stops looking for faults."""

from typing import ClassVar

from pydantic import Field

from omnibase_core.models.contracts.subcontracts.model_subcontract_base import (
    ModelSubcontractBase,
)
from omnibase_core.primitives.model_semver import ModelSemVer


class ModelValidationSubcontract(ModelSubcontractBase):
    """Settings of validation. Interface 1.0.0, locked.

    A setting that another makes inert is never wrong: no count of errors where the first one
    stops everything, no lifetime without a cache.
    """

    INTERFACE_VERSION: ClassVar[ModelSemVer] = ModelSemVer(major=1, minor=0, patch=0)

    enable_fail_fast: bool = Field(default=True, description="Stop at the first error")
    strict_type_checking: bool = Field(
        default=True, description="Take a value of another type for an error"
    )
    enable_schema_validation: bool = Field(
        default=True, description="Compare data with its schema"
    )
    enable_constraint_validation: bool = Field(
        default=True, description="Check what a schema cannot say"
    )
    max_validation_errors: int = Field(
        default=10, ge=1, le=100, description="Errors that are collected at most"
    )
    enable_validation_caching: bool = Field(
        default=True, description="Keep the outcome for equal data"
    )
    validation_cache_ttl_seconds: int = Field(
        default=300, ge=10, le=3600, description="How long a kept outcome is good"
    )
