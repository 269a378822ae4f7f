"""Counts operations by their kind and takes their times into the figures."""

from typing import TYPE_CHECKING, Any


class MixinOperationMetrics:
    """Counts operations by their kind and takes their times into the figures.

    Needs `self._metrics_of_kind` from the class that it is mixed into.
    """

    if TYPE_CHECKING:
        _metrics_of_kind: Any

    async def _count_operation(
        self,
        computation_type: str,
        processing_time_ms: float,
        success: bool,
    ) -> None:
        """Count one more operation of a kind and take its time into the figures.

        Failures count for the times as well: a slow failure is as much of a burden as a slow
        success.

        Args:
            computation_type: The kind of the operation.
            processing_time_ms: How long the operation took.
            success: Whether it succeeded.
        """
        metrics = self._metrics_of_kind(computation_type)
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
