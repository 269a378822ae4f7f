"""The node archetype for side effects.

An effect node is the only kind of node that touches the world outside: it writes files, talks to
services and emits events. Everything that makes this bearable lives in this module: transactions
that can be taken back, retries with growing delays, circuit breakers per kind of effect, a limit
on concurrent effects, and metrics about all of them.

A concrete node subclasses `NodeEffect`, keeps a `contract.yaml` beside its module and assigns its
own handlers into `effect_handlers`:

    class InvoiceStore(NodeEffect):
        def __init__(self, container: ModelONEXContainer) -> None:
            super().__init__(container)
            self.effect_handlers[EnumEffectType.DATABASE_OPERATION] = self._store

A handler is awaited with the operation data and with the transaction, which is None when the
caller has switched transactions off.
"""

import asyncio
import inspect
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from omnibase_core.enums.enum_circuit_breaker_state import EnumCircuitBreakerState
from omnibase_core.enums.enum_effect_type import EnumEffectType
from omnibase_core.enums.enum_log_level import EnumLogLevel as LogLevel
from omnibase_core.enums.enum_transaction_state import EnumTransactionState
from omnibase_core.errors.error_codes import EnumCoreErrorCode
from omnibase_core.errors.model_onex_error import ModelOnexError
from omnibase_core.infrastructure.node_core_base import NodeCoreBase
from omnibase_core.logging.structured import emit_log_event_sync as emit_log_event
from omnibase_core.models.common.model_schema_value import ModelSchemaValue
from omnibase_core.models.container.model_onex_container import ModelONEXContainer
from omnibase_core.models.contracts.model_contract_effect import ModelContractEffect
from omnibase_core.models.infrastructure.model_circuit_breaker import ModelCircuitBreaker
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
from omnibase_core.primitives.model_semver import ModelSemVer
from omnibase_core.utils.safe_yaml_loader import load_and_validate_yaml_model

__all__ = [
    "EnumCircuitBreakerState",
    "EnumCoreErrorCode",
    "EnumEffectType",
    "EnumTransactionState",
    "LogLevel",
    "ModelCircuitBreaker",
    "ModelEffectInput",
    "ModelEffectOutput",
    "ModelEffectResult",
    "ModelEffectResultBool",
    "ModelEffectResultDict",
    "ModelEffectResultList",
    "ModelEffectResultStr",
    "ModelONEXContainer",
    "ModelOnexError",
    "ModelSchemaValue",
    "ModelTransaction",
    "NodeCoreBase",
    "NodeEffect",
    "Path",
    "emit_log_event",
]


def _convert_to_scalar_dict(data: dict[str, Any]) -> dict[str, ModelSchemaValue]:
    """Wrap plain values so that they can travel as operation data or as metadata.

    Only scalars keep their kind. Whatever has a structure of its own is reduced to its text,
    because the receivers of these mappings were written for flat data.

    Args:
        data: Plain values by name.

    Returns:
        The same names with wrapped values. None becomes the text `null`, and a dict, a list or
        any other object becomes the text that `str` makes of it.
    """
    converted: dict[str, ModelSchemaValue] = {}

    for key, value in data.items():
        if isinstance(value, (str, int, float, bool)):
            converted[key] = ModelSchemaValue.from_value(value)
        elif value is None:
            # A missing value is spelt out, so that the key itself is never lost on the way.
            converted[key] = ModelSchemaValue.from_value("null")
        else:
            converted[key] = ModelSchemaValue.from_value(str(value))

    return converted


