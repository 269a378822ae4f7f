"""Figures of reductions, and the windows beside them."""

import asyncio

from omnibase_core.mixins.mixin_operation_metrics import MixinOperationMetrics
from omnibase_core.mixins.mixin_reduction_metrics import MixinReductionMetrics
from omnibase_core.mixins.mixin_reduction_streaming import MixinReductionStreaming
from omnibase_core.models.infrastructure.model_streaming_window import ModelStreamingWindow


class Host(MixinReductionMetrics, MixinOperationMetrics, MixinReductionStreaming):
    max_memory_usage_mb = 512


def test_items_are_averaged_over_reductions() -> None:
    host = Host()

    async def run() -> dict[str, dict[str, float]]:
        await host._update_reduction_metrics("fold", 10.0, True, 4)
        await host._update_reduction_metrics("fold", 30.0, False, 2)
        return await host.get_reduction_metrics()

    figures = asyncio.run(run())["fold"]
    assert (figures["success_count"], figures["error_count"]) == (1, 1)
    assert (figures["avg_processing_time_ms"], figures["avg_items_per_operation"]) == (20, 3)


def test_every_figure_is_a_float() -> None:
    report = asyncio.run(Host().get_reduction_metrics())
    assert {type(value) for part in report.values() for value in part.values()} == {float}


def test_open_windows_are_described() -> None:
    host = Host()
    host.active_windows["late"] = window = ModelStreamingWindow(1000)
    window.add_item("x")
    assert host._collect_metrics()["streaming_windows"] == {
        "active_windows": 1,
        "window_details": {"late": {"buffer_size": 1, "window_size_ms": 1000}},
    }
