"""The envelope in which an event is routed to its destination."""

from datetime import UTC, datetime
from typing import Any, Self
from uuid import UUID, uuid4

from pydantic import BaseModel, Field, SerializeAsAny

from omnibase_core.enums.enum_route_hop_type import EnumRouteHopType
from omnibase_core.models.core.model_route_hop import ModelRouteHop
from omnibase_core.models.core.model_route_spec import ModelRouteSpec
from omnibase_core.models.events.model_onex_event import ModelOnexEvent
from omnibase_core.primitives.model_semver import ModelSemVer


def _now() -> datetime:
    return datetime.now(UTC)


class ModelEventEnvelope(BaseModel):
    """An event, its way, and what happened on it.

    The correlation id is required; the factories take it from the event if they are given none.
    """

    payload: SerializeAsAny[ModelOnexEvent] = Field(description="The event that is carried")
    route_spec: ModelRouteSpec = Field(description="Where it is going")
    source_node_id: UUID = Field(description="Who sends it")
    correlation_id: UUID = Field(description="The request that this envelope belongs to")
    envelope_id: UUID = Field(default_factory=uuid4, description="Which envelope this is")
    created_at: datetime = Field(default_factory=_now, description="When it was made")
    trace: list[ModelRouteHop] = Field(
        default_factory=list, description="The places it has passed, in order"
    )
    metadata: dict[str, Any] = Field(default_factory=dict, description="Any further facts")
    current_hop_count: int = Field(default=0, ge=0, description="How many places it has passed")
    delivery_attempts: int = Field(default=0, ge=0, description="How often delivery was tried")
    last_delivery_error: str | None = Field(
        default=None, description="Why the last attempt failed, if it did"
    )
    is_delivered: bool = Field(default=False, description="Whether an attempt has succeeded")
    envelope_version: ModelSemVer = Field(
        default=ModelSemVer(major=1, minor=0, patch=0), description="Version of this format"
    )

    @classmethod
    def create_direct(
        cls, payload: ModelOnexEvent, destination: str, source_node_id: UUID, **fields: Any
    ) -> Self:
        """Return an envelope that goes straight to `destination`."""
        way = ModelRouteSpec.create_direct_route(destination)
        return cls._sent(payload, way, source_node_id, fields)

    @classmethod
    def create_broadcast(
        cls, payload: ModelOnexEvent, source_node_id: UUID, **fields: Any
    ) -> Self:
        """Return an envelope for everybody."""
        way = ModelRouteSpec.create_broadcast_route()
        return cls._sent(payload, way, source_node_id, fields)

    @classmethod
    def create_anycast(
        cls, payload: ModelOnexEvent, service: str, source_node_id: UUID, **fields: Any
    ) -> Self:
        """Return an envelope for whichever node offers `service`."""
        way = ModelRouteSpec.create_anycast_route(service)
        return cls._sent(payload, way, source_node_id, fields)

    @classmethod
    def create_explicit(
        cls,
        payload: ModelOnexEvent,
        route_spec: ModelRouteSpec,
        source_node_id: UUID,
        **fields: Any,
    ) -> Self:
        """Return an envelope that goes the way that is given."""
        return cls._sent(payload, route_spec, source_node_id, fields)

    @classmethod
    def _sent(
        cls,
        payload: ModelOnexEvent,
        route_spec: ModelRouteSpec,
        source_node_id: UUID,
        fields: dict[str, Any],
    ) -> Self:
        origin = {"correlation_id": getattr(payload, "correlation_id", None)}
        return cls(
            payload=payload,
            route_spec=route_spec,
            source_node_id=source_node_id,
            **(origin | fields),
        )

    def record_hop(
        self, node_id: UUID, hop_type: EnumRouteHopType = EnumRouteHopType.ROUTER
    ) -> None:
        """Note that `node_id` has the envelope now, and go on to the next part of the way."""
        self.trace.append(ModelRouteHop(node_id=node_id, hop_type=hop_type))
        self.current_hop_count += 1
        if hop_type is EnumRouteHopType.ROUTER:
            self.route_spec = self.route_spec.after_hop()

    def record_delivery(self, error: str | None = None) -> None:
        """Count an attempt to deliver, which failed if there is an `error`."""
        self.delivery_attempts += 1
        self.last_delivery_error = error
        self.is_delivered = error is None


__all__ = ["ModelEventEnvelope"]
