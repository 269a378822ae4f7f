"""Counts operations by their kind and takes their times into the figures."""

from typing import TYPE_CHECKING, Any


class MixinOperationMetrics:
    """Counts operations by their kind and takes their times into the figures.

    Needs `self._metrics_of_kind`, `self.total_name` from the class that it is mixed
    into.
    """

    if TYPE_CHECKING:
        _metrics_of_kind: Any
        total_name: str

    async def _count_operation(
        self,
        reduction_type: str,
        processing_time_ms: float,
        success: bool,
        items_processed: int = 0,
    ) -> None:
        """Count one more reduction of a type and take its time and size into the figures.

        Failures count for the times as well: a slow failure is as much of a burden as a slow
        success.

        Args:
            reduction_type: The value of the reduction type.
            processing_time_ms: How long the reduction took.
            success: Whether it succeeded.
            items_processed: How many items it took in.
        """
        metrics = self._metrics_of_kind(reduction_type)
        metrics[self.total_name] += 1

        self._add_size(items_processed, metrics)
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
        total_operations = metrics[self.total_name]
        current_average = metrics["avg_processing_time_ms"]
        metrics["avg_processing_time_ms"] = (
            current_average * (total_operations - 1) + processing_time_ms
        ) / total_operations

        self._average_size(items_processed, metrics, total_operations)

    def _add_size(self, items_processed: int, metrics: Any) -> None:
        """Do nothing; in `_count_operation` some classes do more here."""

    def _average_size(self, items_processed: int, metrics: Any, total_operations: Any) -> None:
        """Do nothing; in `_count_operation` some classes do more here."""
