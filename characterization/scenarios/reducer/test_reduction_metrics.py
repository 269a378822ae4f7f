"""Counters and times for each reduction type, and the report about them."""

from typing import Any

import pytest


def test_one_type_step_by_step(make_node: Any, pinned: Any, clock: Any) -> None:
    """Failures count for times and averages as well; the smallest time starts at infinity."""
    node = make_node()
    steps = []
    for time_ms, success, items in [
        (20.0, True, 4),
        (40.0, False, 0),
        (6.0, True, 2),
        (14.0, True, 10),
        (100, False, 3),
    ]:
        clock.run(node._update_reduction_metrics("fold", time_ms, success, items))
        steps.append(dict(node.reduction_metrics["fold"]))
    pinned.check({"steps": steps, "metrics of the node": node.metrics})


def test_a_first_failure_of_no_duration(make_node: Any, pinned: Any) -> None:
    """Nothing took no time: the smallest and the largest time are both zero."""
    node = make_node()
    seen = pinned.observe(lambda: node._update_reduction_metrics("fold", 0.0, False, 0))
    seen["metrics"] = node.reduction_metrics
    pinned.check(seen)


def test_no_duration_at_all(make_node: Any, pinned: Any) -> None:
    """Odd: the reduction is counted by the time the duration is noticed, all else as it starts."""
    node = make_node()
    seen = pinned.observe(lambda: node._update_reduction_metrics("fold", None, False, 2))
    seen["metrics"] = node.reduction_metrics
    pinned.check(seen)


def test_a_negative_duration(make_node: Any, pinned: Any) -> None:
    """Odd: a clock that was set back gives one, and the largest time stays at zero."""
    node = make_node()
    seen = pinned.observe(lambda: node._update_reduction_metrics("fold", -5.0, True, -1))
    seen["metrics"] = node.reduction_metrics
    pinned.check(seen)


def test_types_are_kept_apart(make_node: Any, pinned: Any, clock: Any) -> None:
    """Any text is a type; what callers put into a table stays there."""
    node = make_node()
    node.reduction_metrics["mine"] = {
        "total_operations": 1.0,
        "success_count": 0.0,
        "error_count": 1.0,
        "avg_processing_time_ms": 8.0,
        "min_processing_time_ms": 8.0,
        "max_processing_time_ms": 8.0,
        "total_items_processed": 3.0,
        "avg_items_per_operation": 100.0,
        "weight": 3.0,
    }
    for kind in ("mine", "merge", ""):
        clock.run(node._update_reduction_metrics(kind, 2.0, True, 1))
    pinned.check({"metrics": node.reduction_metrics, "in order": list(node.reduction_metrics)})


@pytest.mark.parametrize(
    "table",
    [
        {"total_operations": 4.0},
        {
            "total_operations": 4.0,
            "success_count": 4.0,
            "min_processing_time_ms": 1.0,
            "max_processing_time_ms": 1.0,
            "avg_processing_time_ms": 1.0,
        },
    ],
    ids=["counters", "items"],
)
def test_a_table_that_lacks_a_counter(make_node: Any, pinned: Any, table: Any) -> None:
    """Odd: the total has grown by the time the missing counter is noticed."""
    node = make_node(reduction_metrics={"fold": dict(table)})
    seen = pinned.observe(lambda: node._update_reduction_metrics("fold", 2.0, True, 1))
    seen["metrics"] = node.reduction_metrics
    pinned.check(seen)


def test_arguments_by_name(make_node: Any, pinned: Any) -> None:
    """All four have names, and none has a default."""
    node = make_node()
    seen = pinned.observe(
        lambda: node._update_reduction_metrics(
            items_processed=2, success=True, processing_time_ms=3.0, reduction_type="fold"
        )
    )
    seen["metrics"] = node.reduction_metrics
    pinned.check({"by name": seen, "kinds": type(node.reduction_metrics["fold"]["error_count"])})


def kinds(report: dict[str, Any]) -> dict[str, Any]:
    return {
        name: {key: type(value).__name__ for key, value in part.items()}
        for name, part in report.items()
    }


def test_report_of_a_fresh_node(make_node: Any, pinned: Any) -> None:
    """All figures are floats, limits included."""
    node = make_node()
    seen = pinned.observe(node.get_reduction_metrics)
    seen["kinds"] = kinds(seen.value)
    seen["in order"] = list(seen.value)
    pinned.check(seen)


def test_report_of_a_busy_node(make_node: Any, pinned: Any, clock: Any) -> None:
    """The limits of the moment are told; tables of types are shared with the node."""
    node = make_node(
        max_memory_usage_mb=7,
        streaming_buffer_size="12",
        default_batch_size=True,
        active_windows={"a": None, "b": None, "c": None},
    )
    clock.run(node._update_reduction_metrics("fold", 20.0, True, 4))
    seen = pinned.observe(node.get_reduction_metrics)
    seen["kinds"] = kinds(seen.value)
    seen["shared"] = [
        seen.value["fold"] is node.reduction_metrics["fold"],
        seen.value is node.reduction_metrics,
    ]
    pinned.check(seen)


def test_report_of_names_that_clash(make_node: Any, pinned: Any) -> None:
    """Odd but relied on: the node's own entries win over types of their names."""
    node = make_node(
        reduction_metrics={"memory_usage": {}, "streaming_performance": {}, "fold": {}}
    )
    pinned.check(pinned.observe(node.get_reduction_metrics))


@pytest.mark.parametrize(
    "broken",
    [
        pytest.param({"reduction_metrics": None}, id="no_metrics"),
        pytest.param({"active_windows": None}, id="no_windows"),
        pytest.param({"max_memory_usage_mb": "much"}, id="memory_of_text"),
        pytest.param({"streaming_buffer_size": None}, id="no_buffer"),
        pytest.param({"default_batch_size": None}, id="no_batch_size"),
    ],
)
def test_report_that_cannot_be_made(make_node: Any, pinned: Any, broken: dict[str, Any]) -> None:
    """Odd but relied on: unlike its counterpart in the introspection, it raises."""
    pinned.check(pinned.observe(make_node(**broken).get_reduction_metrics))
