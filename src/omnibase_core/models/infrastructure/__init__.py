"""What keeps a node's side effects in hand: transactions and circuit breakers."""

from omnibase_core.models.infrastructure.model_circuit_breaker import ModelCircuitBreaker
from omnibase_core.models.infrastructure.model_transaction import ModelTransaction

__all__ = ["ModelCircuitBreaker", "ModelTransaction"]
