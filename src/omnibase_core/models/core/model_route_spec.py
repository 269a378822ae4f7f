"""Where an envelope is going, and by which way."""

from typing import Any, Final, Self

from pydantic import BaseModel, ConfigDict, Field

from omnibase_core.enums.enum_routing_mode import EnumRoutingMode

_EVERYBODY: Final = "broadcast://all"


class ModelRouteSpec(BaseModel):
    """A destination such as `node://<id>`, and the hops still to be made on the way there."""

    model_config = ConfigDict(frozen=True)

    final_destination: str = Field(min_length=1, description="The address of the receivers")
    routing_mode: EnumRoutingMode = Field(
        default=EnumRoutingMode.DIRECT, description="Who decides where it goes next"
    )
    remaining_hops: tuple[str, ...] = Field(
        default=(), description="Addresses to pass before the destination, in order"
    )

    @classmethod
    def create_direct_route(cls, destination: str) -> Self:
        """Return the way straight to `destination`."""
        return cls(final_destination=destination)

    @classmethod
    def create_broadcast_route(cls) -> Self:
        """Return the way to everybody."""
        return cls(final_destination=_EVERYBODY, routing_mode=EnumRoutingMode.BROADCAST)

    @classmethod
    def create_anycast_route(cls, service: str) -> Self:
        """Return the way to whichever node offers `service`."""
        return cls(final_destination=service, routing_mode=EnumRoutingMode.ANYCAST)

    @classmethod
    def create_explicit_route(cls, hops: list[str], destination: str) -> Self:
        """Return the way over each of `hops`, in that order."""
        return cls(
            final_destination=destination,
            routing_mode=EnumRoutingMode.EXPLICIT,
            remaining_hops=tuple(hops),
        )

    @property
    def next_hop(self) -> str:
        """The address to go to now."""
        return self.remaining_hops[0] if self.remaining_hops else self.final_destination

    def after_hop(self) -> Self:
        """Return what is left of the way once the next hop is made."""
        left: dict[str, Any] = {"remaining_hops": self.remaining_hops[1:]}
        return self.model_copy(update=left)


__all__ = ["ModelRouteSpec"]
