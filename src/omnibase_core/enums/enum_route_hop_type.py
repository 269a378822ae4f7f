"""The parts a node can play on a route."""

from enum import Enum


class EnumRouteHopType(str, Enum):
    """What a node did with an envelope that passed it."""

    SOURCE = "source"
    ROUTER = "router"
    DESTINATION = "destination"
