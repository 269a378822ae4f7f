"""The states of a circuit breaker."""

from enum import Enum


class EnumCircuitBreakerState(Enum):
    """Whether a circuit breaker lets calls through."""

    CLOSED = "closed"
    OPEN = "open"
    HALF_OPEN = "half_open"
