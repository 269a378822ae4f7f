"""How a node passes requests on."""

from typing import ClassVar

from pydantic import Field

from omnibase_core.models.contracts.subcontracts.model_circuit_breaker import ModelCircuitBreaker
from omnibase_core.models.contracts.subcontracts.model_subcontract_base import (
    ModelSubcontractBase,
)
from omnibase_core.primitives.model_semver import ModelSemVer


class ModelRoutingSubcontract(ModelSubcontractBase):
    """Settings of routing. Interface 1.0.0, locked."""

    INTERFACE_VERSION: ClassVar[ModelSemVer] = ModelSemVer(major=1, minor=0, patch=0)

    routing_enabled: bool = Field(default=True, description="Pass requests on at all")
    default_target: str | None = Field(
        default=None, description="Where requests go that no route takes"
    )
    circuit_breaker: ModelCircuitBreaker = Field(
        default_factory=ModelCircuitBreaker, description="When a failing target is left alone"
    )
