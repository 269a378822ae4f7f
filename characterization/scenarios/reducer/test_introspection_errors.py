"""What a node tells about itself when a part of it is broken."""

from types import SimpleNamespace
from typing import Any

import pytest
from scenarios.reducer.conftest import FOLD

BROKEN = {
    "state": None,
    "created_at": "yesterday",
    "reduction_functions": {FOLD: None, "by name": None},
    "active_windows": None,
    "reduction_metrics": None,
}
LIMITS = ["default_batch_size", "max_memory_usage_mb", "streaming_buffer_size", "contract_model"]


def told(pinned: Any, node: Any) -> Any:
    seen = pinned.observe(node.get_introspection_data)
    if seen.value["introspection_metadata"]["supports_full_introspection"]:
        parts = ("contract_details", "runtime_information", "introspection_metadata")
        return {name: seen.value[name] for name in parts} | {"logs": seen["logs"]}
    return seen


@pytest.mark.parametrize(("name", "value"), BROKEN.items(), ids=list(BROKEN))
def test_broken(make_node: Any, pinned: Any, name: str, value: Any) -> None:
    """Odd but relied on: some parts mend themselves, others cost the whole answer."""
    node = make_node(**{name: value})
    pinned.check(told(pinned, node))


@pytest.mark.parametrize("name", LIMITS)
def test_deleted(make_node: Any, pinned: Any, clock: Any, name: str) -> None:
    """The reduced answer tells the reason, and its time is that of the answer."""
    node = make_node()
    delattr(node, name)
    clock.advance(2.25)
    pinned.check(told(pinned, node))


def test_broken_part(make_node: Any, pinned: Any) -> None:
    """A part that a class has replaced may fail; functions are counted in the reduced answer."""

    def broken() -> None:
        raise LookupError("nothing known")

    node = make_node(_get_conflict_resolution_status=broken)
    seen = pinned.observe(node.get_introspection_data)
    seen["id is text"] = isinstance(seen.value["node_capabilities"]["node_id"], str)
    pinned.check(seen)


def test_the_reduced_answer_can_break_as_well(make_node: Any, pinned: Any) -> None:
    """Odd but relied on: it counts the functions, and without a table it raises as it is."""
    node = make_node(reduction_functions=None)
    seen = pinned.observe(node.get_introspection_data)
    seen["context"] = seen.error.__context__
    pinned.check(seen)


TABLES: dict[str, Any] = {
    "none": None,
    "name": {"by name": None},
    "second_is_odd": {FOLD: None, 7: None},
}


@pytest.mark.parametrize("table", TABLES.values(), ids=list(TABLES))
def test_operations(make_node: Any, pinned: Any, table: Any) -> None:
    """Odd but relied on: an odd key ends the list, the ways of streaming are missing then."""
    node = make_node(reduction_functions=table, node_id="node-7")
    pinned.check(pinned.observe(node._extract_reducer_operations))


@pytest.mark.parametrize("table", TABLES.values(), ids=list(TABLES))
def test_configuration(make_node: Any, pinned: Any, table: Any) -> None:
    """Odd but relied on: an odd key costs all but the batch size."""
    node = make_node(reduction_functions=table, node_id="node-7")
    pinned.check(pinned.observe(node._extract_reduction_configuration))


@pytest.mark.parametrize("name", ["default_batch_size", "streaming_buffer_size"])
def test_configuration_without_a_limit(make_node: Any, pinned: Any, name: str) -> None:
    """Odd: without the batch size the reduced part fails as well."""
    node = make_node(node_id="node-7")
    delattr(node, name)
    pinned.check(pinned.observe(node._extract_reduction_configuration))


class Grumpy:
    """A contract that fails whatever it is asked for."""

    def __getattr__(self, name: str) -> Any:
        raise RuntimeError(f"do not ask for {name}")


def test_aggregation(make_node: Any, pinned: Any) -> None:
    """A contract that fails, or none at all, leaves an empty list and nothing else."""
    grumpy = make_node(contract=Grumpy(), node_id="node-7")
    without = make_node(node_id="node-8")
    del without.contract_model
    pinned.check(
        {
            "grumpy": pinned.observe(grumpy._extract_aggregation_configuration),
            "without": pinned.observe(without._extract_aggregation_configuration),
        }
    )


WINDOWS: dict[str, dict[str, Any]] = {
    "no_windows": {"active_windows": None},
    "no_window": {"active_windows": {"a": None}},
    "no_size": {"active_windows": {"a": SimpleNamespace(buffer=[])}},
    "no_buffer": {"active_windows": {"a": SimpleNamespace(window_size_ms=1)}},
    "no_metrics": {"reduction_metrics": None},
}


@pytest.mark.parametrize(
    "part", ["_get_reduction_metrics_sync", "_get_reducer_resource_usage", "_get_streaming_status"]
)
def test_windows(make_node: Any, pinned: Any, part: str) -> None:
    """Odd but relied on: the usage alone does not give the error; some parts do not notice."""
    seen = {}
    for name, broken in WINDOWS.items():
        node = make_node(node_id="node-7", **broken)
        observed = pinned.observe(getattr(node, part))
        messages = [[each["level"], each["message"]] for each in observed["logs"]]
        seen[name] = [observed["outcome"], messages]
    pinned.check(seen)


@pytest.mark.parametrize("part", ["_get_reducer_resource_usage", "_get_streaming_status"])
@pytest.mark.parametrize("name", ["streaming_buffer_size", "reduction_functions"])
def test_without_an_attribute(make_node: Any, pinned: Any, part: str, name: str) -> None:
    """What is not told does not have to be there."""
    node = make_node(node_id="node-7")
    delattr(node, name)
    pinned.check(pinned.observe(getattr(node, part)))
