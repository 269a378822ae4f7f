"""What a node tells about itself."""

from types import SimpleNamespace
from typing import Any

import pytest
from scenarios.reducer.conftest import AGGREGATE, FOLD, MERGE, NORMALIZE, SORT, Reducer

from omnibase_core.models.infrastructure.model_streaming_window import ModelStreamingWindow

HELPERS = [
    "_extract_reducer_operations",
    "_extract_reducer_io_specifications",
    "_extract_reducer_performance_characteristics",
    "_extract_reduction_configuration",
    "_extract_aggregation_configuration",
    "_get_reducer_health_status",
    "_get_reduction_metrics_sync",
    "_get_reducer_resource_usage",
    "_get_streaming_status",
    "_get_conflict_resolution_status",
]


def window(size: int, *items: Any) -> ModelStreamingWindow:
    made = ModelStreamingWindow(size)
    for item in items:
        made.add_item(item)
    return made


@pytest.fixture
def busy_node(make_node: Any, clock: Any) -> Any:
    """Make a node in the middle of its work, with limits of its own."""
    node = make_node(
        contract=SimpleNamespace(aggregation=None),
        version="4.5.6",
        default_batch_size=5,
        max_memory_usage_mb=6,
        streaming_buffer_size=7,
    )
    node.state["status"] = "ready"
    node.reduction_functions[SORT] = Reducer("own")
    del node.reduction_functions[MERGE]
    clock.advance(5)
    node.active_windows.update({"b": window(250, 1, 2, 3), "a": window(0, 1), "c": window(9)})
    clock.run(node._update_reduction_metrics("fold", 20.0, False, 3))
    clock.advance(2)
    return node


def test_of_a_fresh_node(make_node: Any, pinned: Any, clock: Any) -> None:
    """Odd but relied on: the id is no text, functions are listed by member and by value."""
    node = make_node()
    clock.advance(1.5)
    seen = pinned.observe(node.get_introspection_data)
    seen["in order"] = {name: list(part) for name, part in seen.value.items()}
    pinned.check(seen)


def test_of_a_busy_node(pinned: Any, busy_node: Any) -> None:
    """Odd but relied on: the archetype's name is given for subclasses, limits are read anew."""
    pinned.check(pinned.observe(busy_node.get_introspection_data))


@pytest.mark.parametrize("helper", HELPERS)
def test_part(pinned: Any, busy_node: Any, helper: str) -> None:
    """Each part can be asked for by itself."""
    pinned.check(pinned.observe(getattr(busy_node, helper)))


def test_parts_are_asked_for_through_the_node(pinned: Any, busy_node: Any) -> None:
    """Odd but relied on: each part is made by a method of the node, which a class may replace."""
    for helper in HELPERS:
        setattr(busy_node, helper, lambda helper=helper: f"replaced {helper}")
    pinned.check(pinned.observe(busy_node.get_introspection_data))


def test_metrics_are_shared(pinned: Any, busy_node: Any) -> None:
    """The table of a type is handed out as it is, the report around it is new."""
    seen = pinned.observe(busy_node._get_reduction_metrics_sync)
    seen["shared"] = [
        seen.value["fold"] is busy_node.reduction_metrics["fold"],
        seen.value is busy_node.reduction_metrics,
    ]
    pinned.check(seen)


def test_metrics_of_a_type_called_like_the_windows(make_node: Any, pinned: Any) -> None:
    """Odd but relied on: the windows win."""
    node = make_node(reduction_metrics={"streaming_windows": {"total_operations": 1.0}})
    pinned.check(pinned.observe(node._get_reduction_metrics_sync))


def test_after_initialize_and_cleanup(
    make_node: Any, pinned: Any, clock: Any, services: Any
) -> None:
    """The status follows the lifecycle; a contract service changes nothing but the version."""
    contracts = SimpleNamespace(get_node_contract=lambda _type: {"version": "9.9.9"})
    node = make_node(services(contract_service=contracts))
    told = {}
    for name, step in {"initialize": node.initialize, "cleanup": node.cleanup}.items():
        clock.run(step())
        told[name] = clock.run(node.get_introspection_data())["node_capabilities"]
    told["contract"] = clock.run(node.get_introspection_data())["contract_details"]
    pinned.check(told)


def test_without_a_status(make_node: Any, pinned: Any) -> None:
    """A state without a status is reported as unknown, and the rest in full."""
    node = make_node(state={})
    seen = pinned.observe(node.get_introspection_data)
    status = seen.value["node_capabilities"]["current_status"]
    pinned.check({"status": status, "sections": sorted(seen.value), "logs": seen["logs"]})


@pytest.mark.parametrize(
    "kinds",
    [[], [FOLD], [AGGREGATE], [NORMALIZE], [SORT, NORMALIZE, AGGREGATE]],
    ids=["none", "fold", "aggregate", "normalize", "three"],
)
def test_registered_functions(make_node: Any, pinned: Any, kinds: list[Any]) -> None:
    """What is told about tickets depends on two functions; cycles count as always there."""
    node = make_node(reduction_functions=dict.fromkeys(kinds, Reducer("own")))
    seen = pinned.observe(node.get_introspection_data)
    told = seen.value
    pinned.check(
        {
            "operations": told["node_capabilities"]["available_operations"],
            "supported": told["contract_details"]["supported_reduction_types"],
            "configuration": told["contract_details"]["reduction_configuration"],
            "functions": told["reduction_management_information"],
            "tickets": told["rsd_specific_information"],
            "usage": told["runtime_information"]["resource_usage"],
            "logs": seen["logs"],
        }
    )


@pytest.mark.parametrize(
    "contract",
    [
        pytest.param(None, id="none"),
        pytest.param({"aggregation": 1}, id="mapping"),
        pytest.param(SimpleNamespace(aggregation=None), id="aggregation_none"),
        pytest.param(SimpleNamespace(aggregation=5), id="aggregation"),
        pytest.param(SimpleNamespace(aggregations=5), id="other"),
    ],
)
def test_aggregation_of_the_contract(make_node: Any, pinned: Any, contract: Any) -> None:
    """Odd but relied on: what the contract says about aggregation does not matter."""
    node = make_node(contract=contract)
    pinned.check(pinned.observe(node._extract_aggregation_configuration))


def test_health(make_node: Any, pinned: Any) -> None:
    """Odd but relied on: health is whether the node's check accepts a probe; no log tells why."""
    node = make_node()
    probes: list[Any] = []

    def refuse(_probe: Any) -> None:
        raise ValueError("closed today")

    as_built = pinned.observe(node._get_reducer_health_status)
    node._validate_reducer_input = probes.append
    accepting = pinned.observe(node._get_reducer_health_status)
    node._validate_reducer_input = refuse
    refusing = pinned.observe(node._get_reducer_health_status)
    told = pinned.observe(node.get_introspection_data)
    pinned.check(
        {
            "as built": as_built,
            "accepting": accepting,
            "refusing": refusing,
            "probes": probes,
            "told": told.value["runtime_information"]["current_health_status"],
            "logs": told["logs"],
        }
    )
