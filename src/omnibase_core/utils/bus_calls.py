"""Calls of an event bus that may or may not have to be awaited, and what arrives from it."""

import asyncio
import inspect
from collections.abc import Coroutine, Mapping
from typing import Any, Final

from omnibase_core.enums.enum_log_level import EnumLogLevel as LogLevel
from omnibase_core.logging.structured import emit_log_event_sync as emit_log_event

# A loop knows its tasks only weakly; what is in here lasts until it is done.
_UNDER_WAY: Final[set[asyncio.Task[None]]] = set()


def settled(answer: Any) -> Any:
    """Return what a bus answered, once a coroutine among the answers takes effect.

    Without a running loop it is run to its end, and its result or error is that of this call.
    In a running loop it becomes a task, None is returned, and an error is logged.
    """
    if not inspect.iscoroutine(answer):
        return answer
    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(answer)
    task = loop.create_task(_logged(answer))
    _UNDER_WAY.add(task)
    task.add_done_callback(_UNDER_WAY.discard)
    return None


def unwrapped(carried: Any) -> Any:
    """Return the payload of an envelope, and anything else as it is."""
    payload = value_of(carried, "payload")
    return carried if payload is None else payload


def value_of(holder: Any, name: str) -> Any:
    """Return a value of an object or a mapping, None if it has no such value."""
    return holder.get(name) if isinstance(holder, Mapping) else getattr(holder, name, None)


async def _logged(work: Coroutine[Any, Any, Any]) -> None:
    try:
        await work
    except Exception as error:  # noqa: BLE001 - nobody awaits this task, so nobody else can tell
        emit_log_event(LogLevel.ERROR, "An event bus failed", {"error": repr(error)})


__all__ = ["settled", "unwrapped", "value_of"]
