"""Tells what a reducer node can do and how it is doing."""

import time
from typing import TYPE_CHECKING, Any

from omnibase_core.enums.enum_conflict_resolution import EnumConflictResolution
from omnibase_core.enums.enum_log_level import EnumLogLevel as LogLevel
from omnibase_core.enums.enum_reduction_type import EnumReductionType
from omnibase_core.enums.enum_streaming_mode import EnumStreamingMode
from omnibase_core.logging.structured import emit_log_event_sync as emit_log_event
from omnibase_core.mixins.mixin_self_description import MixinSelfDescription
from omnibase_core.models.operations.model_reducer_input import ModelReducerInput
from omnibase_core.primitives.model_semver import ModelSemVer

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime
    from uuid import UUID

    from omnibase_core.models.contracts.model_contract_reducer import ModelContractReducer
    from omnibase_core.models.infrastructure.model_streaming_window import ModelStreamingWindow


class MixinReducerIntrospection:
    """Tells what a reducer node can do and how it is doing.

    Needs `self._get_conflict_resolution_status`, `self._get_reduction_metrics_sync`,
    `self._get_streaming_status`, `self._validate_reducer_input`, `self.active_windows`,
    `self.contract_model`, `self.created_at`, `self.default_batch_size`,
    `self.max_memory_usage_mb`, `self.node_id`, `self.reduction_functions`,
    `self.state`, `self.streaming_buffer_size`, `self.version` from the class that it is
    mixed into.
    """

    if TYPE_CHECKING:
        _get_reduction_metrics_sync: Any
        active_windows: dict[str, ModelStreamingWindow]
        contract_model: ModelContractReducer
        created_at: datetime
        default_batch_size: int
        max_memory_usage_mb: int
        node_id: UUID
        reduction_functions: dict[EnumReductionType, Callable[..., Awaitable[Any]]]
        state: dict[str, str]
        streaming_buffer_size: int
        version: str

        def _get_conflict_resolution_status(self) -> dict[str, Any]: ...

        def _get_streaming_status(self) -> dict[str, Any]: ...

        def _validate_reducer_input(self, input_data: ModelReducerInput[Any]) -> None: ...

    _get_reducer_health_status = MixinSelfDescription._get_health_status

    _get_reducer_resource_usage = MixinSelfDescription._get_resource_usage

    def _describe(self) -> dict[str, Any]:
        """Do what differs between the classes in `get_introspection_data`."""
        return {
            "node_capabilities": {
                "node_type": "NodeReducer",
                "node_classification": "reducer",
                "node_id": self.node_id,
                "version": self.version,
                "created_at": self.created_at.isoformat(),
                "current_status": self.state.get("status", "unknown"),
                "architecture_classification": "data_aggregation_and_state_reduction",
                "reduction_patterns": [
                    "fold",
                    "accumulate",
                    "merge",
                    "aggregate",
                    "normalize",
                ],
                "streaming_capabilities": [
                    "windowed",
                    "real_time",
                    "incremental",
                    "batch",
                ],
                "available_operations": self._extract_reducer_operations(),
                "input_output_specifications": self._extract_reducer_io_specifications(),
                "performance_characteristics": (
                    self._extract_reducer_performance_characteristics()
                ),
            },
            "contract_details": {
                "contract_type": "ModelContractReducer",
                "contract_validation_status": "validated",
                "reduction_configuration": self._extract_reduction_configuration(),
                "aggregation_configuration": self._extract_aggregation_configuration(),
                "supported_reduction_types": [
                    reduction_type.value for reduction_type in self.reduction_functions
                ],
                "conflict_resolution_strategies": [
                    strategy.value for strategy in EnumConflictResolution
                ],
            },
            "runtime_information": {
                "current_health_status": self._get_reducer_health_status(),
                "reduction_metrics": self._get_reduction_metrics_sync(),
                "resource_usage": self._get_reducer_resource_usage(),
                "streaming_status": self._get_streaming_status(),
                "conflict_resolution_status": self._get_conflict_resolution_status(),
            },
            "reduction_management_information": {
                "registered_reduction_functions": list(self.reduction_functions.keys()),
                "reduction_function_count": len(self.reduction_functions),
                "streaming_windows_active": len(self.active_windows),
                "supports_custom_reducers": True,
                "supports_conflict_resolution": True,
                "supports_streaming": True,
                "supports_rsd_operations": True,
            },
            "configuration_details": {
                "default_batch_size": self.default_batch_size,
                "max_memory_usage_mb": self.max_memory_usage_mb,
                "streaming_buffer_size": self.streaming_buffer_size,
                "streaming_configuration": {
                    "supports_windowing": True,
                    "supports_real_time": True,
                    "supports_incremental": True,
                    "window_types": ["time_based", "count_based"],
                },
                "conflict_resolution_configuration": {
                    "strategies": [strategy.value for strategy in EnumConflictResolution],
                    "supports_custom_resolvers": True,
                    "merge_strategies": [
                        "numeric_sum",
                        "string_concat",
                        "list_merge",
                        "dict_merge",
                    ],
                },
            },
            "rsd_specific_information": {
                "supports_priority_normalization": (
                    EnumReductionType.NORMALIZE in self.reduction_functions
                ),
                "supports_dependency_cycle_detection": True,
                "supports_ticket_aggregation": (
                    EnumReductionType.AGGREGATE in self.reduction_functions
                ),
                "supports_graph_operations": True,
                "rsd_operations": [
                    "priority_score_normalization",
                    "ticket_metadata_aggregation",
                    "dependency_graph_cycle_detection",
                    "status_consolidation",
                ],
            },
            "introspection_metadata": {
                "generated_at": str(time.time()),
                "introspection_version": ModelSemVer(major=1, minor=0, patch=0),
                "node_type": "NodeReducer",
                "supports_full_introspection": True,
                "specialization": ("data_aggregation_with_streaming_and_conflict_resolution"),
            },
        }

    def _describe_briefly(self, e: Any) -> dict[str, Any]:
        """Do what differs between the classes in `get_introspection_data`."""
        return {
            "node_capabilities": {
                "node_type": "NodeReducer",
                "node_classification": "reducer",
                "node_id": self.node_id,
            },
            "runtime_information": {
                "current_health_status": "unknown",
                "reduction_function_count": len(self.reduction_functions),
            },
            "introspection_metadata": {
                "generated_at": str(time.time()),
                "introspection_version": ModelSemVer(major=1, minor=0, patch=0),
                "supports_full_introspection": False,
                "fallback_reason": str(e),
            },
        }

    def _extract_reducer_operations(self) -> list[str]:
        """List the names of everything that callers can ask of this node.

        Returns:
            The kinds of reduction, one `reduce_<type>` for each registered function, and the
            ways of streaming. If a function has an odd key, what was listed before it.
        """
        operations = ["process", "reduce_data", "aggregate_data", "normalize_scores"]

        try:
            for reduction_type in self.reduction_functions:
                operations.append(f"reduce_{reduction_type.value}")

            operations.extend(
                [
                    "stream_process",
                    "window_process",
                    "batch_process",
                    "detect_dependency_cycles",
                    "normalize_priority_scores",
                ]
            )

        except Exception as e:
            emit_log_event(
                LogLevel.WARNING,
                f"Failed to extract all reducer operations: {e!s}",
                {"node_id": self.node_id, "error": str(e)},
            )

        return operations

    def _extract_reducer_io_specifications(self) -> dict[str, Any]:
        """Describe what goes into the node and what comes out of it.

        Returns:
            The import paths of the two models, the reduction types, streaming modes and
            conflict strategies that inputs may name, and what is required of an input and
            guaranteed of an output.
        """
        return {
            "input_model": "omnibase_core.infrastructure.node_reducer.ModelReducerInput",
            "output_model": "omnibase_core.infrastructure.node_reducer.ModelReducerOutput",
            "supports_streaming": True,
            "supports_batch_processing": True,
            "supports_incremental_processing": True,
            "reduction_types": [reduction_type.value for reduction_type in EnumReductionType],
            "streaming_modes": [streaming_mode.value for streaming_mode in EnumStreamingMode],
            "conflict_resolution_strategies": [
                strategy.value for strategy in EnumConflictResolution
            ],
            "input_requirements": ["data", "reduction_type"],
            "output_guarantees": [
                "result",
                "processing_time_ms",
                "items_processed",
                "conflicts_resolved",
                "streaming_mode",
            ],
        }

    def _extract_reducer_performance_characteristics(self) -> dict[str, Any]:
        """Describe how the node is expected to perform under its present limits.

        Returns:
            The expected response time, the throughput and the traits of reductions in general.
        """
        return {
            "expected_response_time_ms": "varies_by_data_size_and_reduction_complexity",
            "throughput_capacity": f"up_to_{self.default_batch_size}_items_per_batch",
            "memory_usage_pattern": f"streaming_with_max_{self.max_memory_usage_mb}_mb",
            "cpu_intensity": "medium_to_high_depending_on_reduction_complexity",
            "supports_parallel_processing": False,
            "caching_enabled": False,
            "performance_monitoring": True,
            "deterministic_operations": True,
            "side_effects": False,
            "streaming_capabilities": True,
            "memory_efficient": True,
            "supports_large_datasets": True,
        }

    def _extract_reduction_configuration(self) -> dict[str, Any]:
        """Describe the limits of reductions and the types that can be reduced.

        Returns:
            The three limits and the registered reduction types. If a function has an odd key,
            the batch size alone.
        """
        try:
            return {
                "default_batch_size": self.default_batch_size,
                "max_memory_usage_mb": self.max_memory_usage_mb,
                "streaming_buffer_size": self.streaming_buffer_size,
                "supported_reduction_types": [
                    reduction_type.value for reduction_type in self.reduction_functions
                ],
            }

        except Exception as e:
            emit_log_event(
                LogLevel.WARNING,
                f"Failed to extract reduction configuration: {e!s}",
                {"node_id": self.node_id, "error": str(e)},
            )
            return {"default_batch_size": self.default_batch_size}

    def _extract_aggregation_configuration(self) -> dict[str, Any]:
        """Describe the aggregations that come with a contract that knows of them.

        Returns:
            The operations with the flags that hold for all of them. A contract object without
            a place for aggregation has an empty list; one that cannot be read gives the list
            alone.
        """
        try:
            aggregation_operations: list[str] = []

            # The contract may be any object when a subclass loads it in a way of its own.
            if hasattr(self.contract_model, "aggregation"):
                aggregation_operations = [
                    "count",
                    "sum",
                    "avg",
                    "min",
                    "max",
                    "group_by",
                    "statistical_analysis",
                ]

            return {
                "aggregation_operations": aggregation_operations,
                "supports_grouping": True,
                "supports_statistical_aggregation": True,
                "supports_custom_aggregation": True,
            }

        except Exception as e:
            emit_log_event(
                LogLevel.WARNING,
                f"Failed to extract aggregation configuration: {e!s}",
                {"node_id": self.node_id, "error": str(e)},
            )
            return {"aggregation_operations": []}

    def _accept_probe(self) -> None:
        """Do what differs between the classes in `_get_health_status`."""
        probe: ModelReducerInput[int] = ModelReducerInput(
            data=[1, 2, 3],
            reduction_type=EnumReductionType.FOLD,
        )
        self._validate_reducer_input(probe)

    def _count_resources(self) -> dict[str, Any]:
        """Do what differs between the classes in `_get_resource_usage`."""
        return {
            "active_reduction_functions": len(self.reduction_functions),
            "streaming_windows_active": len(self.active_windows),
            "total_buffered_items": sum(
                len(window.buffer) for window in self.active_windows.values()
            ),
            "max_memory_usage_mb": self.max_memory_usage_mb,
            "streaming_buffer_size": self.streaming_buffer_size,
        }
