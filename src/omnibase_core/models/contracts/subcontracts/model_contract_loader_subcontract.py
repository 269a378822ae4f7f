"""How a node reads, checks and keeps its contract."""

from typing import ClassVar

from pydantic import Field

from omnibase_core.models.contracts.subcontracts.model_subcontract_base import (
    ModelSubcontractBase,
)
from omnibase_core.primitives.model_semver import ModelSemVer


class ModelContractLoaderSubcontract(ModelSubcontractBase):
    """Settings of contract loading. Interface 1.0.0, locked.

    A switch that is off makes the settings below it inert, never wrong: no strictness without
    validation, no lifetime without a cache.
    """

    INTERFACE_VERSION: ClassVar[ModelSemVer] = ModelSemVer(major=1, minor=0, patch=0)

    enable_contract_validation: bool = Field(
        default=True, description="Validate a contract before it is used"
    )
    enable_contract_caching: bool = Field(
        default=True, description="Keep a contract once it is loaded"
    )
    contract_cache_ttl_seconds: int = Field(
        default=3600, ge=60, le=86400, description="How long a kept contract is good"
    )
    strict_schema_validation: bool = Field(
        default=True, description="Refuse a contract with a reference that leads nowhere"
    )
    enable_subcontract_composition: bool = Field(
        default=True, description="Replace references by the content they lead to"
    )
