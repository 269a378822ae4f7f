"""What became of one published event."""

import asyncio
from collections.abc import Coroutine, Generator
from dataclasses import dataclass, field
from typing import Any, Self

from omnibase_core.infrastructure.event_failure import EventFailure


@dataclass(slots=True, eq=False)
class EventDelivery:
    """Always true, as the event was handed over; await it to see every handler finish.

    `handlers` counts those that the event went to; `failures` grows as handlers fail.
    """

    event: object
    handlers: int = 0
    failures: list[EventFailure] = field(default_factory=list)
    _running: set[asyncio.Task[None]] = field(default_factory=set)

    def run(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None] | None:
        """Start work in the running loop; without one, do it now and give no task."""
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            asyncio.run(work)
            return None
        task = loop.create_task(work)
        self._running.add(task)
        return task

    async def finished(self) -> Self:
        """Return when every handler has; giving up the wait disturbs none of them."""
        if self._running:
            await asyncio.wait(self._running)
        return self

    def __await__(self) -> Generator[Any, None, Self]:
        """Wait for every handler."""
        return self.finished().__await__()
