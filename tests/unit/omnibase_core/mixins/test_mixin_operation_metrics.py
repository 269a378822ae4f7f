"""Counting one operation more changes counters, extremes and the average."""

import asyncio
from typing import Any

from omnibase_core.mixins.mixin_operation_metrics import MixinOperationMetrics


class Host(MixinOperationMetrics):
    total_name = "total_operations"

    def __init__(self) -> None:
        self.figures: dict[str, dict[str, float]] = {}

    def _metrics_of_kind(self, kind: str) -> Any:
        return self.figures.setdefault(
            kind,
            {
                "total_operations": 0.0,
                "success_count": 0.0,
                "error_count": 0.0,
                "avg_processing_time_ms": 0.0,
                "min_processing_time_ms": float("inf"),
                "max_processing_time_ms": 0.0,
            },
        )


def counted(*operations: tuple[str, float, bool]) -> dict[str, dict[str, float]]:
    host = Host()

    async def run() -> None:
        for kind, milliseconds, success in operations:
            await host._count_operation(kind, milliseconds, success)

    asyncio.run(run())
    return host.figures


def test_successes_and_failures_are_counted_apart() -> None:
    figures = counted(("read", 1.0, True), ("read", 1.0, False), ("read", 1.0, True))["read"]
    assert figures["total_operations"] == 3
    assert (figures["success_count"], figures["error_count"]) == (2, 1)


def test_failures_take_time_as_well() -> None:
    figures = counted(("read", 10.0, True), ("read", 40.0, False))["read"]
    assert figures["min_processing_time_ms"] == 10
    assert figures["max_processing_time_ms"] == 40
    assert figures["avg_processing_time_ms"] == 25


def test_sizes_count_where_a_host_has_figures_for_them() -> None:
    class Sized(Host):
        def _add_size(self, items_processed: int, metrics: Any) -> None:
            metrics["items"] = metrics.get("items", 0) + items_processed

        def _average_size(self, items_processed: int, metrics: Any, total_operations: Any) -> None:
            metrics["last"] = items_processed
            metrics["items_each"] = metrics["items"] / total_operations

    host = Sized()

    async def run() -> None:
        await host._count_operation("fold", 1.0, True, 4)
        await host._count_operation("fold", 1.0, False, 2)

    asyncio.run(run())
    figures = host.figures["fold"]
    assert (figures["items"], figures["items_each"], figures["last"]) == (6, 3, 2)


def test_sizes_are_nothing_to_others() -> None:
    assert "items" not in counted(("read", 1.0, True))["read"]


def test_kinds_have_nothing_to_do_with_each_other() -> None:
    figures = counted(("read", 10.0, True), ("write", 30.0, True))
    assert {kind: each["avg_processing_time_ms"] for kind, each in figures.items()} == {
        "read": 10,
        "write": 30,
    }
