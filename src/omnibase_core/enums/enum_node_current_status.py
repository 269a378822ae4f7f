"""What a node answers when asked how it is."""

from enum import Enum


class EnumNodeCurrentStatus(str, Enum):
    """Whether a node, or one of its tools, takes work at this moment."""

    READY = "ready"
    BUSY = "busy"
    DEGRADED = "degraded"
    STARTING = "starting"
    STOPPING = "stopping"
    ERROR = "error"
