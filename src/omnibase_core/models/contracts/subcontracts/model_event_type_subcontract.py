"""Which events a node is about."""

from pydantic import Field

from omnibase_core.models.contracts.subcontracts.model_subcontract_base import (
    ModelSubcontractBase,
)


class ModelEventTypeSubcontract(ModelSubcontractBase):
    """Events of a node, their categories and their way. Interface 1.0.0, locked."""

    primary_events: list[str] = Field(min_length=1, description="Events it publishes or takes")
    event_categories: list[str] = Field(min_length=1, description="Groups they belong to")
    event_routing: str = Field(description="How they are routed")
