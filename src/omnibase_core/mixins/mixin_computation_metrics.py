"""Counts and times computations by their type."""

from typing import TYPE_CHECKING, Any

from omnibase_core.mixins.mixin_operation_metrics import MixinOperationMetrics
from omnibase_core.mixins.mixin_self_description import MixinSelfDescription

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

    from omnibase_core.infrastructure.computation_cache import ComputationCache


class MixinComputationMetrics:
    """Counts and times computations by their type.

    Needs `self.cache_ttl_minutes`, `self.computation_cache`,
    `self.max_parallel_workers`, `self.thread_pool` from the class that it is mixed
    into.
    """

    if TYPE_CHECKING:
        cache_ttl_minutes: int
        computation_cache: ComputationCache
        max_parallel_workers: int
        thread_pool: ThreadPoolExecutor | None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Give the instance 2 attributes of its own."""
        super().__init__(*args, **kwargs)
        # A computation that takes longer is still good, but a warning is logged about it.
        self.performance_threshold_ms: float = 100.0
        # Counters and times for each kind of computation, created when it is first carried out.
        self.computation_metrics: dict[str, dict[str, float]] = {}

    total_name: str = "total_operations"

    _update_computation_metrics = MixinOperationMetrics._count_operation

    work_label: str = "computation"

    _get_computation_metrics_sync = MixinSelfDescription._get_metrics_sync

    async def get_computation_metrics(self) -> dict[str, dict[str, float]]:
        """Report counters and times, the cache and the thread pool in one mapping.

        Every figure is a float, flags included, so that the report can be fed to a metrics
        store without a look at its keys.

        Returns:
            One entry for each kind of computation carried out so far, one called
            `cache_performance` and one called `parallel_processing`.
        """
        cache_stats = self.computation_cache.get_stats()

        return {
            **self.computation_metrics,
            "cache_performance": {
                "total_entries": float(cache_stats["total_entries"]),
                "valid_entries": float(cache_stats["valid_entries"]),
                "cache_utilization": (
                    float(cache_stats["valid_entries"]) / max(cache_stats["max_size"], 1)
                ),
                "ttl_minutes": float(self.cache_ttl_minutes),
            },
            "parallel_processing": {
                "max_workers": float(self.max_parallel_workers),
                "thread_pool_active": 1.0 if self.thread_pool else 0.0,
            },
        }

    def _metrics_of_kind(self, computation_type: str) -> Any:
        """Do what differs between the classes in `_count_operation`."""
        if computation_type not in self.computation_metrics:
            self.computation_metrics[computation_type] = {
                "total_operations": 0.0,
                "success_count": 0.0,
                "error_count": 0.0,
                "avg_processing_time_ms": 0.0,
                "min_processing_time_ms": float("inf"),
                "max_processing_time_ms": 0.0,
            }

        metrics = self.computation_metrics[computation_type]
        return metrics

    def _collect_metrics(self) -> dict[str, Any]:
        """Do what differs between the classes in `_get_metrics_sync`."""
        cache_stats = self.computation_cache.get_stats()

        return {
            **self.computation_metrics,
            "cache_performance": {
                "total_entries": float(cache_stats["total_entries"]),
                "valid_entries": float(cache_stats["valid_entries"]),
                "cache_utilization": (
                    float(cache_stats["valid_entries"]) / max(cache_stats["max_size"], 1)
                ),
                "ttl_minutes": float(self.cache_ttl_minutes),
            },
            "parallel_processing": {
                "max_workers": float(self.max_parallel_workers),
                "thread_pool_active": 1.0 if self.thread_pool else 0.0,
            },
        }
