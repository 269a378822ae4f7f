"""Tells whether a node and what it depends on are well."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from functools import cached_property
from typing import Any, TypeAlias

from omnibase_core.enums.enum_log_level import EnumLogLevel as LogLevel
from omnibase_core.enums.enum_node_health_status import EnumNodeHealthStatus
from omnibase_core.logging.structured import emit_log_event_sync as emit_log_event
from omnibase_core.models.contracts.subcontracts.model_health_check_subcontract import (
    ModelHealthCheckSubcontract,
)
from omnibase_core.models.core.model_health_status import ModelHealthStatus
from omnibase_core.utils.health_results import NamedResult, combined, level, worst
from omnibase_core.utils.named_check import NamedCheck, component_check, dependency_check

__all__ = ["HealthCheck", "MixinHealthCheck"]

HealthCheck: TypeAlias = Callable[[], ModelHealthStatus | Awaitable[ModelHealthStatus]]


class MixinHealthCheck:
    """Runs the checks that a node names and makes one status of them.

    Needs nothing. A host overrides `get_health_checks` and `get_dependency_checks`, and may set
    `health_check_settings`. Every result is reported as it is; the thresholds of the settings
    decide how many like results in a row it takes until an event says that the health changed.
    """

    # Defaults on the class serve hosts whose constructors stop short of this one.
    _health_check_count: int = 0
    _last_health_check: ModelHealthStatus | None = None
    _last_health_check_at: float = 0.0
    _known_as_healthy: bool = True
    _contrary_results: int = 0

    _health_clock = staticmethod(time.monotonic)
    _health_pause = staticmethod(asyncio.sleep)  # tests put a still clock here

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Pass all arguments on."""
        super().__init__(*args, **kwargs)
        emit_log_event(
            LogLevel.DEBUG,
            "MIXIN_INIT: MixinHealthCheck",
            {"mixin_class": type(self).__name__},
        )

    @cached_property
    def health_check_settings(self) -> ModelHealthCheckSubcontract:
        """The settings; a host may assign others, on the class or on the instance."""
        return ModelHealthCheckSubcontract()

    @property
    def is_healthy(self) -> bool:
        """Whether a check has found the node healthy, and lately.

        A result is good for `health_status_ttl_seconds`, and for as long again as the check
        that renews it may take.
        """
        last = self._last_health_check
        if last is None or level(last) is not EnumNodeHealthStatus.HEALTHY:
            return False
        good_for = self.health_check_settings.health_status_ttl_seconds
        age = self._health_clock() - self._last_health_check_at
        return age <= good_for + self._seconds_for_a_check()

    @property
    def last_health_check(self) -> ModelHealthStatus | None:
        """The result of the last check, None before the first."""
        return self._last_health_check

    @property
    def health_check_count(self) -> int:
        """How often the health of this node has been checked."""
        return self._health_check_count

    def get_health_checks(self) -> list[HealthCheck]:
        """Return the checks of the node's own parts; here there are none."""
        return []

    def get_dependency_checks(self) -> Mapping[str, Callable[[], object]]:
        """Return by name what answers truthily while a dependency is there; here nothing."""
        return {}

    def health_check(self) -> ModelHealthStatus:
        """Run all checks in order and return what they add up to.

        Async checks are run on a loop of their own, which is impossible and counts as their
        failure where a loop is running already.
        """
        seconds = self._seconds_for_a_check()
        checks = self._included_checks()
        return self._concluded([(check.name, check.run(seconds)) for check in checks])

    async def health_check_async(self) -> ModelHealthStatus:
        """Run all checks, side by side unless the settings object, and return their sum."""
        seconds = self._seconds_for_a_check()
        checks = self._included_checks()
        if self.health_check_settings.enable_async_checks:
            results = await _side_by_side(checks, seconds)
        else:
            results = [
                found for check in checks for found in await _side_by_side([check], seconds)
            ]
        return self._concluded(results)

    async def watch_health(self) -> AsyncIterator[ModelHealthStatus]:
        """Yield a fresh result now and after each interval, until the caller stops."""
        while True:
            yield await self.health_check_async()
            await self._health_pause(self.health_check_settings.health_check_interval_ms / 1000)

    def check_dependency_health(
        self, dependency_name: str, check_func: Callable[[], object]
    ) -> ModelHealthStatus:
        """Return HEALTHY if `check_func` answers truthily, else UNHEALTHY with the reason."""
        check = dependency_check(dependency_name, check_func)
        return check.run(self._seconds_for_a_check())

    def _included_checks(self) -> list[NamedCheck]:
        settings = self.health_check_settings
        checks = []
        if settings.include_component_checks:
            checks += [component_check(check) for check in self.get_health_checks()]
        if settings.include_dependency_checks:
            dependencies = self.get_dependency_checks().items()
            checks += [dependency_check(name, check) for name, check in dependencies]
        return checks

    def _seconds_for_a_check(self) -> float:
        return self.health_check_settings.health_check_timeout_ms / 1000

    def _concluded(self, results: list[NamedResult]) -> ModelHealthStatus:
        if results and not self.health_check_settings.aggregate_check_results:
            status = worst(results)
        else:
            status = combined(f"{type(self).__name__} is operational", results)
        self._health_check_count += 1
        self._last_health_check = status
        self._last_health_check_at = self._health_clock()
        self._notice_change(status)
        return status

    def _notice_change(self, status: ModelHealthStatus) -> None:
        """Emit events once enough results in a row contradict what the node is known as."""
        settings = self.health_check_settings
        healthy = level(status) is EnumNodeHealthStatus.HEALTHY
        if healthy == self._known_as_healthy:
            self._contrary_results = 0
            return
        self._contrary_results += 1
        threshold = settings.recovery_threshold if healthy else settings.failure_threshold
        if self._contrary_results < threshold:
            return
        self._known_as_healthy, self._contrary_results = healthy, 0
        if settings.emit_health_events:
            self._emit_health_event("health.status.changed", status)
            if healthy:
                self._emit_health_event("health.recovered", status)

    def _emit_health_event(self, name: str, status: ModelHealthStatus) -> None:
        """Log the event; a host with an event bus overrides this to publish it."""
        facts = {"node": type(self).__name__, "status": status.status.value}
        emit_log_event(LogLevel.WARNING, name, {**facts, "message": status.message})


async def _side_by_side(checks: list[NamedCheck], seconds: float) -> list[NamedResult]:
    # With exceptions as results, a check that is cancelled by itself does not look like a
    # cancellation of this call.
    outcomes = await asyncio.gather(
        *(check.run_async(seconds) for check in checks), return_exceptions=True
    )
    return [
        (check.name, check.failed(found) if isinstance(found, BaseException) else found)
        for check, found in zip(checks, outcomes, strict=True)
    ]
