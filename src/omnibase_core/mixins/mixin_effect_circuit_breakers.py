"""Keeps a circuit breaker for each kind of effect and tells how they stand."""

from typing import TYPE_CHECKING, Any

from omnibase_core.enums.enum_log_level import EnumLogLevel as LogLevel
from omnibase_core.logging.structured import emit_log_event_sync as emit_log_event
from omnibase_core.models.infrastructure.model_circuit_breaker import ModelCircuitBreaker

if TYPE_CHECKING:
    from uuid import UUID


class MixinEffectCircuitBreakers:
    """Keeps a circuit breaker for each kind of effect and tells how they stand.

    Needs `self.node_id` from the class that it is mixed into.
    """

    if TYPE_CHECKING:
        node_id: UUID

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Give the instance its own `circuit_breakers`."""
        super().__init__(*args, **kwargs)
        # One breaker for each kind of effect that has asked for one so far.
        self.circuit_breakers: dict[str, ModelCircuitBreaker] = {}

    def _get_circuit_breaker(self, service_name: str) -> ModelCircuitBreaker:
        """Return the breaker of a service, with default settings if it is new.

        Args:
            service_name: The value of an effect type, or any other name.

        Returns:
            The same object for the same name, for as long as nobody replaces it.
        """
        if service_name not in self.circuit_breakers:
            self.circuit_breakers[service_name] = ModelCircuitBreaker()

        return self.circuit_breakers[service_name]

    def _get_circuit_breaker_status(self) -> dict[str, Any]:
        """Describe the circuit breakers that exist at this moment.

        Returns:
            Their number, the state and settings of each by its name, and the settings that a
            new one starts with; or the status `unknown` with the error if they cannot be
            described.
        """
        try:
            circuit_breaker_details: dict[str, dict[str, Any]] = {}
            for service_name, circuit_breaker in self.circuit_breakers.items():
                circuit_breaker_details[service_name] = {
                    "state": circuit_breaker.state.value,
                    "failure_count": circuit_breaker.failure_count,
                    "failure_threshold": circuit_breaker.failure_threshold,
                    "recovery_timeout_seconds": circuit_breaker.recovery_timeout_seconds,
                    "last_failure_time": (
                        circuit_breaker.last_failure_time.isoformat()
                        if circuit_breaker.last_failure_time
                        else None
                    ),
                }

            return {
                "circuit_breaker_count": len(self.circuit_breakers),
                "circuit_breaker_details": circuit_breaker_details,
                "default_failure_threshold": 5,
                "default_recovery_timeout_seconds": 60,
            }

        except Exception as e:
            emit_log_event(
                LogLevel.WARNING,
                f"Failed to get circuit breaker status: {e!s}",
                {"node_id": str(self.node_id), "error": str(e)},
            )
            return {"status": "unknown", "error": str(e)}
