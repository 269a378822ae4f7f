"""A guard that stops calls to something that keeps failing."""

from datetime import datetime, timedelta

from omnibase_core.enums.enum_circuit_breaker_state import EnumCircuitBreakerState


class ModelCircuitBreaker:
    """Closed while calls succeed, open after repeated failures, half-open to probe for recovery.

    Nothing counts the attempts of the half-open state: until one of them is
    recorded as success or failure, every call may go ahead.
    """

    def __init__(
        self,
        failure_threshold: int = 5,
        recovery_timeout_seconds: int = 60,
        half_open_max_attempts: int = 3,
    ) -> None:
        """Start closed, with no failure counted."""
        self.failure_threshold = failure_threshold
        self.recovery_timeout_seconds = recovery_timeout_seconds
        self.half_open_max_attempts = half_open_max_attempts
        self.state = EnumCircuitBreakerState.CLOSED
        self.failure_count = 0
        self.last_failure_time: datetime | None = None
        self.half_open_attempts = 0

    def can_execute(self) -> bool:
        """Return whether a call may go ahead; an open breaker that has rested turns half-open."""
        if self.state == EnumCircuitBreakerState.CLOSED:
            return True
        if self.state == EnumCircuitBreakerState.HALF_OPEN:
            return self.half_open_attempts < self.half_open_max_attempts
        if not self._has_rested():
            return False
        self.state = EnumCircuitBreakerState.HALF_OPEN
        self.half_open_attempts = 0
        return True

    def record_success(self) -> None:
        """Forget one failure, or close the breaker if it was half-open."""
        if self.state == EnumCircuitBreakerState.HALF_OPEN:
            self.state = EnumCircuitBreakerState.CLOSED
            self.failure_count = 0
            self.half_open_attempts = 0
        elif self.state == EnumCircuitBreakerState.CLOSED:
            self.failure_count = max(0, self.failure_count - 1)

    def record_failure(self) -> None:
        """Count a failure; open the breaker at the threshold, or at once if it was half-open."""
        self.failure_count += 1
        self.last_failure_time = datetime.now()  # noqa: DTZ005 - naive by contract
        if self.state == EnumCircuitBreakerState.HALF_OPEN:
            self.state = EnumCircuitBreakerState.OPEN
            self.half_open_attempts = 0
        elif self.failure_count >= self.failure_threshold:
            self.state = EnumCircuitBreakerState.OPEN

    def _has_rested(self) -> bool:
        if self.last_failure_time is None:
            return False
        rest = timedelta(seconds=self.recovery_timeout_seconds)
        return datetime.now() - self.last_failure_time > rest  # noqa: DTZ005 - naive by contract


__all__ = ["ModelCircuitBreaker"]
