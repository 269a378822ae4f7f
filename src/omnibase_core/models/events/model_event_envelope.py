"""The envelope in which any payload travels on a bus."""

from datetime import UTC, datetime
from typing import Any, Generic, Self, TypeVar
from uuid import UUID, uuid4

from pydantic import BaseModel, Field, SerializeAsAny

from omnibase_core.primitives.model_semver import ModelSemVer

PayloadT = TypeVar("PayloadT")


def _now() -> datetime:
    return datetime.now(UTC)


class ModelEventEnvelope(BaseModel, Generic[PayloadT]):
    """A payload and who sends it, to whom, how urgently and on behalf of which request.

    It offers two factories, one for everybody and one for a single receiver, and the dumps
    of any model; a payload is dumped whole whatever its class. Nothing is computed lazily.
    Read back from JSON, the payload of a bare `ModelEventEnvelope` is plain data, that of
    `ModelEventEnvelope[ModelOnexEvent]` an event again.
    """

    payload: SerializeAsAny[PayloadT] = Field(description="What is carried")
    envelope_id: UUID = Field(default_factory=uuid4, description="Which envelope this is")
    envelope_timestamp: datetime = Field(default_factory=_now, description="When it was made")
    correlation_id: UUID | None = Field(
        default=None, description="The request that this envelope belongs to"
    )
    source_tool: str | None = Field(default=None, description="Who sends it")
    target_tool: str | None = Field(default=None, description="For whom; None means everybody")
    metadata: dict[str, Any] = Field(default_factory=dict, description="Any further facts")
    security_context: dict[str, Any] | None = Field(
        default=None, description="On whose authority it is sent"
    )
    priority: int = Field(default=5, ge=1, le=10, description="Urgency; 10 is the highest")
    timeout_seconds: int | None = Field(
        default=None, gt=0, description="How long the sender waits for an answer"
    )
    retry_count: int = Field(default=0, ge=0, description="How often it was sent before")
    request_id: UUID | None = Field(default=None, description="The outermost request")
    trace_id: str | UUID | None = Field(default=None, description="The trace it is part of")
    span_id: str | UUID | None = Field(default=None, description="The span within the trace")
    onex_version: ModelSemVer = Field(
        default=ModelSemVer(major=1, minor=0, patch=0), description="Version of the protocol"
    )
    envelope_version: ModelSemVer = Field(
        default=ModelSemVer(major=2, minor=0, patch=0), description="Version of this format"
    )

    @classmethod
    def create_broadcast(
        cls,
        payload: PayloadT,
        source_node_id: UUID | str,
        correlation_id: UUID | None = None,
        priority: int = 5,
    ) -> Self:
        """Return an envelope for everybody."""
        return cls(
            payload=payload,
            source_tool=str(source_node_id),
            correlation_id=correlation_id,
            priority=priority,
        )

    @classmethod
    def create_directed(
        cls,
        payload: PayloadT,
        source_node_id: UUID | str,
        target_node_id: UUID | str,
        correlation_id: UUID | None = None,
        priority: int = 5,
    ) -> Self:
        """Return an envelope for one receiver."""
        made = cls.create_broadcast(payload, source_node_id, correlation_id, priority)
        made.target_tool = str(target_node_id)
        return made


__all__ = ["ModelEventEnvelope"]
