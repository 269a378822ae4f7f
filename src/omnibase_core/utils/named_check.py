"""Runs one health check, sync or async, so that it always ends in a verdict."""

import asyncio
import inspect
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial

from omnibase_core.enums.enum_log_level import EnumLogLevel as LogLevel
from omnibase_core.logging.structured import emit_log_event_sync as emit_log_event
from omnibase_core.models.core.model_health_status import ModelHealthStatus
from omnibase_core.utils.health_results import (
    component_failure,
    component_health,
    dependency_failure,
    dependency_health,
)

__all__ = ["NamedCheck", "component_check", "dependency_check"]


@dataclass(frozen=True, slots=True)
class NamedCheck:
    """A check and how its answer, or its error, is judged.

    `seconds` limits the wait for an async check; a sync one cannot be interrupted.
    """

    name: str
    call: Callable[[], object]
    judge: Callable[[str, object], ModelHealthStatus]
    blame: Callable[[str, BaseException], ModelHealthStatus]

    def run(self, seconds: float) -> ModelHealthStatus:
        """Return the verdict; an async check is run on a loop of its own."""
        try:
            answer = self.call()
            if inspect.isawaitable(answer):
                answer = self._completed(answer, seconds)
            return self.judge(self.name, answer)
        except (Exception, asyncio.CancelledError) as error:  # noqa: BLE001 - a failure is a result
            return self.failed(error)

    async def run_async(self, seconds: float) -> ModelHealthStatus:
        """Return the verdict; an async check is awaited."""
        try:
            answer = self.call()
            if inspect.isawaitable(answer):
                answer = await _within(answer, seconds)
            return self.judge(self.name, answer)
        except Exception as error:  # noqa: BLE001 - a failure is a result
            return self.failed(error)

    def failed(self, error: BaseException) -> ModelHealthStatus:
        """Return the verdict on a check that ended in `error`."""
        emit_log_event(
            LogLevel.ERROR,
            f"Health check {self.name} failed",
            {"check": self.name, "error": str(error), "error_type": type(error).__name__},
        )
        return self.blame(self.name, error)

    def _completed(self, pending: Awaitable[object], seconds: float) -> object:
        emit_log_event(
            LogLevel.WARNING,
            f"Async health check {self.name} called from sync code",
            {"check": self.name},
        )
        if _loop_is_running():
            if inspect.iscoroutine(pending):
                pending.close()  # Python warns about a coroutine that nobody awaits
            raise RuntimeError("an event loop is running here; await health_check_async()")
        # Without the factory the runner would also replace the event loop of this thread.
        with asyncio.Runner(loop_factory=asyncio.new_event_loop) as runner:
            return runner.run(_within(pending, seconds))


def component_check(check: Callable[[], object]) -> NamedCheck:
    """Return a check that answers with a health status, under the name of its function."""
    return NamedCheck(_name_of(check), check, component_health, component_failure)


def dependency_check(name: str, check: Callable[[], object]) -> NamedCheck:
    """Return a check that answers whether the dependency `name` is there."""
    return NamedCheck(name, check, dependency_health, dependency_failure)


def _name_of(check: Callable[[], object]) -> str:
    while isinstance(check, partial):
        check = check.func
    return getattr(check, "__name__", type(check).__name__)


def _loop_is_running() -> bool:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True


async def _within(pending: Awaitable[object], seconds: float) -> object:
    limit = asyncio.timeout(seconds)
    try:
        async with limit:
            return await pending
    except TimeoutError as error:
        if limit.expired():
            raise TimeoutError(f"timed out after {seconds:g} s") from error
        raise
