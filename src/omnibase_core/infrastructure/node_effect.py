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
import time
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
from omnibase_core.mixins.mixin_contract_loader import MixinContractLoader
from omnibase_core.mixins.mixin_effect_handlers import MixinEffectHandlers, _convert_to_scalar_dict
from omnibase_core.mixins.mixin_transactions import MixinTransactions
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


class NodeEffect(MixinEffectHandlers, MixinTransactions, MixinContractLoader, NodeCoreBase):
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

        # One breaker for each kind of effect that has asked for one so far.
        self.circuit_breakers: dict[str, ModelCircuitBreaker] = {}

        # Holds the limit above. A retry that sleeps keeps its slot.
        self.effect_semaphore: asyncio.Semaphore = asyncio.Semaphore(self.max_concurrent_effects)

        # Counters and times for each kind of effect, created when it is first carried out.
        self.effect_metrics: dict[str, dict[str, float]] = {}

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
