"""How often, and how patiently, a node repeats work that failed in passing."""

from collections.abc import Iterator
from typing import ClassVar, Final

from pydantic import Field

from omnibase_core.models.contracts.subcontracts.common_rules import (
    faulty_names,
    offenders,
    repeated,
    unlisted,
)
from omnibase_core.models.contracts.subcontracts.model_broken_rule import BrokenRule
from omnibase_core.models.contracts.subcontracts.model_subcontract_base import (
    ModelSubcontractBase,
)
from omnibase_core.primitives.model_semver import ModelSemVer

__all__ = ["ModelRetrySubcontract"]

_STRATEGIES: Final = ("fixed", "linear", "exponential", "random", "fibonacci")
_STATUS_CODES: Final = frozenset(range(100, 600))


class ModelRetrySubcontract(ModelSubcontractBase):
    """Settings of retries. Interface 1.0.0, locked.

    No retry at all is a legal choice, and so is a multiplier that the strategy has no use for.
    """

    INTERFACE_VERSION: ClassVar[ModelSemVer] = ModelSemVer(major=1, minor=0, patch=0)

    max_retries: int = Field(default=3, ge=0, le=100, description="Attempts after the first")
    base_delay_seconds: float = Field(
        default=1.0, ge=0.1, le=3600.0, description="Delay before the first retry"
    )
    backoff_strategy: str = Field(
        default="exponential",
        description="How delays grow",
        json_schema_extra={"enum": list(_STRATEGIES)},
    )
    backoff_multiplier: float = Field(
        default=2.0, ge=1.0, le=10.0, description="What the next delay is multiplied by"
    )
    max_delay_seconds: float = Field(
        default=300.0, ge=1.0, le=3600.0, description="Upper bound of any delay"
    )
    jitter_enabled: bool = Field(default=True, description="Spread delays at random")
    jitter_max_seconds: float = Field(
        default=1.0, ge=0.0, le=60.0, description="Most that is added at random"
    )
    retry_on_exceptions: list[str] = Field(
        default=["ConnectionError", "TimeoutError", "HTTPError"],
        description="Names of the exceptions that are worth another attempt",
    )
    retry_on_status_codes: list[int] = Field(
        default=[429, 500, 502, 503, 504],
        description="HTTP status codes that are worth another attempt",
    )
    stop_on_success: bool = Field(default=True, description="Stop at the first success")
    circuit_breaker_enabled: bool = Field(
        default=False, description="Stop calling what fails again and again"
    )
    circuit_breaker_threshold: int = Field(
        default=5, ge=1, le=100, description="Failures that open the breaker"
    )
    circuit_reset_timeout_seconds: float = Field(
        default=60.0, ge=1.0, le=3600.0, description="Time before an open breaker is probed"
    )

    def broken_rules(self) -> Iterator[BrokenRule]:
        """Yield an unknown strategy, delays in the wrong order, and lists that cannot be meant."""
        yield from unlisted("backoff_strategy", self.backoff_strategy, _STRATEGIES)
        if self.max_delay_seconds < self.base_delay_seconds:
            yield BrokenRule(
                "max_delay_seconds", f"is below base_delay_seconds ({self.base_delay_seconds})"
            )
        if self.jitter_enabled and self.jitter_max_seconds > self.max_delay_seconds:
            yield BrokenRule(
                "jitter_max_seconds", f"is above max_delay_seconds ({self.max_delay_seconds})"
            )
        yield from faulty_names("retry_on_exceptions", self.retry_on_exceptions)
        codes = self.retry_on_status_codes
        if len(_STATUS_CODES.intersection(codes)) != len(codes):
            strangers = (code not in _STATUS_CODES for code in codes)
            yield from offenders("retry_on_status_codes", "is not within 100 to 599", strangers)
            yield from repeated("retry_on_status_codes", codes)
