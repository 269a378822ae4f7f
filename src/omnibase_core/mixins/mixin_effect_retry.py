"""Carries an effect out again when it fails, after a growing delay."""

import asyncio
from typing import TYPE_CHECKING, Any
from uuid import UUID

from omnibase_core.enums.enum_log_level import EnumLogLevel as LogLevel
from omnibase_core.errors.error_codes import EnumCoreErrorCode
from omnibase_core.errors.model_onex_error import ModelOnexError
from omnibase_core.logging.structured import emit_log_event_sync as emit_log_event
from omnibase_core.models.infrastructure.model_transaction import ModelTransaction
from omnibase_core.models.operations.model_effect_input import ModelEffectInput


class MixinEffectRetry:
    """Carries an effect out again when it fails, after a growing delay.

    Needs `self._execute_effect`, `self.node_id` from the class that it is mixed into.
    """

    if TYPE_CHECKING:
        node_id: UUID

        async def _execute_effect(
            self,
            input_data: ModelEffectInput,
            transaction: ModelTransaction | None,
        ) -> Any: ...

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Give the instance its own `default_retry_delay_ms`."""
        super().__init__(*args, **kwargs)
        # The delay before the first retry that is reported for the node. The delay in force is
        # the one that each input carries.
        self.default_retry_delay_ms: int = 1000

    async def _execute_with_retry(
        self,
        input_data: ModelEffectInput,
        transaction: ModelTransaction | None,
        op_id: UUID,
    ) -> Any:
        """Carry out an effect and repeat it with doubling delays while it fails.

        Every kind of error is repeated, because a handler has no way to say which of its errors
        might pass. Operations that failed attempts have recorded stay in the transaction, so a
        rollback also takes back what they did before they failed.

        Args:
            input_data: What to do, with the retry settings.
            transaction: The transaction for the handler, or None.
            op_id: The id that the log entries name.

        Returns:
            The result of the first attempt that succeeds.

        Raises:
            Exception: The error of the last attempt, unchanged.
            ModelOnexError: OPERATION_FAILED if the settings allow no attempt at all.
        """
        retry_count = 0

        while retry_count <= input_data.max_retries:
            try:
                return await self._execute_effect(input_data, transaction)

            except Exception as e:
                retry_count += 1

                if not input_data.retry_enabled or retry_count > input_data.max_retries:
                    raise

                delay_ms = input_data.retry_delay_ms * (2 ** (retry_count - 1))
                await asyncio.sleep(delay_ms / 1000)

                emit_log_event(
                    LogLevel.WARNING,
                    f"Effect retry {retry_count}/{input_data.max_retries}: {e!s}",
                    {
                        "node_id": str(self.node_id),
                        "operation_id": str(op_id),
                        "effect_type": input_data.effect_type.value,
                        "retry_count": retry_count,
                        "delay_ms": delay_ms,
                    },
                )

        # The input model sets no lower bound, so a negative number of retries ends up here.
        raise ModelOnexError(
            message="No retries executed",
            error_code=EnumCoreErrorCode.OPERATION_FAILED,
            context={"node_id": str(self.node_id), "operation_id": str(op_id)},
        )
