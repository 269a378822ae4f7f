"""A unit of work that remembers what it did and how to take it back."""

import inspect
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from omnibase_core.enums.enum_log_level import EnumLogLevel
from omnibase_core.enums.enum_transaction_state import EnumTransactionState
from omnibase_core.logging.structured import emit_log_event_sync


class ModelTransaction:
    """Operations done so far, with the functions that undo them.

    Times are naive and local, like every other time stamp of a node.
    """

    def __init__(self, transaction_id: UUID) -> None:
        """Start a pending transaction without operations."""
        self.transaction_id = transaction_id
        self.state = EnumTransactionState.PENDING
        self.operations: list[dict[str, Any]] = []
        self.rollback_operations: list[Callable[[], Any]] = []
        self.started_at = datetime.now()  # noqa: DTZ005 - naive by contract
        self.committed_at: datetime | None = None

    def add_operation(
        self,
        operation_name: str,
        operation_data: dict[str, Any],
        rollback_func: Callable[[], Any] | None = None,
    ) -> None:
        """Record an operation and, if given, the function that undoes it."""
        self.operations.append(
            {
                "name": operation_name,
                "data": operation_data,
                "timestamp": datetime.now(),  # noqa: DTZ005 - naive by contract
            }
        )
        if rollback_func:
            self.rollback_operations.append(rollback_func)

    async def commit(self) -> None:
        """Mark the work as final; the undo functions are kept."""
        self.state = EnumTransactionState.COMMITTED
        self.committed_at = datetime.now()  # noqa: DTZ005 - naive by contract

    async def rollback(self) -> None:
        """Undo every operation, newest first; one that fails is logged and passed over."""
        self.state = EnumTransactionState.ROLLED_BACK
        for undo in reversed(self.rollback_operations):
            try:
                await _call(undo)
            except Exception as error:  # noqa: BLE001 - the older operations must still be undone
                emit_log_event_sync(
                    EnumLogLevel.ERROR,
                    f"Rollback operation failed: {error!s}",
                    {"transaction_id": str(self.transaction_id), "error": str(error)},
                )


async def _call(undo: Callable[[], Any]) -> None:
    if inspect.iscoroutinefunction(undo):
        await undo()
    else:
        undo()


__all__ = ["ModelTransaction"]
