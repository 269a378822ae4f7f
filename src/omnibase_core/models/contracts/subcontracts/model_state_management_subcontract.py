"""How a node keeps its state."""

from typing import ClassVar

from pydantic import Field

from omnibase_core.models.contracts.subcontracts.model_subcontract_base import (
    ModelSubcontractBase,
)
from omnibase_core.primitives.model_semver import ModelSemVer


class ModelStateManagementSubcontract(ModelSubcontractBase):
    """Settings of state keeping. Interface 1.0.0, locked."""

    INTERFACE_VERSION: ClassVar[ModelSemVer] = ModelSemVer(major=1, minor=0, patch=0)

    state_management_enabled: bool = Field(default=True, description="Keep state at all")
    state_scope: str = Field(default="node_local", description="Who sees the state")
    persistence_enabled: bool = Field(default=True, description="Let it outlive the process")
