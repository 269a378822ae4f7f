"""How an effect repeats what failed, and when it stops trying."""

from typing import Self

from pydantic import Field, model_validator

from omnibase_core.enums.enum_retry_backoff_strategy import EnumRetryBackoffStrategy
from omnibase_core.models.utils.model_atomic_assignment import ModelAtomicAssignment
from omnibase_core.models.utils.validation_error import validation_error


class ModelEffectRetryConfig(ModelAtomicAssignment):
    """Retry and circuit breaker settings of an effect contract."""

    max_attempts: int = Field(default=3, ge=1, description="Attempts, the first included")
    backoff_strategy: EnumRetryBackoffStrategy = Field(
        default=EnumRetryBackoffStrategy.EXPONENTIAL, description="How delays grow"
    )
    base_delay_ms: int = Field(default=100, ge=1, description="Delay before the first retry")
    max_delay_ms: int = Field(default=5000, ge=1, description="Upper bound of any delay")
    jitter_enabled: bool = Field(default=True, description="Spread delays at random")
    circuit_breaker_enabled: bool = Field(default=True, description="Stop calling what fails")
    circuit_breaker_threshold: int = Field(
        default=3, ge=1, description="Failures that open the breaker"
    )
    circuit_breaker_timeout_s: int = Field(
        default=60, ge=1, description="Time before an open breaker is probed"
    )

    @model_validator(mode="after")
    def _delays_have_room(self) -> Self:
        if self.max_delay_ms <= self.base_delay_ms:
            raise validation_error(
                "max_delay_ms must be greater than base_delay_ms",
                field="max_delay_ms",
                max_delay_ms=str(self.max_delay_ms),
                base_delay_ms=str(self.base_delay_ms),
            )
        return self
