"""Figures of computations, the cache and the pool in one report."""

import asyncio
from uuid import uuid4

from omnibase_core.mixins.mixin_computation_cache import MixinComputationCache
from omnibase_core.mixins.mixin_computation_metrics import MixinComputationMetrics
from omnibase_core.mixins.mixin_operation_metrics import MixinOperationMetrics


class Host(MixinComputationMetrics, MixinOperationMetrics, MixinComputationCache):
    node_id = uuid4()
    max_parallel_workers = 4
    thread_pool = None


def test_computations_are_counted_by_their_type() -> None:
    host = Host()

    async def run() -> dict[str, dict[str, float]]:
        await host._update_computation_metrics("sum", 10.0, True)
        await host._update_computation_metrics("sum", 20.0, False)
        await host._update_computation_metrics("product", 1.0, True)
        return await host.get_computation_metrics()

    report = asyncio.run(run())
    assert report["sum"]["total_operations"] == 2
    assert report["sum"]["avg_processing_time_ms"] == 15
    assert report["product"]["error_count"] == 0


def test_the_report_tells_how_full_the_cache_is() -> None:
    host = Host()
    host.computation_cache.max_size = 4
    host.computation_cache.put("sum:1", 3)
    report = asyncio.run(host.get_computation_metrics())
    assert report["cache_performance"]["cache_utilization"] == 0.25
    assert report["parallel_processing"] == {"max_workers": 4.0, "thread_pool_active": 0.0}


def test_every_figure_is_a_float() -> None:
    report = asyncio.run(Host().get_computation_metrics())
    assert {type(value) for part in report.values() for value in part.values()} == {float}
