"""Tells what an effect node can do and how it is doing."""

import time
from typing import TYPE_CHECKING, Any

from omnibase_core.enums.enum_effect_type import EnumEffectType
from omnibase_core.enums.enum_log_level import EnumLogLevel as LogLevel
from omnibase_core.logging.structured import emit_log_event_sync as emit_log_event
from omnibase_core.mixins.mixin_self_description import MixinSelfDescription
from omnibase_core.models.common.model_schema_value import ModelSchemaValue
from omnibase_core.models.operations.model_effect_input import ModelEffectInput
from omnibase_core.primitives.model_semver import ModelSemVer

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Awaitable, Callable
    from datetime import datetime
    from uuid import UUID

    from omnibase_core.models.contracts.model_contract_effect import ModelContractEffect
    from omnibase_core.models.infrastructure.model_circuit_breaker import ModelCircuitBreaker
    from omnibase_core.models.infrastructure.model_transaction import ModelTransaction


class MixinEffectIntrospection:
    """Tells what an effect node can do and how it is doing.

    Needs `self._get_circuit_breaker_status`, `self._get_effect_metrics_sync`,
    `self._get_transaction_status`, `self._validate_effect_input`,
    `self.active_transactions`, `self.circuit_breakers`, `self.contract_model`,
    `self.created_at`, `self.default_retry_delay_ms`, `self.default_timeout_ms`,
    `self.effect_handlers`, `self.effect_semaphore`, `self.max_concurrent_effects`,
    `self.node_id`, `self.state`, `self.version` from the class that it is mixed into.
    """

    if TYPE_CHECKING:
        _get_effect_metrics_sync: Any
        active_transactions: dict[str, ModelTransaction]
        circuit_breakers: dict[str, ModelCircuitBreaker]
        contract_model: ModelContractEffect
        created_at: datetime
        default_retry_delay_ms: int
        default_timeout_ms: int
        effect_handlers: dict[EnumEffectType, Callable[..., Awaitable[Any]]]
        effect_semaphore: asyncio.Semaphore
        max_concurrent_effects: int
        node_id: UUID
        state: dict[str, str]
        version: str

        def _get_circuit_breaker_status(self) -> dict[str, Any]: ...

        def _get_transaction_status(self) -> dict[str, Any]: ...

        def _validate_effect_input(self, input_data: ModelEffectInput) -> None: ...

    _get_effect_health_status = MixinSelfDescription._get_health_status

    _get_effect_resource_usage = MixinSelfDescription._get_resource_usage

    def _describe(self) -> dict[str, Any]:
        """Do what differs between the classes in `get_introspection_data`."""
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

    def _shown_node_id(self) -> Any:
        """Do what differs between the classes in `get_introspection_data`."""
        return str(self.node_id)

    def _describe_briefly(self, e: Any) -> dict[str, Any]:
        """Do what differs between the classes in `get_introspection_data`."""
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

    def _accept_probe(self) -> None:
        """Do what differs between the classes in `_get_health_status`."""
        probe = ModelEffectInput(
            effect_type=EnumEffectType.METRICS_COLLECTION,
            operation_data={"health_check": ModelSchemaValue.from_value(True)},
        )
        self._validate_effect_input(probe)

    def _count_resources(self) -> dict[str, Any]:
        """Do what differs between the classes in `_get_resource_usage`."""
        return {
            "active_transactions": len(self.active_transactions),
            "effect_semaphore_available": self.effect_semaphore._value,
            "circuit_breakers_count": len(self.circuit_breakers),
            "effect_handlers_registered": len(self.effect_handlers),
            "max_concurrent_effects": self.max_concurrent_effects,
        }
