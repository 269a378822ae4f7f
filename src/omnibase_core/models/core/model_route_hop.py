"""One place that an envelope has passed."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel, Field

from omnibase_core.enums.enum_route_hop_type import EnumRouteHopType


def _now() -> datetime:
    return datetime.now(UTC)


class ModelRouteHop(BaseModel):
    """Which node had the envelope, in which part, and when."""

    node_id: UUID = Field(description="The node that had it")
    hop_type: EnumRouteHopType = Field(
        default=EnumRouteHopType.ROUTER, description="The part it played"
    )
    timestamp: datetime = Field(default_factory=_now, description="When it had it")
    metadata: dict[str, Any] = Field(default_factory=dict, description="Any further facts")


__all__ = ["ModelRouteHop"]
