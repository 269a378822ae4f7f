"""What a reducer adds to the life of a node."""

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest
from scenarios.reducer.conftest import FOLD, node_facts, order

from omnibase_core.models.infrastructure.model_streaming_window import ModelStreamingWindow


def after(node: Any, seen: Any) -> Any:
    seen["state"] = dict(node.state)
    seen["facts"] = node_facts(node)
    return seen


def test_from_beginning_to_end(
    make_node: Any, pinned: Any, services: Any, bus: Any, clock: Any
) -> None:
    """Odd but relied on: the time of initialization turns from a clock reading into a duration."""
    contracts = SimpleNamespace(get_node_contract=lambda _type: {"version": "3.2.1"})
    container = services(contract_service=contracts, event_bus=bus)
    node = make_node(container)
    seen = {"initialize": after(node, pinned.observe(node.initialize))}
    clock.advance(90)
    seen["process"] = after(node, pinned.observe(lambda: node.process(order(FOLD, [1, 2]))))
    seen["performance"] = pinned.observe(node.get_performance_metrics)
    seen["cleanup"] = after(node, pinned.observe(node.cleanup))
    seen["asked"] = container.asked
    seen["events"] = bus.calls
    seen["version"] = node.get_version()
    pinned.check(seen)


def test_a_reduction_before_and_after(make_node: Any, pinned: Any) -> None:
    """Odd but relied on: nobody asks whether the node is ready."""
    node = make_node()
    before = pinned.observe(lambda: node.process(order(FOLD, [1, 2])))
    pinned.observe(node.cleanup)
    later = pinned.observe(lambda: node.process(order(FOLD, [3, 4])))
    pinned.check({"before": before, "after": later, "state": dict(node.state)})


def test_the_limits_of_the_moment_are_announced(make_node: Any, pinned: Any) -> None:
    """Limits are read when they are announced."""
    node = make_node()
    fresh = pinned.observe(node._initialize_node_resources)
    node.node_id, node.default_batch_size, node.max_memory_usage_mb = "node-7", 5, None
    pinned.check({"fresh": fresh, "changed": pinned.observe(node._initialize_node_resources)})


@pytest.mark.parametrize("name", ["default_batch_size", "max_memory_usage_mb"])
def test_initialize_without_a_limit(make_node: Any, pinned: Any, services: Any, name: str) -> None:
    """A deleted limit keeps the node from getting ready."""
    node = make_node(services())
    delattr(node, name)
    pinned.check(after(node, pinned.observe(node.initialize)))


def test_initialize_without_a_service_lookup(make_node: Any, pinned: Any) -> None:
    """Odd but relied on: the status goes from initialized to failed, without a step between."""
    node = make_node()
    pinned.check(after(node, pinned.observe(node.initialize)))


def test_initialize_resources_of_its_own(make_node: Any, pinned: Any, services: Any) -> None:
    """The hook is called through the node, and its time counts."""
    node = make_node(services())

    async def slow() -> None:
        await asyncio.sleep(0.25)

    node._initialize_node_resources = slow
    pinned.check(after(node, pinned.observe(node.initialize)))


def test_windows_are_dropped(make_node: Any, pinned: Any, services: Any, bus: Any) -> None:
    """The table is emptied, not replaced; the windows themselves keep their items."""
    node = make_node(services(event_bus=bus))
    window = ModelStreamingWindow(1000)
    window.add_item("a")
    node.active_windows["mine"] = window
    table = node.active_windows
    seen = after(node, pinned.observe(node.cleanup))
    seen["same table"] = node.active_windows is table
    seen["items"] = window.get_window_items()
    seen["events"] = bus.calls
    pinned.check(seen)


def test_functions_and_metrics_stay(make_node: Any, pinned: Any, clock: Any) -> None:
    """Odd but relied on: a cleaned up node has its functions and counters still."""
    node = make_node(node_id="node-7")
    clock.run(node.process(order(FOLD, [1, 2])))
    seen = after(node, pinned.observe(node._cleanup_node_resources))
    seen["functions"] = list(node.reduction_functions)
    pinned.check(seen)


def test_cleanup_that_fails(make_node: Any, pinned: Any) -> None:
    """Odd but relied on: nothing is raised; only the status tells."""
    node = make_node(active_windows=None)
    seen = pinned.observe(node.cleanup)
    seen["state"] = dict(node.state)
    seen["metrics"] = dict(node.metrics)
    pinned.check(seen)


def test_identity(make_node: Any, pinned: Any) -> None:
    """The type is the name of the concrete class."""
    node = make_node()
    pinned.check(
        {
            "id": [node.get_node_id(), node.node_id],
            "type": node.get_node_type(),
            "version": node.get_version(),
            "state": node.get_state(),
            "capabilities": node._get_node_capabilities(),
        }
    )
