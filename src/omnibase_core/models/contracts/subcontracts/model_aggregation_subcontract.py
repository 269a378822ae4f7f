"""How a node aggregates items."""

from typing import ClassVar

from pydantic import Field

from omnibase_core.models.contracts.subcontracts.model_subcontract_base import (
    ModelSubcontractBase,
)
from omnibase_core.primitives.model_semver import ModelSemVer


class ModelAggregationSubcontract(ModelSubcontractBase):
    """Settings of aggregation. Interface 1.0.0, locked."""

    INTERFACE_VERSION: ClassVar[ModelSemVer] = ModelSemVer(major=1, minor=0, patch=0)

    aggregation_enabled: bool = Field(default=True, description="Aggregate at all")
    aggregation_functions: list[str] = Field(
        min_length=1, description="Figures that are worked out for each group"
    )
    group_by_fields: list[str] = Field(
        default_factory=list, description="Fields that tell the groups apart"
    )
