"""How a node aggregates items."""

from pydantic import Field

from omnibase_core.models.contracts.subcontracts.model_subcontract_base import (
    ModelSubcontractBase,
)


class ModelAggregationSubcontract(ModelSubcontractBase):
    """Settings of aggregation. Interface 1.0.0, locked."""

    aggregation_enabled: bool = Field(default=True, description="Aggregate at all")
    aggregation_functions: list[str] = Field(
        min_length=1, description="Figures that are worked out for each group"
    )
    group_by_fields: list[str] = Field(
        default_factory=list, description="Fields that tell the groups apart"
    )
