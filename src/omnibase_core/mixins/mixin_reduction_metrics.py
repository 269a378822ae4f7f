"""Counts and times reductions by their type."""

from typing import TYPE_CHECKING, Any

from omnibase_core.mixins.mixin_operation_metrics import MixinOperationMetrics
from omnibase_core.mixins.mixin_self_description import MixinSelfDescription

if TYPE_CHECKING:
    from omnibase_core.models.infrastructure.model_streaming_window import ModelStreamingWindow


class MixinReductionMetrics:
    """Counts and times reductions by their type.

    Needs `self.active_windows`, `self.default_batch_size`, `self.max_memory_usage_mb`,
    `self.streaming_buffer_size` from the class that it is mixed into.
    """

    if TYPE_CHECKING:
        active_windows: dict[str, ModelStreamingWindow]
        default_batch_size: int
        max_memory_usage_mb: int
        streaming_buffer_size: int

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Give the instance its own `reduction_metrics`."""
        super().__init__(*args, **kwargs)
        # Counters and times for each reduction type, created when it is first carried out.
        self.reduction_metrics: dict[str, dict[str, float]] = {}

    total_name: str = "total_operations"

    _update_reduction_metrics = MixinOperationMetrics._count_operation

    work_label: str = "reduction"

    _get_reduction_metrics_sync = MixinSelfDescription._get_metrics_sync

    async def get_reduction_metrics(self) -> dict[str, dict[str, float]]:
        """Report counters and times, the memory limits and the batch size in one mapping.

        Every figure is a float, so that the report can be fed to a metrics store without a look
        at its keys.

        Returns:
            One entry for each reduction type carried out so far, one called `memory_usage` and
            one called `streaming_performance`.
        """
        return {
            **self.reduction_metrics,
            "memory_usage": {
                "max_memory_mb": float(self.max_memory_usage_mb),
                "streaming_buffer_size": float(self.streaming_buffer_size),
                "active_windows": float(len(self.active_windows)),
            },
            "streaming_performance": {
                "default_batch_size": float(self.default_batch_size),
            },
        }

    def _metrics_of_kind(self, reduction_type: str) -> Any:
        """Do what differs between the classes in `_count_operation`."""
        if reduction_type not in self.reduction_metrics:
            self.reduction_metrics[reduction_type] = {
                "total_operations": 0.0,
                "success_count": 0.0,
                "error_count": 0.0,
                "avg_processing_time_ms": 0.0,
                "min_processing_time_ms": float("inf"),
                "max_processing_time_ms": 0.0,
                "total_items_processed": 0.0,
                "avg_items_per_operation": 0.0,
            }

        metrics = self.reduction_metrics[reduction_type]
        return metrics

    def _average_size(self, items_processed: int, metrics: Any, total_operations: Any) -> None:
        """Do what differs between the classes in `_count_operation`."""
        metrics["total_items_processed"] += items_processed
        metrics["avg_items_per_operation"] = metrics["total_items_processed"] / total_operations

    def _collect_metrics(self) -> dict[str, Any]:
        """Do what differs between the classes in `_get_metrics_sync`."""
        window_details: dict[str, dict[str, Any]] = {}
        for window_id, window in self.active_windows.items():
            window_details[window_id] = {
                "buffer_size": len(window.buffer),
                "window_size_ms": window.window_size_ms,
            }

        return {
            **self.reduction_metrics,
            "streaming_windows": {
                "active_windows": len(self.active_windows),
                "window_details": window_details,
            },
        }
