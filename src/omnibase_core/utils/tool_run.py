"""Runs the tool of a node, and waits for what a call has only begun."""

import asyncio
import inspect
from typing import Any

from omnibase_core.errors.error_codes import EnumCoreErrorCode
from omnibase_core.errors.model_onex_error import ModelOnexError

__all__ = ["completed", "named_input_state", "run_tool"]


async def run_tool(node: object, input_state: object) -> Any:
    """Return what the `run` of `node` gives; unless it is a coroutine function, in a thread."""
    run = getattr(node, "run", None)
    if run is None:
        raise ModelOnexError(
            f"{type(node).__name__} has no method 'run'; add one that takes the input state",
            error_code=EnumCoreErrorCode.METHOD_NOT_IMPLEMENTED,
        )
    if inspect.iscoroutinefunction(run):
        return await run(input_state)
    return await completed(await asyncio.to_thread(run, input_state))


def named_input_state(node: object) -> type | None:
    """Return the class under an attribute of `node` that is named after an `InputState`."""
    named = (getattr(node, name) for name in dir(node) if "InputState" in name)
    return next((found for found in named if isinstance(found, type)), None)


async def completed(answer: Any) -> Any:
    """Return what a coroutine gives, and anything else as it is.

    A coroutine has not begun yet. Any other awaitable reports on the work of others, who may
    in turn be waiting for the caller.
    """
    return await answer if inspect.iscoroutine(answer) else answer