class NodeEffect(NodeCoreBase):
    """A node that carries out side effects under transactions, retries and circuit breakers.

    The class can be used as it is: handlers for file operations and for event emission are
    registered by the constructor. Subclasses add handlers of their own, and callers may replace
    any limit, handler table or semaphore while the node runs, because every method reads the
    attributes of the node anew each time it needs them.
    """

    def __init__(self, container: ModelONEXContainer) -> None:
        """Load the contract, set the limits and register the built-in handlers.

        Args:
            container: Where the node finds its collaborators, the event bus among them.

        Raises:
            ModelOnexError: If the container is None, or if no valid contract can be loaded.
        """
        super().__init__(container)

        # A node without a valid contract must not come into being, therefore the contract is
        # loaded before anything else is set up.
        self.contract_model: ModelContractEffect = self._load_contract_model()

        # How long an effect is expected to take at most. It is reported to those who ask for
        # the node's characteristics and in the log entry of the resource set-up.
        self.default_timeout_ms: int = 30000

        # The delay before the first retry that is reported for the node. The delay in force is
        # the one that each input carries.
        self.default_retry_delay_ms: int = 1000

        # More effects than this at a time wait for a free slot.
        self.max_concurrent_effects: int = 10

        # Open transactions by the text of their operation id, so that the cleanup finds them.
        self.active_transactions: dict[str, ModelTransaction] = {}

        # One breaker for each kind of effect that has asked for one so far.
        self.circuit_breakers: dict[str, ModelCircuitBreaker] = {}

        # The coroutine function in charge of each kind of effect. Callers assign into it; there
        # is no method for the registration.
        self.effect_handlers: dict[EnumEffectType, Callable[..., Awaitable[Any]]] = {}

        # Holds the limit above. A retry that sleeps keeps its slot.
        self.effect_semaphore: asyncio.Semaphore = asyncio.Semaphore(self.max_concurrent_effects)

        # Counters and times for each kind of effect, created when it is first carried out.
        self.effect_metrics: dict[str, dict[str, float]] = {}

        self._register_builtin_effect_handlers()

    def _load_contract_model(self) -> ModelContractEffect:
        """Find, read, resolve and validate the contract of this node.

        The model is built twice over on purpose: first straight from the file, which gives the
        precise complaint about a bad one, and then from its plain data, in which the references
        have been resolved.

        Returns:
            The validated contract.

        Raises:
            ModelOnexError: VALIDATION_ERROR for any failure on the way. The details name the
                contract model and the type of the original error, which is kept as `cause`.
        """
        try:
            # These two reach back into packages that build on the infrastructure, so they can
            # only be imported once a node is made.
            from omnibase_core.utils.generation.utility_reference_resolver import (
                UtilityReferenceResolver,
            )
            from omnibase_core.utils.io.utility_filesystem_reader import UtilityFileSystemReader  # type: ignore[import-not-found]

            contract_path = self._find_contract_path()

            # Nothing is read through this one: the loader below opens the file itself.
            UtilityFileSystemReader()
            reference_resolver = UtilityReferenceResolver()

            loaded_model = load_and_validate_yaml_model(contract_path, ModelContractEffect)
            contract_data = loaded_model.model_dump()

            resolved_contract = self._resolve_contract_references(
                contract_data, contract_path.parent, reference_resolver
            )

            contract_model = ModelContractEffect(**resolved_contract)

            # The constructor has run these rules already; they are run again for the sake of
            # contract classes that do not.
            contract_model.validate_node_specific_config()

            emit_log_event(
                LogLevel.INFO,
                "Contract model loaded successfully for NodeEffect",
                {
                    "contract_type": "ModelContractEffect",
                    "node_type": contract_model.node_type,
                    "version": contract_model.version,
                    "contract_path": str(contract_path),
                },
            )

            return contract_model

        except Exception as e:
            raise ModelOnexError(
                message=f"Contract model loading failed for NodeEffect: {e!s}",
                error_code=EnumCoreErrorCode.VALIDATION_ERROR,
                details={
                    "contract_model_type": "ModelContractEffect",
                    "error_type": type(e).__name__,
                },
                cause=e,
            )

    def _find_contract_path(self) -> Path:
        """Find the contract file beside the module of the class that is being constructed.

        The call stack is walked outwards from the caller. The first object called `self` whose
        module has a contract file in its directory decides. Usually that is the node itself,
        but any other caller up the stack can supply a file as well.

        Returns:
            The path of the contract file.

        Raises:
            ModelOnexError: VALIDATION_ERROR if no caller's module has a contract file beside it,
                or if the search itself fails.
        """
        # Imported here because the constants are shared with packages that import this module.
        from omnibase_core.constants.contract_constants import CONTRACT_FILENAME  # type: ignore[import-not-found]

        try:
            frame = inspect.currentframe()

            # The frame of this very method is of no use, the search begins at its caller.
            if frame is not None:
                frame = frame.f_back

            while frame is not None:
                if "self" in frame.f_locals:
                    caller_self = frame.f_locals["self"]
                    if hasattr(caller_self, "__module__"):
                        module = inspect.getmodule(caller_self)
                        if module is not None and getattr(module, "__file__", None):
                            module_path = Path(str(module.__file__))
                            contract_path: Path = module_path.parent / CONTRACT_FILENAME
                            if contract_path.exists():
                                return contract_path
                frame = frame.f_back

            raise ModelOnexError(
                message="Could not find contract.yaml file for effect node",
                error_code=EnumCoreErrorCode.VALIDATION_ERROR,
                details={"contract_filename": CONTRACT_FILENAME},
            )

        except Exception as e:
            raise ModelOnexError(
                message=f"Error finding contract path: {e!s}",
                error_code=EnumCoreErrorCode.VALIDATION_ERROR,
                cause=e,
            )

    def _resolve_contract_references(
        self,
        data: Any,
        base_path: Path,
        reference_resolver: Any,
    ) -> Any:
        """Replace every `$ref` in contract data by what the resolver makes of it.

        Args:
            data: Contract data, or any part of it.
            base_path: The directory that relative references start from.
            reference_resolver: An object with `resolve_reference(path, base_path)`.

        Returns:
            The data with references replaced. Keys beside a `$ref` are dropped with it. A level
            at which the resolution fails is returned as it was, after a warning.
        """
        try:
            if isinstance(data, dict):
                if "$ref" in data:
                    ref_path = data["$ref"]

                    # Only a path that says that it is relative is taken as relative to the
                    # contract; the resolver gets any other text untouched.
                    if ref_path.startswith(("./", "../")):
                        full_ref_path = (base_path / ref_path).resolve()
                    else:
                        full_ref_path = Path(ref_path)

                    return reference_resolver.resolve_reference(str(full_ref_path), base_path)

                return {
                    key: self._resolve_contract_references(value, base_path, reference_resolver)
                    for key, value in data.items()
                }

            if isinstance(data, list):
                return [
                    self._resolve_contract_references(item, base_path, reference_resolver)
                    for item in data
                ]

            return data

        except Exception as e:
            # A contract with an open reference is still better than none at all, the validation
            # that follows decides whether it will do.
            emit_log_event(
                LogLevel.WARNING,
                "Failed to resolve contract reference, using original data",
                {"error": str(e), "error_type": type(e).__name__},
            )
            return data

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

    async def execute_file_operation(
        self,
        operation_type: str,
        file_path: str | Path,
        data: Any | None = None,
        atomic: bool = True,
    ) -> dict[str, Any]:
        """Read, write or delete a file as an effect of this node.

        Args:
            operation_type: `read`, `write` or `delete`.
            file_path: The file in question. Its directory must exist.
            data: What to write, as text; ignored by the other operations.
            atomic: Whether to write through a temporary file and within a transaction.

        Returns:
            The operation type and the path, and what the operation adds: `content` and
            `size_bytes` for a read, `bytes_written` for a write, `deleted` for a delete.

        Raises:
            ModelOnexError: OPERATION_FAILED if the operation fails for good. Failures are
                repeated three times before that, also those that no repetition can mend.
        """
        effect_input = ModelEffectInput(
            effect_type=EnumEffectType.FILE_OPERATION,
            operation_data=_convert_to_scalar_dict(
                {
                    "operation_type": operation_type,
                    "file_path": str(file_path),
                    "data": data,
                    "atomic": atomic,
                }
            ),
            transaction_enabled=atomic,
            retry_enabled=True,
            max_retries=3,
        )

        output = await self.process(effect_input)

        if isinstance(output.result, ModelEffectResultDict):
            return output.result.value

        # Only a replaced file handler can get here, the built-in one always answers with a dict.
        raise ModelOnexError(
            message="File operation did not return expected dict[str, Any]result",
            error_code=EnumCoreErrorCode.OPERATION_FAILED,
            context={"result_type": output.result.result_type},
        )

    async def emit_state_change_event(
        self,
        event_type: str,
        payload: dict[str, Any],
        correlation_id: UUID | None = None,
    ) -> bool:
        """Tell the event bus of the container that something has changed.

        An event cannot be taken back, so no transaction is opened for it.

        Args:
            event_type: The name of the event.
            payload: What the event says. It reaches the bus as text.
            correlation_id: The id that ties the event to its occasion.

        Returns:
            Whether the bus has accepted the event.

        Raises:
            ModelOnexError: OPERATION_FAILED if the effect itself fails, which a missing or
                broken bus alone does not bring about.
        """
        effect_input = ModelEffectInput(
            effect_type=EnumEffectType.EVENT_EMISSION,
            operation_data=_convert_to_scalar_dict(
                {
                    "event_type": event_type,
                    "payload": payload,
                    "correlation_id": str(correlation_id) if correlation_id else None,
                }
            ),
            transaction_enabled=False,
            retry_enabled=True,
            max_retries=2,
        )

        output = await self.process(effect_input)

        if isinstance(output.result, ModelEffectResultBool):
            return output.result.value

        # Only a replaced event handler can get here, the built-in one always answers yes or no.
        raise ModelOnexError(
            message="Event emission did not return expected bool result",
            error_code=EnumCoreErrorCode.OPERATION_FAILED,
            context={"result_type": output.result.result_type},
        )

    async def get_effect_metrics(self) -> dict[str, dict[str, float]]:
        """Report counters and times, the breakers and the transactions in one mapping.

        Every figure is a float, flags included, so that the report can be fed to a metrics
        store without a look at its keys.

        Returns:
            One entry for each kind of effect carried out so far, one for each breaker under the
            name `circuit_breaker_<kind>`, and one called `transaction_management`.
        """
        circuit_breaker_metrics: dict[str, dict[str, float]] = {}
        for service_name, circuit_breaker in self.circuit_breakers.items():
            circuit_breaker_metrics[f"circuit_breaker_{service_name}"] = {
                "state": (1.0 if circuit_breaker.state == EnumCircuitBreakerState.CLOSED else 0.0),
                "failure_count": float(circuit_breaker.failure_count),
                "is_open": (1.0 if circuit_breaker.state == EnumCircuitBreakerState.OPEN else 0.0),
            }

        return {
            **self.effect_metrics,
            **circuit_breaker_metrics,
            "transaction_management": {
                "active_transactions": float(len(self.active_transactions)),
                "max_concurrent_effects": float(self.max_concurrent_effects),
                "semaphore_available": float(self.effect_semaphore._value),
            },
        }

    async def _initialize_node_resources(self) -> None:
        """Announce the limits that the node starts with.

        Nothing has to be acquired: the semaphore and the handlers exist since the construction.
        """
        emit_log_event(
            LogLevel.INFO,
            "NodeEffect resources initialized",
            {
                "node_id": str(self.node_id),
                "max_concurrent_effects": self.max_concurrent_effects,
                "default_timeout_ms": self.default_timeout_ms,
            },
        )

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

    def _get_circuit_breaker(self, service_name: str) -> ModelCircuitBreaker:
        """Return the breaker of a service, with default settings if it is new.

        Args:
            service_name: The value of an effect type, or any other name.

        Returns:
            The same object for the same name, for as long as nobody replaces it.
        """
        if service_name not in self.circuit_breakers:
            self.circuit_breakers[service_name] = ModelCircuitBreaker()

        return self.circuit_breakers[service_name]

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

    async def _execute_effect(
        self,
        input_data: ModelEffectInput,
        transaction: ModelTransaction | None,
    ) -> Any:
        """Hand the operation data to the handler that is in charge of the effect type.

        Args:
            input_data: What to do.
            transaction: The transaction for the handler, or None.

        Returns:
            Whatever the handler returns.

        Raises:
            ModelOnexError: OPERATION_FAILED if nobody has registered a handler for the type.
        """
        effect_type = input_data.effect_type

        if effect_type not in self.effect_handlers:
            raise ModelOnexError(
                message=f"No handler registered for effect type: {effect_type.value}",
                error_code=EnumCoreErrorCode.OPERATION_FAILED,
                context={
                    "node_id": str(self.node_id),
                    "effect_type": effect_type.value,
                    "available_types": [known.value for known in self.effect_handlers],
                },
            )

        handler = self.effect_handlers[effect_type]
        return await handler(input_data.operation_data, transaction)

    async def _update_effect_metrics(
        self,
        effect_type: str,
        processing_time_ms: float,
        success: bool,
    ) -> None:
        """Count one more effect of a kind and take its time into the figures.

        Failures count for the times as well: a slow failure is as much of a burden as a slow
        success.

        Args:
            effect_type: The value of the effect type.
            processing_time_ms: How long the effect took.
            success: Whether it succeeded.
        """
        if effect_type not in self.effect_metrics:
            self.effect_metrics[effect_type] = {
                "total_operations": 0.0,
                "success_count": 0.0,
                "error_count": 0.0,
                "avg_processing_time_ms": 0.0,
                "min_processing_time_ms": float("inf"),
                "max_processing_time_ms": 0.0,
            }

        metrics = self.effect_metrics[effect_type]
        metrics["total_operations"] += 1

        if success:
            metrics["success_count"] += 1
        else:
            metrics["error_count"] += 1

        metrics["min_processing_time_ms"] = min(
            metrics["min_processing_time_ms"], processing_time_ms
        )
        metrics["max_processing_time_ms"] = max(
            metrics["max_processing_time_ms"], processing_time_ms
        )

        # A running average needs no history: the old average stands for all earlier times.
        total_operations = metrics["total_operations"]
        current_average = metrics["avg_processing_time_ms"]
        metrics["avg_processing_time_ms"] = (
            current_average * (total_operations - 1) + processing_time_ms
        ) / total_operations

    def _register_builtin_effect_handlers(self) -> None:
        """Put the handlers for files and for events into the handler table.

        Both are closures over the node, so that a bus that is set on the container later on is
        found all the same.
        """

        async def file_operation_handler(
            operation_data: dict[str, ModelSchemaValue],
            transaction: ModelTransaction | None,
        ) -> dict[str, Any]:
            """Read, write or delete one file.

            Args:
                operation_data: `operation_type` and `file_path`, and `data` and `atomic` if
                    wanted; wrapped or raw.
                transaction: Where to register how to take the operation back, or None.

            Returns:
                The operation type, the path and the findings of the operation.

            Raises:
                KeyError: If one of the two required values is missing.
                ModelOnexError: RESOURCE_UNAVAILABLE for a read of a missing file,
                    VALIDATION_ERROR for an unknown operation.
            """
            operation_type_value: Any = operation_data["operation_type"]
            file_path_value: Any = operation_data["file_path"]
            data: Any = operation_data.get("data")
            atomic: Any = operation_data.get("atomic", True)

            # Values come wrapped from the public methods and raw from callers that hand over
            # operation data of their own.
            if isinstance(operation_type_value, ModelSchemaValue):
                operation_type_value = operation_type_value.to_value()
            if isinstance(file_path_value, ModelSchemaValue):
                file_path_value = file_path_value.to_value()
            if isinstance(data, ModelSchemaValue):
                data = data.to_value()
            if isinstance(atomic, ModelSchemaValue):
                atomic = atomic.to_value()

            operation_type = operation_type_value
            file_path = Path(str(file_path_value))

            result: dict[str, Any] = {
                "operation_type": operation_type,
                "file_path": str(file_path),
            }

            if operation_type == "read":
                if not file_path.exists():
                    raise ModelOnexError(
                        message=f"File not found: {file_path}",
                        error_code=EnumCoreErrorCode.RESOURCE_UNAVAILABLE,
                        context={"file_path": str(file_path)},
                    )

                with open(file_path, encoding="utf-8") as source:
                    content = source.read()

                result["content"] = content
                result["size_bytes"] = len(content.encode("utf-8"))

            elif operation_type == "write":
                text = str(data)

                if atomic:
                    # The new text takes the place of the old one in a single step. For that the
                    # temporary file must lie in the same directory.
                    temp_path = file_path.with_suffix(file_path.suffix + ".tmp")

                    try:
                        with open(temp_path, "w", encoding="utf-8") as target:
                            target.write(text)
                        temp_path.replace(file_path)

                        if transaction is not None:

                            def rollback_write() -> None:
                                """Remove the file that the write has left behind."""
                                if file_path.exists():
                                    file_path.unlink()

                            transaction.add_operation(
                                "write", {"file_path": str(file_path)}, rollback_write
                            )

                    except Exception:
                        if temp_path.exists():
                            temp_path.unlink()
                        raise

                else:
                    with open(file_path, "w", encoding="utf-8") as target:
                        target.write(text)

                result["bytes_written"] = len(text.encode("utf-8"))

            elif operation_type == "delete":
                if file_path.exists():
                    backup_content: str | None = None

                    # What is gone can only be brought back if it has been read before.
                    if transaction is not None:
                        with open(file_path, encoding="utf-8") as source:
                            backup_content = source.read()

                    file_path.unlink()
                    result["deleted"] = True

                    if transaction is not None and backup_content:
                        restored_content = backup_content

                        def rollback_delete() -> None:
                            """Write the text of the deleted file back."""
                            with open(file_path, "w", encoding="utf-8") as target:
                                target.write(restored_content)

                        transaction.add_operation(
                            "delete", {"file_path": str(file_path)}, rollback_delete
                        )

                else:
                    # Whoever wants a file gone does not mind that it never was there.
                    result["deleted"] = False

            else:
                raise ModelOnexError(
                    message=f"Unknown file operation: {operation_type}",
                    error_code=EnumCoreErrorCode.VALIDATION_ERROR,
                    context={"operation_type": operation_type},
                )

            return result

        async def event_emission_handler(
            operation_data: dict[str, ModelSchemaValue],
            transaction: ModelTransaction | None,
        ) -> bool:
            """Hand one event to the event bus of the container.

            Args:
                operation_data: `event_type` and `payload`, and `correlation_id` if wanted;
                    wrapped or raw.
                transaction: Not used, since an event cannot be taken back.

            Returns:
                Whether the bus has accepted the event. Trouble with the bus is logged and
                answered with False: a node must be able to work without listeners.

            Raises:
                KeyError: If one of the two required values is missing.
            """
            event_type: Any = operation_data["event_type"]
            payload: Any = operation_data["payload"]
            correlation_id: Any = operation_data.get("correlation_id")

            if isinstance(event_type, ModelSchemaValue):
                event_type = event_type.to_value()
            if isinstance(payload, ModelSchemaValue):
                payload = payload.to_value()
            if isinstance(correlation_id, ModelSchemaValue):
                correlation_id = correlation_id.to_value()

            try:
                # The bus is looked up for every event, it may come and go while the node lives.
                event_bus = getattr(self.container, "event_bus", None)

                if not event_bus:
                    emit_log_event(
                        LogLevel.WARNING,
                        "Event bus not available, skipping event emission",
                        {"event_type": event_type},
                    )
                    return False

                if not hasattr(event_bus, "emit_event"):
                    emit_log_event(
                        LogLevel.WARNING,
                        "Event bus does not support emit_event method",
                        {"event_type": event_type},
                    )
                    return False

                await event_bus.emit_event(
                    event_type=event_type,
                    payload=payload,
                    correlation_id=UUID(str(correlation_id)) if correlation_id else None,
                )
                return True

            except Exception as e:
                emit_log_event(
                    LogLevel.ERROR,
                    f"Event emission failed: {e!s}",
                    {"event_type": event_type, "error": str(e)},
                )
                return False

        self.effect_handlers[EnumEffectType.FILE_OPERATION] = file_operation_handler
        self.effect_handlers[EnumEffectType.EVENT_EMISSION] = event_emission_handler

    async def get_introspection_data(self) -> dict[str, Any]:
        """Describe what this node is, what it can do and how it fares.

        Returns:
            Capabilities, contract details, run-time information, the management of effects and
            the configuration. If any part of it cannot be made, a reduced description with the
            reason is returned instead.
        """
        try:
            return {
                "node_capabilities": {
                    "node_type": "NodeEffect",
                    "node_classification": "effect",
                    "node_id": self.node_id,
                    "version": self.version,
                    "created_at": self.created_at.isoformat(),
                    "current_status": self.state.get("status", "unknown"),
                    "architecture_classification": "side_effect_management",
                    "effect_patterns": [
                        "transaction_management",
                        "retry_policies",
                        "circuit_breaker",
                    ],
                    "available_operations": self._extract_effect_operations(),
                    "input_output_specifications": self._extract_effect_io_specifications(),
                    "performance_characteristics": (
                        self._extract_effect_performance_characteristics()
                    ),
                },
                "contract_details": {
                    "contract_type": "ModelContractEffect",
                    "contract_validation_status": "validated",
                    "io_operations_configuration": self._extract_io_operations_configuration(),
                    "effect_constraints": self._extract_effect_constraints(),
                    "supported_effect_types": [
                        effect_type.value for effect_type in self.effect_handlers
                    ],
                },
                "runtime_information": {
                    "current_health_status": self._get_effect_health_status(),
                    "effect_metrics": self._get_effect_metrics_sync(),
                    "resource_usage": self._get_effect_resource_usage(),
                    "transaction_status": self._get_transaction_status(),
                    "circuit_breaker_status": self._get_circuit_breaker_status(),
                },
                "effect_management_information": {
                    "registered_effect_handlers": list(self.effect_handlers.keys()),
                    "effect_handler_count": len(self.effect_handlers),
                    "transaction_management_enabled": True,
                    "retry_policies_enabled": True,
                    "circuit_breaker_enabled": True,
                    "atomic_operations_supported": True,
                },
                "configuration_details": {
                    "default_timeout_ms": self.default_timeout_ms,
                    "default_retry_delay_ms": self.default_retry_delay_ms,
                    "max_concurrent_effects": self.max_concurrent_effects,
                    "semaphore_available": self.effect_semaphore._value,
                    "transaction_configuration": {
                        "rollback_support": True,
                        "nested_transactions": False,
                        "automatic_commit": True,
                    },
                },
                "introspection_metadata": {
                    "generated_at": str(time.time()),
                    "introspection_version": ModelSemVer(major=1, minor=0, patch=0),
                    "node_type": "NodeEffect",
                    "supports_full_introspection": True,
                    "specialization": (
                        "side_effect_management_with_transactions_and_circuit_breakers"
                    ),
                },
            }

        except Exception as e:
            # Whoever asks is often looking for the cause of a trouble already, so a partial
            # answer is worth more to them than an error.
            emit_log_event(
                LogLevel.WARNING,
                f"Failed to generate full effect introspection data: {e!s}, using fallback",
                {"node_id": str(self.node_id), "error": str(e)},
            )

            return {
                "node_capabilities": {
                    "node_type": "NodeEffect",
                    "node_classification": "effect",
                    "node_id": self.node_id,
                },
                "runtime_information": {
                    "current_health_status": "unknown",
                    "effect_handler_count": len(self.effect_handlers),
                },
                "introspection_metadata": {
                    "generated_at": str(time.time()),
                    "introspection_version": ModelSemVer(major=1, minor=0, patch=0),
                    "supports_full_introspection": False,
                    "fallback_reason": str(e),
                },
            }

    def _extract_effect_operations(self) -> list[str]:
        """List the names of everything that callers can ask of this node.

        Returns:
            The public methods, one `handle_<type>` for each registered handler, and the parts of
            the transaction handling. If a handler has an odd key, what was listed before it.
        """
        operations = [
            "process",
            "execute_file_operation",
            "emit_state_change_event",
            "get_effect_metrics",
        ]

        try:
            for effect_type in self.effect_handlers:
                operations.append(f"handle_{effect_type.value}")

            operations.extend(
                ["transaction_context", "rollback_transaction", "commit_transaction"]
            )

        except Exception as e:
            emit_log_event(
                LogLevel.WARNING,
                f"Failed to extract all effect operations: {e!s}",
                {"node_id": str(self.node_id), "error": str(e)},
            )

        return operations

    def _extract_effect_io_specifications(self) -> dict[str, Any]:
        """Describe what goes into the node and what comes out of it.

        Returns:
            The import paths of the two models, the effect types that inputs may name, and what
            is required of an input and guaranteed of an output.
        """
        return {
            "input_model": "omnibase_core.models.operations.model_effect_input.ModelEffectInput",
            "output_model": (
                "omnibase_core.models.operations.model_effect_output.ModelEffectOutput"
            ),
            "supports_streaming": False,
            "supports_batch_processing": False,
            "supports_transaction_management": True,
            "effect_types": [effect_type.value for effect_type in EnumEffectType],
            "input_requirements": ["effect_type", "operation_data"],
            "output_guarantees": [
                "result",
                "transaction_state",
                "processing_time_ms",
                "retry_count",
            ],
        }

    def _extract_effect_performance_characteristics(self) -> dict[str, Any]:
        """Describe how the node is expected to perform under its present limits.

        Returns:
            The expected response time, the throughput and the traits of effects in general.
        """
        return {
            "expected_response_time_ms": f"< {self.default_timeout_ms}",
            "throughput_capacity": f"up_to_{self.max_concurrent_effects}_concurrent_effects",
            "memory_usage_pattern": "transaction_tracking_with_rollback_operations",
            "cpu_intensity": "low_to_medium_depending_on_io_operations",
            "supports_parallel_processing": True,
            "caching_enabled": False,
            "performance_monitoring": True,
            "deterministic_operations": False,
            "side_effects": True,
            "atomic_operations": True,
            "rollback_capabilities": True,
        }

    def _extract_io_operations_configuration(self) -> dict[str, Any]:
        """Describe the I/O operations that the contract declares.

        Returns:
            The operations with the flags that hold for all of them. A contract object without
            such operations has an empty list; one that cannot be read gives the list alone.
        """
        try:
            io_operations: list[dict[str, Any]] = []

            # The contract may be any object when a subclass loads it in a way of its own.
            if hasattr(self.contract_model, "io_operations"):
                for operation in self.contract_model.io_operations:
                    io_operations.append(
                        {
                            "operation_type": operation.operation_type,
                            "atomic": operation.atomic,
                            "timeout_seconds": operation.timeout_seconds,
                        }
                    )

            return {
                "io_operations": io_operations,
                "supports_atomic_operations": True,
                "supports_file_operations": True,
                "supports_event_emission": True,
            }

        except Exception as e:
            emit_log_event(
                LogLevel.WARNING,
                f"Failed to extract I/O operations configuration: {e!s}",
                {"node_id": str(self.node_id), "error": str(e)},
            )
            return {"io_operations": []}

    def _extract_effect_constraints(self) -> dict[str, Any]:
        """Describe the conditions under which this node works.

        Returns:
            What the node needs, what it supports and the limits it keeps.
        """
        return {
            "requires_container": True,
            "supports_transactions": True,
            "supports_rollback": True,
            "requires_event_bus_for_emissions": True,
            "max_concurrent_effects": self.max_concurrent_effects,
            "default_timeout_ms": self.default_timeout_ms,
            "retry_enabled_by_default": True,
            "circuit_breaker_configurable": True,
        }

    def _get_effect_health_status(self) -> str:
        """Judge the health of the node by whether it still accepts a plain input.

        Returns:
            `healthy`, or `unhealthy` if the validation refuses the input.
        """
        try:
            probe = ModelEffectInput(
                effect_type=EnumEffectType.METRICS_COLLECTION,
                operation_data={"health_check": ModelSchemaValue.from_value(True)},
            )
            self._validate_effect_input(probe)
            return "healthy"

        except Exception:
            return "unhealthy"

    def _get_effect_metrics_sync(self) -> dict[str, Any]:
        """Report the same as `get_effect_metrics`, for callers that cannot await.

        Returns:
            The metrics, or the status `unknown` with the error if they cannot be put together.
        """
        try:
            circuit_breaker_metrics: dict[str, dict[str, float]] = {}
            for service_name, circuit_breaker in self.circuit_breakers.items():
                circuit_breaker_metrics[f"circuit_breaker_{service_name}"] = {
                    "state": (
                        1.0 if circuit_breaker.state == EnumCircuitBreakerState.CLOSED else 0.0
                    ),
                    "failure_count": float(circuit_breaker.failure_count),
                    "is_open": (
                        1.0 if circuit_breaker.state == EnumCircuitBreakerState.OPEN else 0.0
                    ),
                }

            return {
                **self.effect_metrics,
                **circuit_breaker_metrics,
                "transaction_management": {
                    "active_transactions": float(len(self.active_transactions)),
                    "max_concurrent_effects": float(self.max_concurrent_effects),
                    "semaphore_available": float(self.effect_semaphore._value),
                },
            }

        except Exception as e:
            emit_log_event(
                LogLevel.WARNING,
                f"Failed to get effect metrics: {e!s}",
                {"node_id": str(self.node_id), "error": str(e)},
            )
            return {"status": "unknown", "error": str(e)}

    def _get_effect_resource_usage(self) -> dict[str, Any]:
        """Count what the node holds at this moment.

        Returns:
            The number of open transactions, free slots, breakers and handlers, and the limit of
            concurrent effects; or the status `unknown` if they cannot be counted.
        """
        try:
            return {
                "active_transactions": len(self.active_transactions),
                "effect_semaphore_available": self.effect_semaphore._value,
                "circuit_breakers_count": len(self.circuit_breakers),
                "effect_handlers_registered": len(self.effect_handlers),
                "max_concurrent_effects": self.max_concurrent_effects,
            }

        except Exception as e:
            emit_log_event(
                LogLevel.WARNING,
                f"Failed to get effect resource usage: {e!s}",
                {"node_id": str(self.node_id), "error": str(e)},
            )
            return {"status": "unknown"}

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

    def _get_circuit_breaker_status(self) -> dict[str, Any]:
        """Describe the circuit breakers that exist at this moment.

        Returns:
            Their number, the state and settings of each by its name, and the settings that a
            new one starts with; or the status `unknown` with the error if they cannot be
            described.
        """
        try:
            circuit_breaker_details: dict[str, dict[str, Any]] = {}
            for service_name, circuit_breaker in self.circuit_breakers.items():
                circuit_breaker_details[service_name] = {
                    "state": circuit_breaker.state.value,
                    "failure_count": circuit_breaker.failure_count,
                    "failure_threshold": circuit_breaker.failure_threshold,
                    "recovery_timeout_seconds": circuit_breaker.recovery_timeout_seconds,
                    "last_failure_time": (
                        circuit_breaker.last_failure_time.isoformat()
                        if circuit_breaker.last_failure_time
                        else None
                    ),
                }

            return {
                "circuit_breaker_count": len(self.circuit_breakers),
                "circuit_breaker_details": circuit_breaker_details,
                "default_failure_threshold": 5,
                "default_recovery_timeout_seconds": 60,
            }

        except Exception as e:
            emit_log_event(
                LogLevel.WARNING,
                f"Failed to get circuit breaker status: {e!s}",
                {"node_id": str(self.node_id), "error": str(e)},
            )
            return {"status": "unknown", "error": str(e)}
