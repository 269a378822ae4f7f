"""Keeps the open transactions of a node and rolls back what is left of them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from omnibase_core.enums.enum_log_level import EnumLogLevel as LogLevel
from omnibase_core.enums.enum_transaction_state import EnumTransactionState
from omnibase_core.logging.structured import emit_log_event_sync as emit_log_event
from omnibase_core.models.infrastructure.model_transaction import ModelTransaction


class MixinTransactions:
    """Keeps the open transactions of a node and rolls back what is left of them.

    Needs `self.node_id` from the class that it is mixed into.
    """

    if TYPE_CHECKING:
        node_id: UUID

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Give the instance its own `active_transactions`."""
        super().__init__(*args, **kwargs)
        # Open transactions by the text of their operation id, so that the cleanup finds them.
        self.active_transactions: dict[str, ModelTransaction] = {}

    @asynccontextmanager
    async def transaction_context(
        self,
        operation_id: UUID | None = None,
    ) -> AsyncIterator[ModelTransaction]:
        """Open a transaction for work that does not go through `process`.

        Args:
            operation_id: The id of the transaction; a fresh one is made if it is missing.

        Yields:
            An active transaction. It is committed when the block ends normally and rolled back
            when the block raises. In both cases the node forgets it afterwards.

        Raises:
            Exception: Whatever the block raises, unchanged.
        """
        transaction_id = operation_id or uuid4()
        transaction = ModelTransaction(transaction_id)
        transaction.state = EnumTransactionState.ACTIVE

        try:
            self.active_transactions[str(transaction_id)] = transaction
            yield transaction
            await transaction.commit()

        except Exception:
            await transaction.rollback()
            raise

        finally:
            self.active_transactions.pop(str(transaction_id), None)

    async def _cleanup_node_resources(self) -> None:
        """Roll back every transaction that is still open.

        A transaction that cannot be rolled back is logged and passed over, for the others must
        not suffer from it. The node forgets all of them in the end.
        """
        for transaction_id, transaction in list(self.active_transactions.items()):
            try:
                await transaction.rollback()
                emit_log_event(
                    LogLevel.WARNING,
                    f"Rolled back active transaction during cleanup: {transaction_id}",
                    {"node_id": str(self.node_id), "transaction_id": transaction_id},
                )
            except Exception as e:
                emit_log_event(
                    LogLevel.ERROR,
                    f"Failed to rollback transaction during cleanup: {e!s}",
                    {
                        "node_id": str(self.node_id),
                        "transaction_id": transaction_id,
                        "error": str(e),
                    },
                )

        self.active_transactions.clear()

        emit_log_event(
            LogLevel.INFO,
            "NodeEffect resources cleaned up",
            {"node_id": str(self.node_id)},
        )

    def _get_transaction_status(self) -> dict[str, Any]:
        """Describe the transactions that are open at this moment.

        Returns:
            Their number, the state and size of each by its id, and what transactions can do; or
            the status `unknown` with the error if they cannot be described.
        """
        try:
            transaction_details: dict[str, dict[str, Any]] = {}
            for transaction_id, transaction in self.active_transactions.items():
                transaction_details[transaction_id] = {
                    "state": transaction.state.value,
                    "operations_count": len(transaction.operations),
                    "rollback_operations_count": len(transaction.rollback_operations),
                    "started_at": transaction.started_at.isoformat(),
                }

            return {
                "active_transaction_count": len(self.active_transactions),
                "transaction_details": transaction_details,
                "supports_nested_transactions": False,
                "supports_rollback": True,
            }

        except Exception as e:
            emit_log_event(
                LogLevel.WARNING,
                f"Failed to get transaction status: {e!s}",
                {"node_id": str(self.node_id), "error": str(e)},
            )
            return {"status": "unknown", "error": str(e)}
