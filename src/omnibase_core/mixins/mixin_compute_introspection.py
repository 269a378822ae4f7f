"""Tells what a compute node can do and how it is doing."""

import time
from typing import TYPE_CHECKING, Any

from omnibase_core.enums.enum_log_level import EnumLogLevel as LogLevel
from omnibase_core.logging.structured import emit_log_event_sync as emit_log_event
from omnibase_core.mixins.mixin_self_description import MixinSelfDescription
from omnibase_core.models.operations.model_compute_input import ModelComputeInput

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import ThreadPoolExecutor
    from datetime import datetime
    from uuid import UUID

    from omnibase_core.infrastructure.computation_cache import ComputationCache
    from omnibase_core.models.contracts.model_contract_compute import ModelContractCompute


class MixinComputeIntrospection:
    """Tells what a compute node can do and how it is doing.

    Needs `self._get_caching_status`, `self._get_computation_metrics_sync`,
    `self._get_parallel_processing_status`, `self._validate_compute_input`,
    `self.cache_ttl_minutes`, `self.computation_cache`, `self.computation_registry`,
    `self.contract_model`, `self.created_at`, `self.max_parallel_workers`,
    `self.node_id`, `self.performance_threshold_ms`, `self.state`, `self.thread_pool`,
    `self.version` from the class that it is mixed into.
    """

    if TYPE_CHECKING:
        _get_computation_metrics_sync: Any
        cache_ttl_minutes: int
        computation_cache: ComputationCache
        computation_registry: dict[str, Callable[..., Any]]
        contract_model: ModelContractCompute
        created_at: datetime
        max_parallel_workers: int
        node_id: UUID
        performance_threshold_ms: float
        state: dict[str, str]
        thread_pool: ThreadPoolExecutor | None
        version: str

        def _get_caching_status(self) -> dict[str, Any]: ...

        def _get_parallel_processing_status(self) -> dict[str, Any]: ...

        def _validate_compute_input(self, input_data: ModelComputeInput[Any]) -> None: ...

    _get_compute_health_status = MixinSelfDescription._get_health_status

    _get_compute_resource_usage = MixinSelfDescription._get_resource_usage

    def _describe(self) -> dict[str, Any]:
        """Do what differs between the classes in `get_introspection_data`."""
        return {
            "node_capabilities": {
                "node_type": "NodeCompute",
                "node_classification": "compute",
                "node_id": self.node_id,
                "version": self.version,
                "created_at": self.created_at.isoformat(),
                "current_status": self.state.get("status", "unknown"),
                "architecture_classification": "pure_computation",
                "computation_patterns": [
                    "pure_function",
                    "deterministic",
                    "parallel_processing",
                ],
                "available_operations": self._extract_compute_operations(),
                "input_output_specifications": self._extract_compute_io_specifications(),
                "performance_characteristics": (
                    self._extract_compute_performance_characteristics()
                ),
            },
            "contract_details": {
                "contract_type": "ModelContractCompute",
                "contract_validation_status": "validated",
                "algorithm_configuration": self._extract_algorithm_configuration(),
                "computation_constraints": self._extract_computation_constraints(),
                "supported_algorithms": list(self.computation_registry.keys()),
            },
            "runtime_information": {
                "current_health_status": self._get_compute_health_status(),
                "computation_metrics": self._get_computation_metrics_sync(),
                "resource_usage": self._get_compute_resource_usage(),
                "caching_status": self._get_caching_status(),
                "parallel_processing_status": self._get_parallel_processing_status(),
            },
            "algorithm_information": {
                "registered_algorithms": list(self.computation_registry.keys()),
                "rsd_algorithm_support": (
                    "rsd_priority_calculation" in self.computation_registry
                ),
                "custom_algorithms": [
                    name for name in self.computation_registry if not name.startswith("rsd_")
                ],
                "algorithm_count": len(self.computation_registry),
            },
            "performance_configuration": {
                "max_parallel_workers": self.max_parallel_workers,
                "cache_ttl_minutes": self.cache_ttl_minutes,
                "performance_threshold_ms": self.performance_threshold_ms,
                "cache_configuration": {
                    "max_size": self.computation_cache.max_size,
                    "default_ttl_minutes": self.computation_cache.default_ttl_minutes,
                },
            },
            "introspection_metadata": {
                "generated_at": str(time.time()),
                "introspection_version": "1.0.0",
                "node_type": "NodeCompute",
                "supports_full_introspection": True,
                "specialization": "pure_computation_with_caching_and_parallelization",
            },
        }

    def _describe_briefly(self, e: Any) -> dict[str, Any]:
        """Do what differs between the classes in `get_introspection_data`."""
        return {
            "node_capabilities": {
                "node_type": "NodeCompute",
                "node_classification": "compute",
                "node_id": self.node_id,
            },
            "runtime_information": {
                "current_health_status": "unknown",
                "algorithm_count": len(self.computation_registry),
            },
            "introspection_metadata": {
                "generated_at": str(time.time()),
                "introspection_version": "1.0.0",
                "supports_full_introspection": False,
                "fallback_reason": str(e),
            },
        }

    def _extract_compute_operations(self) -> list[str]:
        """List the names of everything that callers can ask of this node.

        Returns:
            The public methods and one `compute_<name>` for each registered computation. The
            public methods alone, if the registry cannot be read.
        """
        operations = [
            "process",
            "calculate_rsd_priority",
            "register_computation",
            "get_computation_metrics",
        ]

        try:
            operations.extend([f"compute_{name}" for name in self.computation_registry])

        except Exception as e:
            emit_log_event(
                LogLevel.WARNING,
                f"Failed to extract all compute operations: {e!s}",
                {"node_id": self.node_id, "error": str(e)},
            )

        return operations

    def _extract_compute_io_specifications(self) -> dict[str, Any]:
        """Describe what goes into the node and what comes out of it.

        Returns:
            The names of the two models, the computations that inputs may ask for, and what is
            required of an input and guaranteed of an output.
        """
        return {
            "input_model": "omnibase.core.node_compute.ModelComputeInput",
            "output_model": "omnibase.core.node_compute.ModelComputeOutput",
            "supports_streaming": False,
            "supports_batch_processing": True,
            "supports_parallel_processing": True,
            "computation_types": list(self.computation_registry.keys()),
            "input_requirements": ["data", "computation_type"],
            "output_guarantees": [
                "result",
                "processing_time_ms",
                "cache_hit",
                "parallel_execution_used",
            ],
        }

    def _extract_compute_performance_characteristics(self) -> dict[str, Any]:
        """Describe how the node is expected to perform under its present limits.

        Returns:
            The expected response time, the throughput and the traits of computations in general.
        """
        return {
            "expected_response_time_ms": f"< {self.performance_threshold_ms}",
            "throughput_capacity": f"up_to_{self.max_parallel_workers}_parallel_operations",
            "memory_usage_pattern": "caching_with_lru_eviction",
            "cpu_intensity": "high_for_complex_computations",
            "supports_parallel_processing": True,
            "caching_enabled": True,
            "performance_monitoring": True,
            "deterministic_operations": True,
            "side_effects": False,
        }

    def _extract_algorithm_configuration(self) -> dict[str, Any]:
        """Describe the algorithm that the contract declares.

        Returns:
            The type and the factors of the algorithm with the models that the contract names; or
            a default type alone, if the contract object does not tell.
        """
        try:
            return {
                "algorithm_type": self.contract_model.algorithm.algorithm_type,
                "algorithm_factors": self.contract_model.algorithm.factors,
                "contract_input_model": self.contract_model.input_model,
                "contract_output_model": self.contract_model.output_model,
            }

        except Exception as e:
            emit_log_event(
                LogLevel.WARNING,
                f"Failed to extract algorithm configuration: {e!s}",
                {"node_id": self.node_id, "error": str(e)},
            )
            return {"algorithm_type": "default_compute"}

    def _extract_computation_constraints(self) -> dict[str, Any]:
        """Describe the conditions under which this node works.

        Returns:
            What the node demands of a computation, what it supports and the limits it keeps.
        """
        return {
            "pure_function_requirement": True,
            "deterministic_requirement": True,
            "no_side_effects_requirement": True,
            "performance_threshold_ms": self.performance_threshold_ms,
            "max_parallel_workers": self.max_parallel_workers,
            "cache_size_limit": self.computation_cache.max_size,
            "supports_custom_algorithms": True,
        }

    def _accept_probe(self) -> None:
        """Do what differs between the classes in `_get_health_status`."""
        probe: ModelComputeInput[Any] = ModelComputeInput(
            data={"health_check": True},
            computation_type="health_check",
        )
        self._validate_compute_input(probe)

    def _count_resources(self) -> dict[str, Any]:
        """Do what differs between the classes in `_get_resource_usage`."""
        cache_stats = self.computation_cache.get_stats()

        return {
            "cache_utilization": f"{cache_stats['valid_entries']}/{cache_stats['max_size']}",
            # Hits leave no trace in the figures, so their share cannot be told.
            "cache_hit_ratio": "unknown",
            "thread_pool_status": "active" if self.thread_pool else "inactive",
            "parallel_worker_count": self.max_parallel_workers,
            "registered_algorithms": len(self.computation_registry),
        }
