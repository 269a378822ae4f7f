"""The ways an envelope finds its receivers."""

from enum import Enum


class EnumRoutingMode(str, Enum):
    """Who decides where an envelope goes next."""

    DIRECT = "direct"
    EXPLICIT = "explicit"
    ANYCAST = "anycast"
    BROADCAST = "broadcast"
