"""Verdicts of health checks, and what they add up to."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final, TypeAlias

from omnibase_core.enums.enum_node_health_status import EnumNodeHealthStatus
from omnibase_core.models.core.model_health_status import ModelHealthStatus

__all__ = [
    "NamedResult",
    "combined",
    "component_failure",
    "component_health",
    "dependency_failure",
    "dependency_health",
    "level",
    "worst",
]

NamedResult: TypeAlias = tuple[str, ModelHealthStatus]

_FROM_BEST_TO_WORST: Final = (
    EnumNodeHealthStatus.HEALTHY,
    EnumNodeHealthStatus.UNKNOWN,
    EnumNodeHealthStatus.DEGRADED,
    EnumNodeHealthStatus.UNHEALTHY,
    EnumNodeHealthStatus.CRITICAL,
)


def component_health(name: str, answer: object) -> ModelHealthStatus:
    """Return the answer of a check; one that is no health status is unhealthy."""
    if isinstance(answer, ModelHealthStatus):
        return answer
    problem = f"Invalid return type from {name}: {type(answer).__name__}"
    return _verdict(EnumNodeHealthStatus.UNHEALTHY, problem)


def component_failure(_name: str, error: BaseException) -> ModelHealthStatus:
    """Return the verdict on a check that raised."""
    return _verdict(EnumNodeHealthStatus.UNHEALTHY, f"ERROR - {_text(error)}")


def dependency_health(name: str, answer: object) -> ModelHealthStatus:
    """Return the verdict on a dependency, which is there if the answer is truthy."""
    if answer:
        return _verdict(EnumNodeHealthStatus.HEALTHY, f"{name} is available")
    return _verdict(EnumNodeHealthStatus.UNHEALTHY, f"{name} is unavailable")


def dependency_failure(name: str, error: BaseException) -> ModelHealthStatus:
    """Return the verdict on a dependency whose check raised."""
    return _verdict(EnumNodeHealthStatus.UNHEALTHY, f"{name} check failed: {_text(error)}")


def combined(summary: str, results: Sequence[NamedResult]) -> ModelHealthStatus:
    """Return the worst status under a message that quotes every result."""
    if not results:
        return _verdict(EnumNodeHealthStatus.HEALTHY, summary)
    reports = "; ".join(f"{name}: {result.message}" for name, result in results)
    return _verdict(level(worst(results)), f"{summary}. Checks: {reports}")


def worst(results: Sequence[NamedResult]) -> ModelHealthStatus:
    """Return the worst result, the first one among equals."""
    statuses = [result for _, result in results]
    return max(statuses, key=lambda result: _FROM_BEST_TO_WORST.index(level(result)))


def level(result: ModelHealthStatus) -> EnumNodeHealthStatus:
    """Return how well the subject of a result is."""
    return EnumNodeHealthStatus(result.status.value)


def _verdict(status: EnumNodeHealthStatus, message: str) -> ModelHealthStatus:
    return ModelHealthStatus(
        status=status,
        message=message,
        timestamp=datetime.now(UTC).isoformat(),
        uptime_seconds=0.0,
        memory_usage_mb=0.0,
        cpu_usage_percent=0.0,
    )


def _text(error: BaseException) -> str:
    return str(error) or type(error).__name__
