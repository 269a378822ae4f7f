"""Tells what an orchestrator node can do and how it is doing."""

import time
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from omnibase_core.enums.enum_log_level import EnumLogLevel as LogLevel
from omnibase_core.enums.enum_workflow_execution import (
    EnumBranchCondition,
    EnumExecutionMode,
    EnumThunkType,
)
from omnibase_core.logging.structured import emit_log_event_sync as emit_log_event
from omnibase_core.mixins.mixin_self_description import MixinSelfDescription
from omnibase_core.models.operations.model_orchestrator_input import ModelOrchestratorInput
from omnibase_core.models.workflows.model_workflow_step_execution import ModelWorkflowStepExecution
from omnibase_core.primitives.model_semver import ModelSemVer

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from uuid import UUID


class MixinOrchestratorIntrospection:
    """Tells what an orchestrator node can do and how it is doing.

    Needs `self._get_orchestration_metrics_sync`, `self._get_thunk_emission_status`,
    `self._get_workflow_state`, `self._validate_orchestrator_input`,
    `self.condition_functions`, `self.created_at`, `self.default_step_timeout_ms`,
    `self.dependency_resolution_enabled`, `self.load_balancing_enabled`,
    `self.max_concurrent_workflows`, `self.max_thunk_queue_size`, `self.node_id`,
    `self.state`, `self.thunk_emission_enabled`, `self.version` from the class that it
    is mixed into.
    """

    if TYPE_CHECKING:
        _get_orchestration_metrics_sync: Any
        condition_functions: dict[str, Callable[..., Any]]
        created_at: datetime
        default_step_timeout_ms: int
        dependency_resolution_enabled: bool
        load_balancing_enabled: bool
        max_concurrent_workflows: int
        max_thunk_queue_size: int
        node_id: UUID
        state: dict[str, str]
        thunk_emission_enabled: bool
        version: str

        def _get_thunk_emission_status(self) -> dict[str, Any]: ...

        def _get_workflow_state(self) -> dict[str, Any]: ...

        def _validate_orchestrator_input(self, input_data: ModelOrchestratorInput) -> None: ...

    _get_orchestrator_health_status = MixinSelfDescription._get_health_status

    _get_orchestrator_resource_usage = MixinSelfDescription._get_resource_usage

    def _describe(self) -> dict[str, Any]:
        """Do what differs between the classes in `get_introspection_data`."""
        return {
            "node_capabilities": {
                "node_type": "NodeOrchestrator",
                "node_classification": "orchestrator",
                "node_id": self.node_id,
                "version": self.version,
                "created_at": self.created_at.isoformat(),
                "current_status": self.state.get("status", "unknown"),
                "architecture_classification": "workflow_coordination_and_control_flow",
                "orchestration_patterns": [
                    "sequential",
                    "parallel",
                    "conditional",
                    "batch",
                    "streaming",
                ],
                "thunk_emission_patterns": [
                    "compute",
                    "effect",
                    "reduce",
                    "orchestrate",
                    "custom",
                ],
                "available_operations": self._extract_orchestrator_operations(),
                "input_output_specifications": (
                    self._extract_orchestrator_io_specifications()
                ),
                "performance_characteristics": (
                    self._extract_orchestrator_performance_characteristics()
                ),
            },
            "contract_details": {
                "contract_type": "ModelContractOrchestrator",
                "contract_validation_status": "validated",
                "workflow_configuration": self._extract_workflow_configuration(),
                "coordination_constraints": self._extract_coordination_constraints(),
                "supported_execution_modes": [mode.value for mode in EnumExecutionMode],
                "supported_thunk_types": [thunk_type.value for thunk_type in EnumThunkType],
                "supported_branch_conditions": [
                    condition.value for condition in EnumBranchCondition
                ],
            },
            "runtime_information": {
                "current_health_status": self._get_orchestrator_health_status(),
                "orchestration_metrics": self._get_orchestration_metrics_sync(),
                "resource_usage": self._get_orchestrator_resource_usage(),
                "workflow_state": self._get_workflow_state(),
                "thunk_emission_status": self._get_thunk_emission_status(),
            },
            "workflow_management_information": {
                "thunk_emission_enabled": self.thunk_emission_enabled,
                "load_balancing_enabled": self.load_balancing_enabled,
                "dependency_resolution_enabled": self.dependency_resolution_enabled,
                "condition_functions_registered": list(self.condition_functions.keys()),
                "condition_function_count": len(self.condition_functions),
                "supports_conditional_branching": True,
                "supports_parallel_execution": True,
                "supports_dependency_management": True,
                "supports_rsd_workflow_management": True,
            },
            "configuration_details": {
                "max_parallel_workflows": self.max_concurrent_workflows,
                "default_step_timeout_ms": self.default_step_timeout_ms,
                "max_thunk_queue_size": self.max_thunk_queue_size,
                "workflow_configuration": {
                    "supports_nested_workflows": False,
                    "supports_dynamic_branching": True,
                    "supports_parallel_coordination": True,
                    "failure_strategies": ["fail_fast", "continue_on_error", "retry"],
                },
                "thunk_configuration": {
                    "emission_enabled": self.thunk_emission_enabled,
                    "queue_size_limit": self.max_thunk_queue_size,
                    "priority_based_execution": True,
                    "timeout_configuration": True,
                },
            },
            "rsd_specific_information": {
                "supports_ticket_lifecycle_transitions": True,
                "supports_dependency_aware_execution": True,
                "supports_batch_processing_coordination": True,
                "supports_error_recovery_workflows": True,
                "rsd_workflow_operations": [
                    "ticket_lifecycle_state_transitions",
                    "dependency_aware_execution_ordering",
                    "batch_processing_coordination",
                    "partial_failure_handling",
                ],
                "thunk_types_for_rsd": [
                    "compute_priority_calculations",
                    "effect_state_transitions",
                    "reduce_dependency_analysis",
                    "orchestrate_multi_ticket_workflows",
                ],
            },
            "introspection_metadata": {
                "generated_at": str(time.time()),
                "introspection_version": ModelSemVer(major=1, minor=0, patch=0),
                "node_type": "NodeOrchestrator",
                "supports_full_introspection": True,
                "specialization": (
                    "workflow_coordination_with_thunk_emission_and_parallel_execution"
                ),
            },
        }

    def _describe_briefly(self, e: Any) -> dict[str, Any]:
        """Do what differs between the classes in `get_introspection_data`."""
        return {
            "node_capabilities": {
                "node_type": "NodeOrchestrator",
                "node_classification": "orchestrator",
                "node_id": self.node_id,
            },
            "runtime_information": {
                "current_health_status": "unknown",
                "condition_function_count": len(self.condition_functions),
            },
            "introspection_metadata": {
                "generated_at": str(time.time()),
                "introspection_version": ModelSemVer(major=1, minor=0, patch=0),
                "supports_full_introspection": False,
                "fallback_reason": str(e),
            },
        }

    def _extract_orchestrator_operations(self) -> list[str]:
        """List the names of everything that callers can ask of this node.

        Returns:
            The general operations, one `execute_<mode>_workflow` for each execution mode, and
            the parts of the workflow handling and of the ticket handling. If a mode is odd, what
            was listed before it.
        """
        operations = [
            "process",
            "emit_thunk",
            "execute_workflow",
            "coordinate_execution",
        ]

        try:
            for execution_mode in EnumExecutionMode:
                operations.append(f"execute_{execution_mode.value}_workflow")

            operations.extend(
                [
                    "create_ticket_lifecycle_steps",
                    "evaluate_condition",
                    "manage_dependencies",
                    "coordinate_parallel_execution",
                ]
            )

            operations.extend(
                [
                    "ticket_lifecycle_transition",
                    "dependency_aware_execution",
                    "batch_processing_coordination",
                ]
            )

        except Exception as e:
            emit_log_event(
                LogLevel.WARNING,
                f"Failed to extract all orchestrator operations: {e!s}",
                {"node_id": self.node_id, "error": str(e)},
            )

        return operations

    def _extract_orchestrator_io_specifications(self) -> dict[str, Any]:
        """Describe what goes into the node and what comes out of it.

        Returns:
            The import paths of the two models, the modes, thunk types and conditions that inputs
            may name, and what is required of an input and guaranteed of an output.
        """
        return {
            "input_model": (
                "omnibase_core.infrastructure.node_orchestrator.ModelOrchestratorInput"
            ),
            "output_model": (
                "omnibase_core.infrastructure.node_orchestrator.ModelOrchestratorOutput"
            ),
            "supports_streaming": False,
            "supports_batch_processing": True,
            "supports_parallel_coordination": True,
            "execution_modes": [mode.value for mode in EnumExecutionMode],
            "thunk_types": [thunk_type.value for thunk_type in EnumThunkType],
            "branch_conditions": [condition.value for condition in EnumBranchCondition],
            "input_requirements": ["workflow_id", "steps"],
            "output_guarantees": [
                "workflow_state",
                "steps_completed",
                "thunks_emitted",
                "processing_time_ms",
            ],
        }

    def _extract_orchestrator_performance_characteristics(self) -> dict[str, Any]:
        """Describe how the node is expected to perform under its present limits.

        Returns:
            The expected response time, the throughput and the traits of workflows in general.
        """
        return {
            "expected_response_time_ms": "varies_by_workflow_complexity_and_step_count",
            "throughput_capacity": f"up_to_{self.max_concurrent_workflows}_concurrent_workflows",
            "memory_usage_pattern": "workflow_state_tracking_with_thunk_queuing",
            "cpu_intensity": "low_to_medium_coordination_overhead",
            "supports_parallel_processing": True,
            "caching_enabled": False,
            "performance_monitoring": True,
            "deterministic_operations": False,
            "side_effects": True,
            "coordination_overhead": "minimal",
            "thunk_emission_performance": "async_non_blocking",
            "dependency_resolution_efficiency": "topological_sorting_based",
        }

    def _extract_workflow_configuration(self) -> dict[str, Any]:
        """Describe the limits and the switches that workflows of this node are run under.

        Returns:
            All of them; or the limit of parallel workflows alone, if one of the others cannot be
            read.
        """
        try:
            return {
                "max_parallel_workflows": self.max_concurrent_workflows,
                "default_step_timeout_ms": self.default_step_timeout_ms,
                "max_thunk_queue_size": self.max_thunk_queue_size,
                "thunk_emission_enabled": self.thunk_emission_enabled,
                "load_balancing_enabled": self.load_balancing_enabled,
                "dependency_resolution_enabled": self.dependency_resolution_enabled,
            }

        except Exception as e:
            emit_log_event(
                LogLevel.WARNING,
                f"Failed to extract workflow configuration: {e!s}",
                {"node_id": self.node_id, "error": str(e)},
            )
            return {"max_parallel_workflows": self.max_concurrent_workflows}

    def _extract_coordination_constraints(self) -> dict[str, Any]:
        """Describe the conditions under which this node works.

        Returns:
            What the node needs, what it supports and the limits it keeps.
        """
        return {
            "requires_container": True,
            "supports_nested_workflows": False,
            "supports_conditional_branching": True,
            "supports_parallel_execution": True,
            "max_parallel_workflows": self.max_concurrent_workflows,
            "default_step_timeout_ms": self.default_step_timeout_ms,
            "thunk_emission_required_for_coordination": True,
            "dependency_resolution_automatic": True,
            "failure_recovery_configurable": True,
        }

    def _accept_probe(self) -> None:
        """Do what differs between the classes in `_get_health_status`."""
        probe = ModelOrchestratorInput(
            workflow_id=uuid4(),
            steps=[
                ModelWorkflowStepExecution(
                    step_name="health_check",
                    execution_mode=EnumExecutionMode.SEQUENTIAL,
                )
            ],
        )
        self._validate_orchestrator_input(probe)

    def _count_resources(self) -> dict[str, Any]:
        """Do what differs between the classes in `_get_resource_usage`."""
        return {
            "condition_functions_registered": len(self.condition_functions),
            "max_parallel_workflows": self.max_concurrent_workflows,
            "max_thunk_queue_size": self.max_thunk_queue_size,
            "thunk_emission_enabled": self.thunk_emission_enabled,
            "load_balancing_enabled": self.load_balancing_enabled,
            "dependency_resolution_enabled": self.dependency_resolution_enabled,
        }
