"""Carries out one effect from its input to its output."""

import asyncio
import time
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from omnibase_core.enums.enum_effect_type import EnumEffectType
from omnibase_core.enums.enum_log_level import EnumLogLevel as LogLevel
from omnibase_core.enums.enum_transaction_state import EnumTransactionState
from omnibase_core.errors.error_codes import EnumCoreErrorCode
from omnibase_core.errors.model_onex_error import ModelOnexError
from omnibase_core.logging.structured import emit_log_event_sync as emit_log_event
from omnibase_core.mixins.mixin_effect_handlers import _convert_to_scalar_dict
from omnibase_core.models.container.model_onex_container import ModelONEXContainer
from omnibase_core.models.infrastructure.model_transaction import ModelTransaction
from omnibase_core.models.operations.model_effect_input import ModelEffectInput
from omnibase_core.models.operations.model_effect_output import ModelEffectOutput
from omnibase_core.models.operations.model_effect_result import (
    ModelEffectResult,
    ModelEffectResultBool,
    ModelEffectResultDict,
    ModelEffectResultList,
    ModelEffectResultStr,
)

if TYPE_CHECKING:
    from uuid import UUID

    from omnibase_core.models.infrastructure.model_circuit_breaker import ModelCircuitBreaker


class MixinEffectExecution:
    """Carries out one effect from its input to its output.

    Needs `self._execute_with_retry`, `self._get_circuit_breaker`,
    `self._register_builtin_effect_handlers`, `self._update_effect_metrics`,
    `self._update_processing_metrics`, `self._validate_input_data`,
    `self.active_transactions`, `self.node_id` from the class that it is mixed into.
    """

    if TYPE_CHECKING:
        _update_effect_metrics: Any
        active_transactions: dict[str, ModelTransaction]
        node_id: UUID

        async def _execute_with_retry(
            self,
            input_data: ModelEffectInput,
            transaction: ModelTransaction | None,
            op_id: UUID,
        ) -> Any: ...

        def _get_circuit_breaker(self, service_name: str) -> ModelCircuitBreaker: ...

        def _register_builtin_effect_handlers(self) -> None: ...

        async def _update_processing_metrics(
            self,
            processing_time_ms: float,
            success: bool,
        ) -> None: ...

        def _validate_input_data(self, input_data: Any) -> None: ...

    def __init__(self, container: ModelONEXContainer) -> None:
        """Load the contract, set the limits and register the built-in handlers.

        Args:
            container: Where the node finds its collaborators, the event bus among them.

        Raises:
            ModelOnexError: If the container is None, or if no valid contract can be loaded.
        """
        super().__init__(container)

        # How long an effect is expected to take at most. It is reported to those who ask for
        # the node's characteristics and in the log entry of the resource set-up.
        self.default_timeout_ms: int = 30000

        # More effects than this at a time wait for a free slot.
        self.max_concurrent_effects: int = 10

        # Holds the limit above. A retry that sleeps keeps its slot.
        self.effect_semaphore: asyncio.Semaphore = asyncio.Semaphore(self.max_concurrent_effects)

        self._register_builtin_effect_handlers()

    async def process(self, input_data: ModelEffectInput) -> ModelEffectOutput:
        """Carry out one side effect.

        The effect runs in a transaction if the input asks for one, waits for a free slot, and is
        repeated as the input's retry settings say. The circuit breaker of its kind is consulted
        first and told about the outcome afterwards, both only if the input asks for it.

        Args:
            input_data: What to do, with which data and under which safeguards. It is never
                modified.

        Returns:
            The wrapped result of the handler with the final state of the transaction. Dicts,
            booleans, texts and lists keep their kind, everything else is returned as text.

        Raises:
            ModelOnexError: OPERATION_FAILED for every failure, with the original error in the
                message and as `__cause__`. The transaction has been rolled back by then.
        """
        start_time = time.time()
        transaction: ModelTransaction | None = None

        # An input may come without an id. The id made for it is kept here, since the input
        # belongs to the caller.
        op_id = input_data.operation_id or uuid4()

        try:
            self._validate_effect_input(input_data)

            # An open breaker refuses the call before anything has been touched.
            if input_data.circuit_breaker_enabled:
                circuit_breaker = self._get_circuit_breaker(input_data.effect_type.value)
                if not circuit_breaker.can_execute():
                    raise ModelOnexError(
                        message=f"Circuit breaker open for {input_data.effect_type.value}",
                        error_code=EnumCoreErrorCode.OPERATION_FAILED,
                        context={
                            "node_id": str(self.node_id),
                            "operation_id": str(op_id),
                            "effect_type": input_data.effect_type.value,
                            "circuit_breaker_state": circuit_breaker.state.value,
                        },
                    )

            if input_data.transaction_enabled:
                transaction = ModelTransaction(op_id)
                transaction.state = EnumTransactionState.ACTIVE
                self.active_transactions[str(op_id)] = transaction

            async with self.effect_semaphore:
                raw_result = await self._execute_with_retry(input_data, transaction, op_id)

            if transaction is not None:
                await transaction.commit()
                del self.active_transactions[str(op_id)]

            # The breaker hears about the effect as a whole, not about each attempt.
            if input_data.circuit_breaker_enabled:
                self._get_circuit_breaker(input_data.effect_type.value).record_success()

            processing_time_ms = (time.time() - start_time) * 1000

            await self._update_effect_metrics(
                input_data.effect_type.value, processing_time_ms, True
            )
            await self._update_processing_metrics(processing_time_ms, True)

            result: ModelEffectResult
            if isinstance(raw_result, dict):
                result = ModelEffectResultDict(value=raw_result)
            elif isinstance(raw_result, bool):
                result = ModelEffectResultBool(value=raw_result)
            elif isinstance(raw_result, str):
                result = ModelEffectResultStr(value=raw_result)
            elif isinstance(raw_result, list):
                result = ModelEffectResultList(value=raw_result)
            else:
                # Numbers, None, tuples and objects have no result model of their own.
                result = ModelEffectResultStr(value=str(raw_result))

            output = ModelEffectOutput(
                result=result,
                operation_id=op_id,
                effect_type=input_data.effect_type,
                transaction_state=(
                    transaction.state
                    if transaction is not None
                    else EnumTransactionState.COMMITTED
                ),
                processing_time_ms=processing_time_ms,
                retry_count=0,
                side_effects_applied=(
                    [str(operation) for operation in transaction.operations]
                    if transaction is not None
                    else []
                ),
                metadata=_convert_to_scalar_dict(
                    {
                        "timeout_ms": input_data.timeout_ms,
                        "transaction_enabled": input_data.transaction_enabled,
                        "circuit_breaker_enabled": input_data.circuit_breaker_enabled,
                    }
                ),
            )

            emit_log_event(
                LogLevel.INFO,
                f"Effect completed: {input_data.effect_type.value}",
                {
                    "node_id": str(self.node_id),
                    "operation_id": str(op_id),
                    "processing_time_ms": processing_time_ms,
                    "retry_count": 0,
                    "transaction_id": (
                        str(transaction.transaction_id) if transaction is not None else None
                    ),
                },
            )

            return output

        except Exception as e:
            processing_time_ms = (time.time() - start_time) * 1000

            if transaction is not None:
                try:
                    await transaction.rollback()
                except Exception as rollback_error:
                    # The caller must hear about the original error, so this one is only logged.
                    emit_log_event(
                        LogLevel.ERROR,
                        f"Transaction rollback failed: {rollback_error!s}",
                        {
                            "node_id": str(self.node_id),
                            "operation_id": str(op_id),
                            "original_error": str(e),
                            "rollback_error": str(rollback_error),
                        },
                    )

                # The entry may be gone already, when the failure came after the commit.
                self.active_transactions.pop(str(op_id), None)

            if input_data.circuit_breaker_enabled:
                self._get_circuit_breaker(input_data.effect_type.value).record_failure()

            await self._update_effect_metrics(
                input_data.effect_type.value, processing_time_ms, False
            )
            await self._update_processing_metrics(processing_time_ms, False)

            raise ModelOnexError(
                message=f"Effect execution failed: {e!s}",
                error_code=EnumCoreErrorCode.OPERATION_FAILED,
                context={
                    "node_id": str(self.node_id),
                    "operation_id": str(op_id),
                    "effect_type": input_data.effect_type.value,
                    "processing_time_ms": processing_time_ms,
                    "transaction_state": (
                        transaction.state.value if transaction is not None else "none"
                    ),
                    "error": str(e),
                },
            ) from e

    def _start_facts(self) -> Any:
        """Do what differs between the classes in `_initialize_node_resources`."""
        return {
            "node_id": str(self.node_id),
            "max_concurrent_effects": self.max_concurrent_effects,
            "default_timeout_ms": self.default_timeout_ms,
        }

    def _validate_effect_input(self, input_data: ModelEffectInput) -> None:
        """Refuse an input that no handler could make sense of.

        The input model checks its fields only when it is constructed. Fields can be assigned
        afterwards without any check, therefore the two that matter are looked at here.

        Args:
            input_data: The input to look at.

        Raises:
            ModelOnexError: VALIDATION_ERROR if the input is missing, if its effect type is not a
                member of the enum or if its operation data is not a mapping.
        """
        self._validate_input_data(input_data)

        if not isinstance(input_data.effect_type, EnumEffectType):
            raise ModelOnexError(
                message="Effect type must be valid EnumEffectType enum",
                error_code=EnumCoreErrorCode.VALIDATION_ERROR,
                context={
                    "node_id": str(self.node_id),
                    "effect_type": str(input_data.effect_type),
                },
            )

        if not isinstance(input_data.operation_data, dict):
            raise ModelOnexError(
                message="Operation data must be a dict[str, Any]ionary",
                error_code=EnumCoreErrorCode.VALIDATION_ERROR,
                context={
                    "node_id": str(self.node_id),
                    "operation_data_type": str(type(input_data.operation_data)),
                },
            )
