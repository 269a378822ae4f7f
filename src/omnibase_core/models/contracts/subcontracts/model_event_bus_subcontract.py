"""How a node publishes its events, and what becomes of those that fail."""

from collections.abc import Iterator
from typing import ClassVar, Final

from pydantic import Field

from omnibase_core.models.contracts.subcontracts.common_rules import unlisted
from omnibase_core.models.contracts.subcontracts.model_broken_rule import BrokenRule
from omnibase_core.models.contracts.subcontracts.model_subcontract_base import (
    ModelSubcontractBase,
)
from omnibase_core.primitives.model_semver import ModelSemVer

__all__ = ["ModelEventBusSubcontract"]

_TYPES: Final = ("redis", "kafka", "memory", "hybrid")
_ROUTINGS: Final = ("type_based", "priority_based", "broadcast", "topic_based")


class ModelEventBusSubcontract(ModelSubcontractBase):
    """Settings of the event bus. Interface 1.0.0, locked.

    A retention of 0 keeps nothing, a batch of 1 is no batch, 0 retries are a single attempt.
    """

    INTERFACE_VERSION: ClassVar[ModelSemVer] = ModelSemVer(major=1, minor=0, patch=0)

    event_bus_enabled: bool = Field(default=True, description="Publish events at all")
    event_bus_type: str = Field(
        default="hybrid",
        description="What carries the events",
        json_schema_extra={"enum": list(_TYPES)},
    )
    enable_event_logging: bool = Field(default=True, description="Log published events")
    correlation_tracking: bool = Field(
        default=True, description="Give every event the id of its request"
    )
    event_retention_seconds: int = Field(
        default=3600, ge=0, le=86400, description="How long events are kept"
    )
    max_retry_attempts: int = Field(
        default=3, ge=0, le=10, description="Attempts to publish after the first"
    )
    retry_delay_ms: int = Field(
        default=1000, ge=0, le=10000, description="Delay before another attempt"
    )
    enable_event_validation: bool = Field(
        default=True, description="Check an event before it is published"
    )
    graceful_degradation: bool = Field(
        default=True, description="Go on without events when the bus is away"
    )
    routing_key_strategy: str = Field(
        default="type_based",
        description="What decides where an event goes",
        json_schema_extra={"enum": list(_ROUTINGS)},
    )
    enable_dead_letter_queue: bool = Field(
        default=True, description="Keep events that could not be published"
    )
    event_batch_size: int = Field(default=1, ge=1, le=1000, description="Events published at once")
    event_buffer_size: int = Field(
        default=100, ge=10, le=10000, description="Events that wait at most"
    )
    publish_timeout_ms: int = Field(
        default=5000, ge=100, le=30000, description="Longest attempt to publish"
    )

    def broken_rules(self) -> Iterator[BrokenRule]:
        """Yield an unknown bus or routing, and a batch that the buffer cannot hold."""
        yield from unlisted("event_bus_type", self.event_bus_type, _TYPES)
        yield from unlisted("routing_key_strategy", self.routing_key_strategy, _ROUTINGS)
        if self.event_batch_size > self.event_buffer_size:
            yield BrokenRule(
                "event_batch_size", f"is above event_buffer_size ({self.event_buffer_size})"
            )
