"""Serves tool invocations from the bus with a node that runs for long."""

import asyncio
import inspect
import time
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, Final

from omnibase_core.constants.event_types import NODE_HEALTH_EVENT, TOOL_INVOCATION
from omnibase_core.enums.enum_log_level import EnumLogLevel as LogLevel
from omnibase_core.errors.error_codes import EnumCoreErrorCode
from omnibase_core.errors.model_onex_error import ModelOnexError
from omnibase_core.infrastructure.invocation_counts import InvocationCounts
from omnibase_core.infrastructure.shutdown_signals import ShutdownSignals
from omnibase_core.logging.structured import emit_log_event_sync as emit_log_event
from omnibase_core.mixins.mixin_event_driven_node import MixinEventDrivenNode
from omnibase_core.models.events.model_event_envelope import ModelEventEnvelope
from omnibase_core.models.events.model_onex_event import ModelOnexEvent
from omnibase_core.models.events.model_tool_invocation_event import ModelToolInvocationEvent
from omnibase_core.models.events.model_tool_response_event import ModelToolResponseEvent
from omnibase_core.utils.tool_run import completed, named_input_state, run_tool
from omnibase_core.utils.tool_values import invocation_in, json_mapping

__all__ = ["MixinNodeExecutor"]

_TOOL_EXECUTION_ERROR: Final = "TOOL_EXECUTION_ERROR"


