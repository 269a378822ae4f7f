"""Counters and times for each kind of computation, and the two reports about them."""

from typing import Any

import pytest
from scenarios.compute.conftest import Desk, FalseDesk

REPORTS = ["get_computation_metrics", "_get_computation_metrics_sync"]


def test_one_kind_step_by_step(make_node: Any, pinned: Any, clock: Any) -> None:
    """Failures count for all times as well; the smallest time starts at infinity."""
    node = make_node()
    steps = []
    for time_ms, success in [(20.0, True), (40.0, False), (6.0, True), (14.0, True), (100, False)]:
        clock.run(node._update_computation_metrics("weigh", time_ms, success))
        steps.append(dict(node.computation_metrics["weigh"]))
    pinned.check({"steps": steps, "metrics of the node": node.metrics})


@pytest.mark.parametrize(
    ("time_ms", "success"), [(0.0, False), (-5.0, True)], ids=["no_time", "negative_time"]
)
def test_odd_times(make_node: Any, pinned: Any, time_ms: float, success: bool) -> None:
    """Odd: a clock that was set back gives a negative time; the largest stays at zero."""
    node = make_node()
    seen = pinned.observe(lambda: node._update_computation_metrics("weigh", time_ms, success))
    seen["metrics"] = node.computation_metrics
    pinned.check(seen)


def test_kinds_are_kept_apart(make_node: Any, pinned: Any, clock: Any) -> None:
    """Anything is a kind; what callers put into a table stays there."""
    node = make_node()
    node.computation_metrics["mine"] = {
        "total_operations": 1.0,
        "success_count": 0.0,
        "error_count": 1.0,
        "avg_processing_time_ms": 8.0,
        "min_processing_time_ms": 8.0,
        "max_processing_time_ms": 8.0,
        "weight": 3.0,
    }
    for kind in ("mine", "weigh", "", None):
        clock.run(node._update_computation_metrics(kind, 2.0, True))
    pinned.check({"metrics": node.computation_metrics})


def test_a_table_that_lacks_a_counter(make_node: Any, pinned: Any) -> None:
    """Odd: the total has grown by the time the missing counter is noticed."""
    node = make_node(computation_metrics={"weigh": {"total_operations": 4.0}})
    seen = pinned.observe(lambda: node._update_computation_metrics("weigh", 2.0, True))
    seen["metrics"] = node.computation_metrics
    pinned.check(seen)


@pytest.mark.parametrize("report", REPORTS)
@pytest.mark.parametrize("pool", [None, Desk, FalseDesk], ids=["no_pool", "pool", "false_pool"])
def test_of_a_fresh_node(make_node: Any, pinned: Any, report: str, pool: Any) -> None:
    """Only cache and threads have an entry, and all figures are floats."""
    node = make_node(thread_pool=pool and pool())
    seen = pinned.observe(getattr(node, report))
    seen["kinds of figure"] = sorted(
        {type(figure).__name__ for table in seen.value.values() for figure in table.values()}
    )
    pinned.check(seen)


@pytest.mark.parametrize("report", REPORTS)
def test_of_a_busy_node(make_node: Any, pinned: Any, clock: Any, report: str) -> None:
    """Odd but relied on: only entries that are still good count for the use of the cache."""
    node = make_node(max_parallel_workers=3, cache_ttl_minutes=7)
    clock.run(node._update_computation_metrics("weigh", 20.0, True))
    cache = node.computation_cache
    cache.max_size = 8
    for name, minutes in {"a": 1, "b": 5, "c": None, "d": 2, "e": 9}.items():
        cache.put(name, name, minutes)
    clock.advance(120)
    seen = pinned.observe(getattr(node, report))
    seen["same table"] = seen.value["weigh"] is node.computation_metrics["weigh"]
    pinned.check(seen)


@pytest.mark.parametrize("report", REPORTS)
@pytest.mark.parametrize("size", [0, 1, 2])
def test_a_tiny_cache(make_node: Any, pinned: Any, report: str, size: int) -> None:
    """Odd: a cache for nothing holds one entry and counts as full."""
    node = make_node()
    node.computation_cache.max_size = size
    node.computation_cache.put("a", 1)
    pinned.check(pinned.observe(getattr(node, report)))


@pytest.mark.parametrize("report", REPORTS)
def test_kinds_that_are_called_like_a_section(make_node: Any, pinned: Any, report: str) -> None:
    """Odd: such a kind is not reported."""
    own = {"cache_performance": {"total": 1.0}, "parallel_processing": {}, "weigh": {"n": 2.0}}
    node = make_node(computation_metrics=own)
    pinned.check(pinned.observe(getattr(node, report)))


@pytest.mark.parametrize("report", REPORTS)
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("computation_cache", None),
        ("computation_metrics", None),
        ("cache_ttl_minutes", "half an hour"),
        ("max_parallel_workers", None),
    ],
    ids=["no_cache", "no_table", "odd_lifetime", "no_workers"],
)
def test_that_fail(make_node: Any, pinned: Any, report: str, name: str, value: Any) -> None:
    """Odd but relied on: the report for callers that await raises, the other one warns."""
    node = make_node(node_id="node-7", **{name: value})
    pinned.check(pinned.observe(getattr(node, report)))
