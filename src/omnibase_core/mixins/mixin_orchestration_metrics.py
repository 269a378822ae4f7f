"""Counts and times workflows by their mode."""

from typing import TYPE_CHECKING, Any

from omnibase_core.mixins.mixin_operation_metrics import MixinOperationMetrics
from omnibase_core.mixins.mixin_self_description import MixinSelfDescription

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from omnibase_core.infrastructure.load_balancer import LoadBalancer
    from omnibase_core.models.operations.model_orchestrator_input import ModelOrchestratorInput
    from omnibase_core.models.orchestrator.model_thunk import ModelThunk


class MixinOrchestrationMetrics:
    """Counts and times workflows by their mode.

    Needs `self.active_workflows`, `self.condition_functions`, `self.emitted_thunks`,
    `self.load_balancer`, `self.load_balancing_enabled`, `self.max_concurrent_workflows`
    from the class that it is mixed into.
    """

    if TYPE_CHECKING:
        active_workflows: dict[str, ModelOrchestratorInput]
        condition_functions: dict[str, Callable[..., Any]]
        emitted_thunks: dict[UUID | str, list[ModelThunk]]
        load_balancer: LoadBalancer
        load_balancing_enabled: bool
        max_concurrent_workflows: int

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Give the instance its own `orchestration_metrics`."""
        super().__init__(*args, **kwargs)
        # Counters and times for each execution mode, created when it is first asked for.
        self.orchestration_metrics: dict[str, dict[str, float]] = {}

    total_name: str = "total_workflows"

    _update_orchestration_metrics = MixinOperationMetrics._count_operation

    work_label: str = "orchestration"

    _get_orchestration_metrics_sync = MixinSelfDescription._get_metrics_sync

    async def get_orchestration_metrics(self) -> dict[str, dict[str, float]]:
        """Report counters and times, the load balancer and the workflows in one mapping.

        Every figure is a float, counts included, so that the report can be fed to a metrics
        store without a look at its keys.

        Returns:
            One entry for each execution mode asked for so far, one called `load_balancing` and
            one called `workflow_management`.
        """
        load_balancer_stats = self.load_balancer.get_stats()

        return {
            **self.orchestration_metrics,
            "load_balancing": {
                "active_operations": float(load_balancer_stats["active_operations"]),
                "max_concurrent": float(load_balancer_stats["max_concurrent"]),
                "utilization": float(load_balancer_stats["utilization"]),
                "total_operations": float(load_balancer_stats["total_operations"]),
            },
            "workflow_management": {
                "active_workflows": float(len(self.active_workflows)),
                "max_concurrent_workflows": float(self.max_concurrent_workflows),
                "total_thunks_emitted": float(
                    sum(len(thunks) for thunks in self.emitted_thunks.values())
                ),
                "condition_functions_registered": float(len(self.condition_functions)),
            },
        }

    def _metrics_of_kind(self, execution_mode: str) -> Any:
        """Do what differs between the classes in `_count_operation`."""
        if execution_mode not in self.orchestration_metrics:
            self.orchestration_metrics[execution_mode] = {
                "total_workflows": 0.0,
                "success_count": 0.0,
                "error_count": 0.0,
                "avg_processing_time_ms": 0.0,
                "min_processing_time_ms": float("inf"),
                "max_processing_time_ms": 0.0,
                "total_steps_processed": 0.0,
                "avg_steps_per_workflow": 0.0,
            }

        metrics = self.orchestration_metrics[execution_mode]
        return metrics

    def _add_size(self, steps_count: int, metrics: Any) -> None:
        """Do what differs between the classes in `_count_operation`."""
        metrics["total_steps_processed"] += steps_count

    def _average_size(self, steps_count: int, metrics: Any, total_workflows: Any) -> None:
        """Do what differs between the classes in `_count_operation`."""
        metrics["avg_steps_per_workflow"] = metrics["total_steps_processed"] / total_workflows

    def _collect_metrics(self) -> dict[str, Any]:
        """Do what differs between the classes in `_get_metrics_sync`."""
        return {
            **self.orchestration_metrics,
            "load_balancer_status": {
                "enabled": self.load_balancing_enabled,
                "active_operations": len(self.load_balancer.active_operations),
            },
            "condition_functions": {
                "registered_count": len(self.condition_functions),
                "available_conditions": list(self.condition_functions.keys()),
            },
        }
