"""What nodes work with: transactions, circuit breakers, conflict resolvers, windows."""

from omnibase_core.models.infrastructure.model_circuit_breaker import ModelCircuitBreaker
from omnibase_core.models.infrastructure.model_conflict_resolver import ModelConflictResolver
from omnibase_core.models.infrastructure.model_streaming_window import ModelStreamingWindow
from omnibase_core.models.infrastructure.model_transaction import ModelTransaction

__all__ = [
    "ModelCircuitBreaker",
    "ModelConflictResolver",
    "ModelStreamingWindow",
    "ModelTransaction",
]
