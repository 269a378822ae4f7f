"""Counts and times effects by their kind."""

from typing import TYPE_CHECKING, Any

from omnibase_core.enums.enum_circuit_breaker_state import EnumCircuitBreakerState
from omnibase_core.mixins.mixin_operation_metrics import MixinOperationMetrics
from omnibase_core.mixins.mixin_self_description import MixinSelfDescription

if TYPE_CHECKING:
    import asyncio

    from omnibase_core.models.infrastructure.model_circuit_breaker import ModelCircuitBreaker
    from omnibase_core.models.infrastructure.model_transaction import ModelTransaction


class MixinEffectMetrics:
    """Counts and times effects by their kind.

    Needs `self.active_transactions`, `self.circuit_breakers`, `self.effect_semaphore`,
    `self.max_concurrent_effects` from the class that it is mixed into.
    """

    if TYPE_CHECKING:
        active_transactions: dict[str, ModelTransaction]
        circuit_breakers: dict[str, ModelCircuitBreaker]
        effect_semaphore: asyncio.Semaphore
        max_concurrent_effects: int

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Give the instance its own `effect_metrics`."""
        super().__init__(*args, **kwargs)
        # Counters and times for each kind of effect, created when it is first carried out.
        self.effect_metrics: dict[str, dict[str, float]] = {}

    total_name: str = "total_operations"

    _update_effect_metrics = MixinOperationMetrics._count_operation

    work_label: str = "effect"

    _get_effect_metrics_sync = MixinSelfDescription._get_metrics_sync

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

    def _metrics_of_kind(self, effect_type: str) -> Any:
        """Do what differs between the classes in `_count_operation`."""
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
        return metrics

    def _collect_metrics(self) -> dict[str, Any]:
        """Do what differs between the classes in `_get_metrics_sync`."""
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