class MixinNodeExecutor(MixinEventDrivenNode):
    """Answers every tool invocation for this node with what `run` makes of it.

    Needs `run(input_state)`, a coroutine function or a plain one, which gets a thread of its
    own. `_input_state_class` is what the input is made of; without it, an attribute named after
    an `InputState`, and then a plain namespace will do.
    """

    _input_state_class: type | None = None

    # Tests shorten these.
    _serving_step_seconds = 0.1
    _health_interval_seconds = 30.0
    _shutdown_patience_seconds = 30.0

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Pass all arguments on; serving begins with `start_executor_mode`."""
        self._invocations = InvocationCounts()
        self._shutdown_callbacks: list[Callable[[], object]] = []
        self._serving_since: float | None = None
        self._is_starting = self._is_shutting_down = False
        self._stop_begun = self._stopped = False
        self._health_task: asyncio.Task[None] | None = None
        self._tool_subscription: Any = None
        super().__init__(*args, **kwargs)

    async def start_executor_mode(self) -> None:
        """Serve until `stop_executor_mode`, SIGTERM, SIGINT, a cancellation or a failure.

        The node has left the bus when this returns or raises; it may be started again. While
        it serves, another start does nothing.
        """
        if self._is_starting or self._serving_since is not None:
            emit_log_event(LogLevel.WARNING, f"{self.get_node_name()} is serving already")
            return
        self._is_starting = True
        self._is_shutting_down = self._stop_begun = self._stopped = False
        with ShutdownSignals(self._request_shutdown):
            try:
                await self._begin_serving()
                await self._wait_until(lambda: self._is_shutting_down)
            finally:
                self._is_starting = False
                await self.stop_executor_mode()
                await self._wait_until(lambda: self._stopped)

    async def stop_executor_mode(self) -> None:
        """Announce the end, let calls finish for half a minute, and leave the bus.

        A call of its own that asks for the stop is not waited for. Only the first of several
        stops does the work; the others return at once, as does one before serving has begun,
        which then ends by itself.
        """
        self._request_shutdown()
        if self._is_starting or self._stop_begun:
            return
        self._stop_begun = True
        try:
            await self._unsubscribe_tool()
            self._publish_shutdown_event()
            await self._cancel_health_task()
            await self._wait_for_calls()
            await self._run_shutdown_callbacks()
        finally:
            self.cleanup_event_handlers()
            self._serving_since = None
            self._stopped = True

    async def handle_tool_invocation(self, envelope: Any) -> None:
        """Answer a tool invocation for this node; ignore everything else."""
        invocation = invocation_in(envelope)
        if invocation is None:
            return
        self._invocations.total += 1
        if not self._is_meant(invocation):
            return
        with self._invocations.at_work(asyncio.current_task()):
            await self._publish(await self._answer(invocation))

    def get_executor_health(self) -> dict[str, Any]:
        """Return whether the node serves, since when, and how its calls went."""
        since = self._serving_since
        serving = since is not None and not self._is_shutting_down
        return {
            "status": "healthy" if serving else "unhealthy",
            "uptime_seconds": 0.0 if since is None else time.monotonic() - since,
            "active_invocations": self._invocations.active(),
            "total_invocations": self._invocations.total,
            "successful_invocations": self._invocations.successful,
            "failed_invocations": self._invocations.failed,
            "success_rate": self._invocations.success_rate,
            "node_id": str(self.node_id),
            "node_name": self.get_node_name(),
            "shutdown_requested": self._is_shutting_down,
        }

    def add_shutdown_callback(self, callback: Callable[[], object]) -> None:
        """Have `callback`, plain or a coroutine function, called whenever serving ends."""
        self._shutdown_callbacks.append(callback)

    async def _begin_serving(self) -> None:
        if self.event_bus is None or not self.event_bus_settings.event_bus_enabled:
            raise ModelOnexError(
                f"{type(self).__name__} has no event bus to serve on; assign and enable one",
                error_code=EnumCoreErrorCode.SERVICE_UNAVAILABLE,
            )
        if self._on_bus:
            self._announce()
        else:
            self._join_bus()
        await self.start_async_event_handlers()
        handler = self.handle_tool_invocation
        self._tool_subscription = await completed(
            self.event_bus.subscribe(handler, TOOL_INVOCATION)
        )
        self._is_starting, self._serving_since = False, time.monotonic()
        self._health_task = asyncio.create_task(self._keep_reporting_health())

    async def _wait_until(self, holds: Callable[[], bool]) -> None:
        # Steps, because a signal or a thread that turns it about cannot set an asyncio.Event.
        while not holds():  # noqa: ASYNC110 - see above
            await asyncio.sleep(self._serving_step_seconds)

    def _request_shutdown(self) -> None:
        self._is_shutting_down = True

    async def _unsubscribe_tool(self) -> None:
        subscription, self._tool_subscription = self._tool_subscription, None
        if self._serving_since is None:
            return
        try:
            await completed(
                self.event_bus.unsubscribe(subscription or self.handle_tool_invocation)
            )
        except Exception as error:  # noqa: BLE001 - what follows has to be done all the same
            self._log_bus_failure("unsubscribe from tool invocations", error)

    async def _cancel_health_task(self) -> None:
        task, self._health_task = self._health_task, None
        if task is not None:
            task.cancel()
            await asyncio.wait([task])

    async def _wait_for_calls(self) -> None:
        own = asyncio.current_task()
        deadline = time.monotonic() + self._shutdown_patience_seconds
        while self._invocations.active(besides=own):
            if time.monotonic() >= deadline:
                emit_log_event(
                    LogLevel.WARNING,
                    "Shutting down although tool invocations are still active",
                    {"active_invocations": self._invocations.active(besides=own)},
                )
                return
            await asyncio.sleep(self._serving_step_seconds)

    async def _run_shutdown_callbacks(self) -> None:
        for callback in self._shutdown_callbacks:
            try:
                answer = callback()
                if inspect.isawaitable(answer):
                    await answer
            except Exception as error:  # noqa: BLE001 - one that fails must not keep out the rest
                self._log_bus_failure("finish a shutdown callback", error)

    async def _keep_reporting_health(self) -> None:
        while True:
            try:
                await self._publish(await self._health_event())
            except Exception as error:  # noqa: BLE001 - the next report may get through
                self._log_bus_failure("report its health", error)
            await asyncio.sleep(self._health_interval_seconds)

    async def _health_event(self) -> ModelOnexEvent:
        return ModelOnexEvent(
            event_type=NODE_HEALTH_EVENT, node_id=self.node_id, data=self.get_executor_health()
        )

    def _is_meant(self, invocation: ModelToolInvocationEvent) -> bool:
        names = (self.get_node_name(), self._extract_node_name())
        return invocation.target_node_id == self.node_id or invocation.target_node_name in names

    async def _answer(self, invocation: ModelToolInvocationEvent) -> ModelToolResponseEvent:
        started = time.perf_counter()
        whence = {
            "node_id": self.node_id,
            "source_node_id": self.node_id,
            "source_node_name": self.get_node_name(),
        }
        try:
            result = json_mapping(await run_tool(self, self._input_state(invocation)))
        except Exception as error:  # noqa: BLE001 - whatever it is, the requester is told
            self._invocations.failed += 1
            self._log_bus_failure(f"run the tool {invocation.tool_name!r}", error)
            return ModelToolResponseEvent.create_error_response(
                invocation,
                str(error) or type(error).__name__,
                _milliseconds_since(started),
                error_code=_TOOL_EXECUTION_ERROR,
                **whence,
            )
        self._invocations.successful += 1
        return ModelToolResponseEvent.create_success_response(
            invocation, result, _milliseconds_since(started), **whence
        )

    def _input_state(self, invocation: ModelToolInvocationEvent) -> Any:
        """Return the input of `run`; the action comes before a parameter of that name."""
        build: Any = self._input_state_class or named_input_state(self) or SimpleNamespace
        return build(**(invocation.parameters | {"action": invocation.action}))

    async def _publish(self, event: ModelOnexEvent) -> None:
        envelope = ModelEventEnvelope[Any].create_broadcast(
            event, self.node_id, event.correlation_id
        )
        await completed(self.event_bus.publish(envelope))


def _milliseconds_since(started: float) -> float:
    return (time.perf_counter() - started) * 1000
