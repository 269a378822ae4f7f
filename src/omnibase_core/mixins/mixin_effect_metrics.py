"""Counts and times effects by their kind."""

from typing import TYPE_CHECKING, Any

from omnibase_core.enums.enum_circuit_breaker_state import EnumCircuitBreakerState
from omnibase_core.enums.enum_log_level import EnumLogLevel as LogLevel
from omnibase_core.logging.structured import emit_log_event_sync as emit_log_event

if TYPE_CHECKING:
    import asyncio
    from uuid import UUID

    from omnibase_core.models.infrastructure.model_circuit_breaker import ModelCircuitBreaker
    from omnibase_core.models.infrastructure.model_transaction import ModelTransaction


class MixinEffectMetrics:
    """Counts and times effects by their kind.

    Needs `self.active_transactions`, `self.circuit_breakers`, `self.effect_semaphore`,
    `self.max_concurrent_effects`, `self.node_id` from the class that it is mixed into.
    """

    if TYPE_CHECKING:
        active_transactions: dict[str, ModelTransaction]
        circuit_breakers: dict[str, ModelCircuitBreaker]
        effect_semaphore: asyncio.Semaphore
        max_concurrent_effects: int
        node_id: UUID

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Give the instance its own `effect_metrics`."""
        super().__init__(*args, **kwargs)
        # Counters and times for each kind of effect, created when it is first carried out.
        self.effect_metrics: dict[str, dict[str, float]] = {}

    async def get_effect_metrics(self) -> dict[str, dict[str, float]]:
        """Report counters and times, the breakers and the transactions in one mapping.

        Every figure is a float, flags included, so that the report can be fed to a metrics
        store without a look at its keys.

        Returns:
            One entry for each kind of effect carried out so far, one for each breaker under the
            name `circuit_breaker_<kind>`, and one called `transaction_management`.
        """
        circuit_breaker_metrics: dict[str, dict[str, float]] = {}
        for service_name, circuit_breaker in self.circuit_breakers.items():
            circuit_breaker_metrics[f"circuit_breaker_{service_name}"] = {
                "state": (1.0 if circuit_breaker.state == EnumCircuitBreakerState.CLOSED else 0.0),
                "failure_count": float(circuit_breaker.failure_count),
                "is_open": (1.0 if circuit_breaker.state == EnumCircuitBreakerState.OPEN else 0.0),
            }

        return {
            **self.effect_metrics,
            **circuit_breaker_metrics,
            "transaction_management": {
                "active_transactions": float(len(self.active_transactions)),
                "max_concurrent_effects": float(self.max_concurrent_effects),
                "semaphore_available": float(self.effect_semaphore._value),
            },
        }

    async def _update_effect_metrics(
        self,
        effect_type: str,
        processing_time_ms: float,
        success: bool,
    ) -> None:
        """Count one more effect of a kind and take its time into the figures.

        Failures count for the times as well: a slow failure is as much of a burden as a slow
        success.

        Args:
            effect_type: The value of the effect type.
            processing_time_ms: How long the effect took.
            success: Whether it succeeded.
        """
        if effect_type not in self.effect_metrics:
            self.effect_metrics[effect_type] = {
                "total_operations": 0.0,
                "success_count": 0.0,
                "error_count": 0.0,
                "avg_processing_time_ms": 0.0,
                "min_processing_time_ms": float("inf"),
                "max_processing_time_ms": 0.0,
            }

        metrics = self.effect_metrics[effect_type]
        metrics["total_operations"] += 1

        if success:
            metrics["success_count"] += 1
        else:
            metrics["error_count"] += 1

        metrics["min_processing_time_ms"] = min(
            metrics["min_processing_time_ms"], processing_time_ms
        )
        metrics["max_processing_time_ms"] = max(
            metrics["max_processing_time_ms"], processing_time_ms
        )

        # A running average needs no history: the old average stands for all earlier times.
        total_operations = metrics["total_operations"]
        current_average = metrics["avg_processing_time_ms"]
        metrics["avg_processing_time_ms"] = (
            current_average * (total_operations - 1) + processing_time_ms
        ) / total_operations

    def _get_effect_metrics_sync(self) -> dict[str, Any]:
        """Report the same as `get_effect_metrics`, for callers that cannot await.

        Returns:
            The metrics, or the status `unknown` with the error if they cannot be put together.
        """
        try:
            circuit_breaker_metrics: dict[str, dict[str, float]] = {}
            for service_name, circuit_breaker in self.circuit_breakers.items():
                circuit_breaker_metrics[f"circuit_breaker_{service_name}"] = {
                    "state": (
                        1.0 if circuit_breaker.state == EnumCircuitBreakerState.CLOSED else 0.0
                    ),
                    "failure_count": float(circuit_breaker.failure_count),
                    "is_open": (
                        1.0 if circuit_breaker.state == EnumCircuitBreakerState.OPEN else 0.0
                    ),
                }

            return {
                **self.effect_metrics,
                **circuit_breaker_metrics,
                "transaction_management": {
                    "active_transactions": float(len(self.active_transactions)),
                    "max_concurrent_effects": float(self.max_concurrent_effects),
                    "semaphore_available": float(self.effect_semaphore._value),
                },
            }

        except Exception as e:
            emit_log_event(
                LogLevel.WARNING,
                f"Failed to get effect metrics: {e!s}",
                {"node_id": str(self.node_id), "error": str(e)},
            )
            return {"status": "unknown", "error": str(e)}
