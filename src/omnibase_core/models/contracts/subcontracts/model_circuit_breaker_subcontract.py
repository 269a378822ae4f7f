"""When a node stops calling what keeps failing, and how it tries again."""

from collections.abc import Iterator, Mapping
from typing import Annotated, ClassVar, Final

from pydantic import BeforeValidator, Field, TypeAdapter, ValidationError, model_validator
from pydantic_core import InitErrorDetails, PydanticKnownError

from omnibase_core.models.contracts.subcontracts.model_broken_rule import BrokenRule
from omnibase_core.models.contracts.subcontracts.model_subcontract_base import (
    ModelSubcontractBase,
    raise_broken_rules,
)
from omnibase_core.primitives.model_semver import ModelSemVer

__all__ = ["ModelCircuitBreakerSubcontract"]

_LONGEST_SECONDS: Final = 300


def _no_truth_value(value: object) -> object:
    if isinstance(value, bool):
        raise PydanticKnownError("int_type")
    return value


_SECONDS: Final = TypeAdapter(Annotated[int, Field(ge=1, le=_LONGEST_SECONDS)])
_MILLISECONDS: Final = TypeAdapter(
    Annotated[int, Field(ge=1, le=_LONGEST_SECONDS * 1000), BeforeValidator(_no_truth_value)]
)


class ModelCircuitBreakerSubcontract(ModelSubcontractBase):
    """Settings of the circuit breaker. Interface 1.0.0, locked.

    Input may give `timeout_ms` in place of `timeout_seconds`; it is rounded up to whole seconds
    and never written.
    """

    INTERFACE_VERSION: ClassVar[ModelSemVer] = ModelSemVer(major=1, minor=0, patch=0)
    OLD_KEYS: ClassVar[Mapping[str, str]] = {"timeout_ms": "timeout_seconds, in whole seconds"}

    enabled: bool = Field(default=True, description="Break the circuit at all")
    failure_threshold: int = Field(default=5, ge=1, le=100, description="Failures that open it")
    success_threshold: int = Field(default=2, ge=1, le=20, description="Successes that close it")
    timeout_seconds: int = Field(
        default=60, ge=1, le=_LONGEST_SECONDS, description="Time before it is probed"
    )
    half_open_max_calls: int = Field(default=3, ge=1, description="Probes at once")
    failure_rate_threshold: float = Field(
        default=0.5, ge=0.0, le=1.0, description="Share of failures that opens it"
    )
    minimum_calls: int = Field(default=10, ge=1, description="Calls before shares count")
    slow_call_duration_ms: int = Field(default=60000, ge=1000, description="A call is slow from")
    slow_call_rate_threshold: float = Field(
        default=0.6, ge=0.0, le=1.0, description="Share of slow calls that opens it"
    )

    @model_validator(mode="before")
    @classmethod
    def _milliseconds_become_seconds(cls, data: object) -> object:
        if not isinstance(data, Mapping) or "timeout_ms" not in data:
            return data
        rest = {key: value for key, value in data.items() if key != "timeout_ms"}
        milliseconds = _milliseconds(data["timeout_ms"])
        seconds = -(-milliseconds // 1000)
        raise_broken_rules(cls.__name__, _broken_timeout(milliseconds, rest, seconds))
        return {"timeout_seconds": seconds} | rest

    def broken_rules(self) -> Iterator[BrokenRule]:
        """Yield a number of successes that the probes cannot reach."""
        if self.success_threshold > self.half_open_max_calls:
            yield BrokenRule(
                "success_threshold", f"is above half_open_max_calls ({self.half_open_max_calls})"
            )


def _milliseconds(value: object) -> int:
    """Return what `timeout_ms` says, or raise an error that names it."""
    try:
        return _MILLISECONDS.validate_python(value)
    except ValidationError as error:
        raise ValidationError.from_exception_data(
            error.title,
            [
                InitErrorDetails(
                    type=problem["type"],
                    loc=("timeout_ms",),
                    input=value,
                    ctx=problem.get("ctx", {}),
                )
                for problem in error.errors()
            ],
        ) from None


def _broken_timeout(
    milliseconds: int, rest: Mapping[object, object], seconds: int
) -> Iterator[BrokenRule]:
    """Yield a `timeout_seconds` that is in order by itself and says another time."""
    try:
        other = _SECONDS.validate_python(rest.get("timeout_seconds", seconds))
    except ValidationError:
        return  # the field itself is going to object
    if other != seconds:
        yield BrokenRule("timeout_ms", f"is {milliseconds}, but timeout_seconds is {other}")
