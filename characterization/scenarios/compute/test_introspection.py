"""What a node tells about itself."""

from types import SimpleNamespace
from typing import Any

import pytest
from scenarios.compute.conftest import Desk, FalseDesk

HELPERS = [
    "_extract_compute_operations",
    "_extract_compute_io_specifications",
    "_extract_compute_performance_characteristics",
    "_extract_algorithm_configuration",
    "_extract_computation_constraints",
    "_get_compute_health_status",
    "_get_computation_metrics_sync",
    "_get_compute_resource_usage",
    "_get_caching_status",
    "_get_parallel_processing_status",
]


def contract() -> Any:
    """Return as much of a contract as a node tells about."""
    algorithm = SimpleNamespace(algorithm_type="weighted", factors={"distance": 0.6, "other": 0.4})
    return SimpleNamespace(algorithm=algorithm, input_model="Goods", output_model="Weight")


@pytest.fixture
def busy_node(make_node: Any, clock: Any) -> Any:
    """Make a node in the middle of its work, with limits of its own."""
    node = make_node(
        contract=contract(),
        version="4.5.6",
        max_parallel_workers=6,
        cache_ttl_minutes=9,
        performance_threshold_ms=12.5,
        thread_pool=Desk(),
    )
    node.state["status"] = "ready"
    node.computation_registry.update({"weigh": len, "rsd_other": len, "my_rsd_": len})
    cache = node.computation_cache
    cache.max_size, cache.default_ttl_minutes = 8, 4
    for name, minutes in {"a": 1, "b": 5, "c": None}.items():
        cache.put(name, name, minutes)
    clock.advance(60)
    clock.run(node._update_computation_metrics("weigh", 20.0, False))
    return node


def test_of_a_fresh_node(make_node: Any, pinned: Any, clock: Any) -> None:
    """Odd but relied on: the id is no text, and the version of the answer is no object."""
    node = make_node(contract=contract())
    clock.advance(1.5)
    seen = pinned.observe(node.get_introspection_data)
    capabilities = seen.value["node_capabilities"]
    seen["kind of id"] = type(capabilities["node_id"]).__name__
    pinned.check(seen)


def test_of_a_busy_node(pinned: Any, busy_node: Any) -> None:
    """Odd but relied on: the archetype's name is given for subclasses, limits are read anew."""
    pinned.check(pinned.observe(busy_node.get_introspection_data))


def test_parts(pinned: Any, busy_node: Any, clock: Any) -> None:
    """Each part can be asked for by itself, and is found in the answer as it is."""
    answer = clock.run(busy_node.get_introspection_data())
    parts = {helper: getattr(busy_node, helper)() for helper in HELPERS}
    places = {
        helper: [
            f"{name}.{key}"
            for name, section in answer.items()
            for key, value in section.items()
            if value == part
        ]
        for helper, part in parts.items()
    }
    pinned.check(places)


def test_parts_are_asked_for_through_the_node(pinned: Any, busy_node: Any) -> None:
    """Odd but relied on: each part is made by a method of the node, which a class may replace."""
    for helper in HELPERS:
        setattr(busy_node, helper, lambda helper=helper: f"replaced {helper}")
    pinned.check(pinned.observe(busy_node.get_introspection_data))


@pytest.mark.parametrize("pool", [None, Desk, FalseDesk], ids=["no_pool", "pool", "false_pool"])
def test_of_threads(make_node: Any, pinned: Any, pool: Any) -> None:
    """Odd: a pool that counts as false is active for one part and inactive for two others."""
    node = make_node(thread_pool=pool and pool())
    pinned.check({helper: pinned.observe(getattr(node, helper)) for helper in HELPERS[-4:]})


@pytest.mark.parametrize(
    "status", [{}, {"status": "ready"}, {"status": None}], ids=["empty", "ready", "none"]
)
def test_status(make_node: Any, pinned: Any, status: Any) -> None:
    """A state without a status is reported as unknown, and the rest in full."""
    node = make_node(state=status, contract=contract())
    seen = pinned.observe(node.get_introspection_data)
    told = seen.value["node_capabilities"]["current_status"]
    pinned.check({"status": told, "sections": sorted(seen.value), "logs": seen["logs"]})


def test_of_a_node_without_computations(make_node: Any, pinned: Any) -> None:
    """The method for tickets is offered whether its computation is there or not."""
    node = make_node(computation_registry={}, contract=contract())
    seen = pinned.observe(node.get_introspection_data)
    told = seen.value
    pinned.check(
        {
            "operations": told["node_capabilities"]["available_operations"],
            "types": told["node_capabilities"]["input_output_specifications"]["computation_types"],
            "supported": told["contract_details"]["supported_algorithms"],
            "algorithms": told["algorithm_information"],
            "usage": told["runtime_information"]["resource_usage"],
            "logs": seen["logs"],
        }
    )


@pytest.mark.parametrize(
    "given",
    [
        pytest.param(None, id="none"),
        pytest.param({"algorithm": {}}, id="mapping"),
        pytest.param(SimpleNamespace(algorithm=None), id="no_algorithm"),
        pytest.param(SimpleNamespace(algorithm=contract().algorithm), id="no_models"),
    ],
)
def test_contracts_that_do_not_tell(make_node: Any, pinned: Any, given: Any) -> None:
    """Odd but relied on: one missing value costs all of them."""
    node = make_node(contract=given, node_id="node-7")
    pinned.check(pinned.observe(node._extract_algorithm_configuration))


def test_health(make_node: Any, pinned: Any) -> None:
    """Odd but relied on: health is whether the node's check accepts a probe; no log tells why."""
    node = make_node(contract=contract())
    probes: list[Any] = []

    def accept(probe: Any) -> None:
        probes.append(probe)

    def refuse(_probe: Any) -> None:
        raise ValueError("closed today")

    as_built = pinned.observe(node._get_compute_health_status)
    node._validate_compute_input = accept
    accepting = pinned.observe(node._get_compute_health_status)
    node._validate_compute_input = refuse
    refusing = pinned.observe(node._get_compute_health_status)
    told = pinned.observe(node.get_introspection_data)
    pinned.check(
        {
            "as built": as_built,
            "accepting": accepting,
            "refusing": refusing,
            "probe": probes,
            "told": told.value["runtime_information"]["current_health_status"],
            "logs": told["logs"],
        }
    )


def test_after_initialize_and_cleanup(
    make_node: Any, pinned: Any, clock: Any, services: Any
) -> None:
    """The status follows the lifecycle, and so do the threads."""
    node = make_node(services(), contract=contract())
    told = {}
    for name, step in {"initialize": node.initialize, "cleanup": node.cleanup}.items():
        clock.run(step())
        data = clock.run(node.get_introspection_data())
        runtime = data["runtime_information"]
        told[name] = [
            data["node_capabilities"]["current_status"],
            runtime["resource_usage"],
            runtime["parallel_processing_status"],
        ]
    pinned.check(told)
