"""What a node tells about itself."""

from typing import Any

import pytest

PARTS = [
    "_extract_orchestrator_operations",
    "_extract_orchestrator_io_specifications",
    "_extract_orchestrator_performance_characteristics",
    "_extract_workflow_configuration",
    "_extract_coordination_constraints",
    "_get_orchestrator_health_status",
    "_get_orchestration_metrics_sync",
    "_get_orchestrator_resource_usage",
    "_get_workflow_state",
    "_get_thunk_emission_status",
]
LIMITS = {
    "max_concurrent_workflows": 9,
    "default_step_timeout_ms": 777,
    "max_thunk_queue_size": 55,
    "thunk_emission_enabled": "emission",
    "load_balancing_enabled": "balancing",
    "dependency_resolution_enabled": "resolution",
}


@pytest.fixture
def busy_node(make_node: Any, clock: Any) -> Any:
    """Make a node in the middle of its work, with limits of its own."""
    node = make_node(version="4.5.6", **LIMITS)
    node.state["status"] = "ready"
    node.register_condition_function("mine", len)
    node.active_workflows["a"] = None
    clock.advance(5)
    for mode, success in [("batch", True), ("batch", True), ("batch", False), ("streaming", True)]:
        clock.run(node._update_orchestration_metrics(mode, 20.0, success, 2))
    clock.run(node.load_balancer.acquire("a"))
    return node


def test_of_a_fresh_node(make_node: Any, pinned: Any, clock: Any) -> None:
    """Odd but relied on: the id is no text, and the archetype's name is given for subclasses."""
    node = make_node()
    clock.advance(1.5)
    pinned.check(pinned.observe(node.get_introspection_data))


def test_of_a_busy_node(pinned: Any, busy_node: Any) -> None:
    """Odd but relied on: workflows in progress are never counted; limits are read anew."""
    pinned.check(pinned.observe(busy_node.get_introspection_data))


@pytest.mark.parametrize("part", PARTS)
def test_part(pinned: Any, busy_node: Any, part: str) -> None:
    """Each part can be asked for by itself."""
    pinned.check(pinned.observe(getattr(busy_node, part)))


def test_parts_are_asked_for_through_the_node(make_node: Any, pinned: Any) -> None:
    """Odd but relied on: each part is made by a method of the node, which a class may replace."""
    node = make_node()
    for part in PARTS:
        setattr(node, part, lambda part=part: f"replaced {part}")
    told = pinned.observe(node.get_introspection_data).value
    pinned.check(
        {
            section: {
                name: value
                for name, value in told[section].items()
                if isinstance(value, str) and value.startswith("replaced")
            }
            for section in ("node_capabilities", "contract_details", "runtime_information")
        }
    )


def test_without_a_status(make_node: Any, pinned: Any) -> None:
    """A state without a status is reported as unknown, and the rest in full."""
    node = make_node(state={})
    seen = pinned.observe(node.get_introspection_data)
    status = seen.value["node_capabilities"]["current_status"]
    pinned.check({"status": status, "sections": sorted(seen.value), "logs": seen["logs"]})


def test_health(make_node: Any, pinned: Any) -> None:
    """Odd but relied on: health is whether the node's check accepts a probe; no log tells why."""
    node, probes = make_node(), []

    def refuse(_probe: Any) -> None:
        raise ValueError("closed today")

    as_built = pinned.observe(node._get_orchestrator_health_status)
    node._validate_orchestrator_input = probes.append
    accepting = pinned.observe(node._get_orchestrator_health_status)
    node._validate_orchestrator_input = refuse
    refusing = pinned.observe(node._get_orchestrator_health_status)
    told = pinned.observe(node.get_introspection_data).value["runtime_information"]
    pinned.check(
        {
            "as built": as_built,
            "accepting": accepting,
            "refusing": refusing,
            "probe": probes[0],
            "told": told["current_health_status"],
        }
    )
