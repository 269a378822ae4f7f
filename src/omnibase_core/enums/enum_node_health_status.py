"""How well a node is."""

from enum import Enum


class EnumNodeHealthStatus(str, Enum):
    """The health of a node or of something that it depends on."""

    HEALTHY = "healthy"
    DEGRADED = "degraded"
    UNHEALTHY = "unhealthy"
    CRITICAL = "critical"
    UNKNOWN = "unknown"
