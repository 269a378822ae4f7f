"""A stretch of time in which the items of a stream are gathered."""

from collections import deque
from datetime import datetime, timedelta
from typing import Any


class ModelStreamingWindow:
    """Gathers items until its time is over; an overlap lets the latest ones stay on.

    Times are naive and local, like every other time stamp of a node.
    """

    def __init__(self, window_size_ms: int, overlap_ms: int = 0) -> None:
        """Start an empty window now."""
        self.window_size_ms = window_size_ms
        self.overlap_ms = overlap_ms
        self.buffer: deque[tuple[Any, datetime]] = deque()
        self.window_start = datetime.now()  # noqa: DTZ005 - naive by contract

    def add_item(self, item: Any) -> bool:
        """Gather an item and return whether the window's time is over."""
        now = datetime.now()  # noqa: DTZ005 - naive by contract
        self.buffer.append((item, now))
        return now - self.window_start >= timedelta(milliseconds=self.window_size_ms)

    def get_window_items(self) -> list[Any]:
        """Return the gathered items, oldest first."""
        return [item for item, _ in self.buffer]

    def advance_window(self) -> None:
        """Start the next window now, with the items of the overlap if there is one."""
        if self.overlap_ms > 0:
            keep_from = self.window_start + timedelta(
                milliseconds=self.window_size_ms - self.overlap_ms
            )
            self.buffer = deque(entry for entry in self.buffer if entry[1] >= keep_from)
        else:
            self.buffer.clear()
        self.window_start = datetime.now()  # noqa: DTZ005 - naive by contract


__all__ = ["ModelStreamingWindow"]
