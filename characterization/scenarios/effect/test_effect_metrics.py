"""Counters and times for each kind of effect, and the two reports about them."""

from types import SimpleNamespace
from typing import Any

import pytest

from omnibase_core.enums.enum_circuit_breaker_state import EnumCircuitBreakerState
from omnibase_core.models.infrastructure.model_circuit_breaker import ModelCircuitBreaker

REPORTS = ["get_effect_metrics", "_get_effect_metrics_sync"]


def breaker(state: Any, failures: int) -> ModelCircuitBreaker:
    made = ModelCircuitBreaker()
    made.state, made.failure_count = state, failures
    return made


def test_one_kind_step_by_step(make_node: Any, pinned: Any, clock: Any) -> None:
    """Failures count for all times as well; the smallest time starts at infinity."""
    node = make_node()
    steps = []
    for time_ms, success in [(20.0, True), (40.0, False), (6.0, True), (14.0, True), (100, False)]:
        clock.run(node._update_effect_metrics("api_call", time_ms, success))
        steps.append(dict(node.effect_metrics["api_call"]))
    pinned.check({"steps": steps, "metrics of the node": node.metrics})


def test_a_first_failure_of_no_duration(make_node: Any, pinned: Any) -> None:
    """Nothing took no time: the smallest and the largest time are both zero."""
    node = make_node()
    seen = pinned.observe(lambda: node._update_effect_metrics("api_call", 0.0, False))
    seen["metrics"] = node.effect_metrics
    pinned.check(seen)


def test_a_negative_duration(make_node: Any, pinned: Any) -> None:
    """Odd: a clock that was set back gives one, and the largest time stays at zero."""
    node = make_node()
    seen = pinned.observe(lambda: node._update_effect_metrics("api_call", -5.0, True))
    seen["metrics"] = node.effect_metrics
    pinned.check(seen)


def test_kinds_are_kept_apart(make_node: Any, pinned: Any, clock: Any) -> None:
    """Any text is a kind; what callers put into a table stays there."""
    node = make_node()
    node.effect_metrics["mine"] = {
        "total_operations": 1.0,
        "success_count": 0.0,
        "error_count": 1.0,
        "avg_processing_time_ms": 8.0,
        "min_processing_time_ms": 8.0,
        "max_processing_time_ms": 8.0,
        "weight": 3.0,
    }
    for kind in ("mine", "file_operation", ""):
        clock.run(node._update_effect_metrics(kind, 2.0, True))
    pinned.check({"metrics": node.effect_metrics})


def test_a_table_that_lacks_a_counter(make_node: Any, pinned: Any) -> None:
    """Odd: the total has grown by the time the missing counter is noticed."""
    node = make_node(effect_metrics={"api_call": {"total_operations": 4.0}})
    seen = pinned.observe(lambda: node._update_effect_metrics("api_call", 2.0, True))
    seen["metrics"] = node.effect_metrics
    pinned.check(seen)


@pytest.mark.parametrize("report", REPORTS)
def test_of_a_fresh_node(make_node: Any, pinned: Any, report: str) -> None:
    """Only the transactions have an entry, and its figures are floats."""
    node = make_node()
    pinned.check(pinned.observe(getattr(node, report)))


@pytest.mark.parametrize("report", REPORTS)
def test_of_a_busy_node(make_node: Any, pinned: Any, clock: Any, report: str) -> None:
    """Odd but relied on: a half-open breaker is neither closed nor open; limits are read anew."""
    node = make_node(max_concurrent_effects=4, active_transactions={"a": None, "b": None})
    clock.run(node._update_effect_metrics("api_call", 20.0, True))
    node.circuit_breakers.update(
        {
            "api_call": breaker(EnumCircuitBreakerState.CLOSED, 2),
            "file_operation": breaker(EnumCircuitBreakerState.OPEN, 5),
            "by name": breaker(EnumCircuitBreakerState.HALF_OPEN, 7),
        }
    )
    clock.run(node.effect_semaphore.acquire())
    seen = pinned.observe(getattr(node, report))
    seen["kinds are shared"] = seen.value["api_call"] is node.effect_metrics["api_call"]
    seen["is the table itself"] = seen.value is node.effect_metrics
    pinned.check(seen)


@pytest.mark.parametrize("report", REPORTS)
def test_names_that_clash(make_node: Any, pinned: Any, report: str) -> None:
    """Odd but relied on: transactions win over breakers, and breakers over kinds."""
    node = make_node(
        effect_metrics={"transaction_management": {}, "circuit_breaker_a": {}, "kind": {}}
    )
    node.circuit_breakers["a"] = breaker(EnumCircuitBreakerState.OPEN, 5)
    pinned.check(pinned.observe(getattr(node, report)))


@pytest.mark.parametrize("report", REPORTS)
@pytest.mark.parametrize(
    "broken",
    [
        pytest.param({"effect_semaphore": None}, id="no_semaphore"),
        pytest.param({"effect_metrics": None}, id="no_metrics"),
        pytest.param({"circuit_breakers": {"a": None}}, id="no_breaker"),
        pytest.param({"circuit_breakers": None}, id="no_breakers"),
        pytest.param({"active_transactions": None}, id="no_transactions"),
        pytest.param({"max_concurrent_effects": "many"}, id="limit_of_text"),
        pytest.param(
            {"circuit_breakers": {"a": SimpleNamespace(state=None, failure_count="few")}},
            id="count_of_text",
        ),
    ],
)
def test_that_cannot_be_made(
    make_node: Any, pinned: Any, report: str, broken: dict[str, Any]
) -> None:
    """Odd but relied on: only the synchronous report answers with the error."""
    node = make_node(node_id="node-7", **broken)
    pinned.check(pinned.observe(getattr(node, report)))
