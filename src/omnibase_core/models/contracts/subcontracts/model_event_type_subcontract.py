"""Which events a node is about."""

from typing import ClassVar

from pydantic import Field

from omnibase_core.models.contracts.subcontracts.model_subcontract_base import (
    ModelSubcontractBase,
)
from omnibase_core.primitives.model_semver import ModelSemVer


class ModelEventTypeSubcontract(ModelSubcontractBase):
    """Events of a node, their categories and their way. Interface 1.0.0, locked."""

    INTERFACE_VERSION: ClassVar[ModelSemVer] = ModelSemVer(major=1, minor=0, patch=0)

    primary_events: list[str] = Field(min_length=1, description="Events it publishes or takes")
    event_categories: list[str] = Field(min_length=1, description="Groups they belong to")
    event_routing: str = Field(description="How they are routed")
