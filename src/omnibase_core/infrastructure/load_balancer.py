"""Slots for operations, and a count of how often each was run."""

import asyncio
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID


class LoadBalancer:
    """Lets a limited number of operations run at a time and knows which ones do.

    An id that takes two slots is listed once. Every release frees a slot, also one without an
    acquisition before it, so that such releases raise the capacity.
    """

    def __init__(self, max_concurrent_operations: int = 10) -> None:
        """Start with all slots free."""
        self.max_concurrent_operations = max_concurrent_operations
        self.active_operations: dict[str, datetime] = {}
        self.operation_counts: dict[str, int] = {}
        self.semaphore = asyncio.Semaphore(max_concurrent_operations)

    async def acquire(self, operation_id: UUID | str) -> bool:
        """Wait for a free slot and take it; always True."""
        await self.semaphore.acquire()
        key = str(operation_id)
        self.active_operations[key] = datetime.now()  # noqa: DTZ005 - as all times of a node
        self.operation_counts[key] = self.operation_counts.get(key, 0) + 1
        return True

    def release(self, operation_id: UUID | str) -> None:
        """Free a slot, and forget the operation if it is known."""
        self.active_operations.pop(str(operation_id), None)
        self.semaphore.release()

    def get_least_loaded_target(self, targets: Iterable[str]) -> str:
        """Return the target that was run least, the first of several, or nothing for none."""
        return min(targets, key=lambda target: self.operation_counts.get(target, 0), default="")

    def get_stats(self) -> dict[str, float]:
        """Return how many operations run, how many may, the share of both, and the count."""
        active = len(self.active_operations)
        return {
            "active_operations": active,
            "max_concurrent": self.max_concurrent_operations,
            "utilization": active / self.max_concurrent_operations,
            "total_operations": sum(self.operation_counts.values()),
        }


__all__ = ["LoadBalancer"]
