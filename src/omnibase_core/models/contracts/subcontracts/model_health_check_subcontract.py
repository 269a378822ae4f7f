"""How often a node looks at its own health, and when it believes what it sees."""

from collections.abc import Iterator
from typing import ClassVar

from pydantic import Field

from omnibase_core.models.contracts.subcontracts.model_broken_rule import BrokenRule
from omnibase_core.models.contracts.subcontracts.model_subcontract_base import (
    ModelSubcontractBase,
)
from omnibase_core.primitives.model_semver import ModelSemVer


class ModelHealthCheckSubcontract(ModelSubcontractBase):
    """Settings of health checks. Interface 1.0.0, locked."""

    INTERFACE_VERSION: ClassVar[ModelSemVer] = ModelSemVer(major=1, minor=0, patch=0)

    health_check_interval_ms: int = Field(
        default=30000, ge=1000, le=300000, description="Time between two checks"
    )
    health_check_timeout_ms: int = Field(
        default=5000, ge=100, le=30000, description="Longest check"
    )
    failure_threshold: int = Field(
        default=3, ge=1, le=10, description="Failures in a row that make a node unhealthy"
    )
    recovery_threshold: int = Field(
        default=2, ge=1, le=10, description="Successes in a row that make it healthy again"
    )
    include_dependency_checks: bool = Field(
        default=True, description="Check what the node depends on"
    )
    include_component_checks: bool = Field(
        default=True, description="Check what the node consists of"
    )
    enable_async_checks: bool = Field(default=True, description="Run checks side by side")
    aggregate_check_results: bool = Field(
        default=True, description="Make one status of all results"
    )
    emit_health_events: bool = Field(
        default=True, description="Publish an event when the status changes"
    )
    health_status_ttl_seconds: int = Field(
        default=30, ge=5, le=3600, description="How long a status is good"
    )

    def broken_rules(self) -> Iterator[BrokenRule]:
        """Yield a check that may outlast the time until the next."""
        interval = self.health_check_interval_ms
        if self.health_check_timeout_ms > interval:
            yield BrokenRule(
                "health_check_timeout_ms", f"is above health_check_interval_ms ({interval})"
            )
