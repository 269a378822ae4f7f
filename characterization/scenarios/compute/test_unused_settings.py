"""Settings that look as if they did something, and do not."""

import time
from types import SimpleNamespace
from typing import Any

from scenarios.compute.conftest import Work, entries, node_facts, order, told


def test_contract(make_node: Any, pinned: Any) -> None:
    """Odd but relied on: parallel work, cache and limits of the contract are never applied."""
    contract = SimpleNamespace(
        parallel_processing=SimpleNamespace(enabled=False, max_workers=1),
        caching=SimpleNamespace(caching_enabled=False, max_entries=1),
        performance=SimpleNamespace(single_operation_max_ms=1),
        input_validation=SimpleNamespace(strict_validation=True, required_fields=["weight"]),
        deterministic_execution=True,
    )
    node = make_node(contract=contract)
    node.register_computation("weigh", Work("first", "second"))
    seen = pinned.observe(lambda: node.process(order([1, 2], parallel_enabled=True)))
    seen["outcome"] = told(seen.value)
    seen["state"] = node_facts(node)
    seen["limits"] = [node.max_parallel_workers, node.cache_ttl_minutes]
    seen["threshold"] = node.performance_threshold_ms
    pinned.check(seen)


def test_the_number_of_workers(make_node: Any, pinned: Any) -> None:
    """Odd: it counts when the pool is made, computing never reads it."""
    node = make_node(computation_registry={"weigh": Work("light")})
    del node.max_parallel_workers
    seen = pinned.observe(lambda: node.process(order([1, 2], parallel_enabled=True)))
    pinned.check({"told": told(seen.value), "logs": seen["logs"]})


def test_limits_that_only_count_without_the_cache(make_node: Any, pinned: Any) -> None:
    """The lifetime is not even read for an order without the cache."""
    node = make_node(computation_registry={"weigh": Work("light")})
    del node.cache_ttl_minutes, node.computation_cache
    seen = pinned.observe(lambda: node.process(order(cache_enabled=False)))
    pinned.check({"told": told(seen.value), "logs": seen["logs"]})


def test_the_time_of_the_order(make_node: Any, pinned: Any, clock: Any) -> None:
    """An old order is as good as a new one, and its data stay as they are."""
    data = {"goods": ["a"]}

    def weigh(given: Any) -> str:
        time.sleep(0.01)
        given["goods"].append("changed by the work")
        return "light"

    node = make_node(computation_registry={"weigh": weigh})
    asked = order(data)
    clock.advance(3600)
    seen = pinned.observe(lambda: node.process(asked))
    seen["outcome"] = told(seen.value)
    seen["data"] = [asked.data is data, data]
    seen["entries"] = entries(node.computation_cache)
    pinned.check(seen)
