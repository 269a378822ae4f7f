"""What a node tells about itself when a part of it is broken."""

from types import SimpleNamespace
from typing import Any

import pytest

LIMITS = ["max_parallel_workers", "cache_ttl_minutes", "performance_threshold_ms", "version"]
BROKEN = {
    "state": None,
    "created_at": "yesterday",
    "computation_cache": None,
    "computation_metrics": None,
    "cache_ttl_minutes": "half an hour",
    "max_parallel_workers": "four",
}


@pytest.mark.parametrize(("name", "value"), BROKEN.items(), ids=list(BROKEN))
def test_broken(make_node: Any, pinned: Any, name: str, value: Any) -> None:
    """Odd but relied on: some parts mend themselves, others cost the whole answer."""
    node = make_node(**{name: value})
    seen = pinned.observe(node.get_introspection_data)
    if seen.value["introspection_metadata"]["supports_full_introspection"]:
        seen["outcome"] = {"sections": sorted(seen.value), **seen.value["runtime_information"]}
    pinned.check(seen)


@pytest.mark.parametrize("name", LIMITS)
def test_deleted(make_node: Any, pinned: Any, clock: Any, name: str) -> None:
    """The reduced answer tells the reason, and its time is that of the answer."""
    node = make_node()
    delattr(node, name)
    clock.advance(2.25)
    pinned.check(pinned.observe(node.get_introspection_data))


def test_broken_part(make_node: Any, pinned: Any) -> None:
    """A part that a class has replaced may fail; ids are no text in the answer."""

    def broken() -> None:
        raise LookupError("nothing known")

    node = make_node(_extract_computation_constraints=broken)
    seen = pinned.observe(node.get_introspection_data)
    seen["kind of id"] = type(seen.value["node_capabilities"]["node_id"]).__name__
    pinned.check(seen)


def test_the_reduced_answer_can_break_as_well(make_node: Any, pinned: Any) -> None:
    """Odd but relied on: it counts the computations, and without a table it raises as it is."""
    node = make_node(computation_registry=None)
    seen = pinned.observe(node.get_introspection_data)
    seen["context"] = seen.error.__context__
    pinned.check(seen)


def test_names_that_are_no_text(make_node: Any, pinned: Any) -> None:
    """Odd: such a name can be registered and computed, but not be told about."""
    node = make_node(computation_registry={7: len, "weigh": len})
    pinned.check(pinned.observe(node.get_introspection_data))


class Torn:
    """A registry that cannot be read to its end."""

    def __iter__(self) -> Any:
        yield "weigh"
        raise RuntimeError("torn in two")


@pytest.mark.parametrize("registry", [None, Torn(), {7: len}], ids=["none", "torn", "number"])
def test_operations(make_node: Any, pinned: Any, registry: Any) -> None:
    """Odd but relied on: the own operations are told in any case, and then all or none."""
    node = make_node(computation_registry=registry, node_id="node-7")
    pinned.check(pinned.observe(node._extract_compute_operations))


@pytest.mark.parametrize(
    "name",
    ["computation_cache", "computation_registry", "computation_metrics", "thread_pool"],
)
@pytest.mark.parametrize(
    "helper",
    ["_get_compute_resource_usage", "_get_caching_status", "_get_parallel_processing_status"],
)
def test_part_without(make_node: Any, pinned: Any, helper: str, name: str) -> None:
    """Odd but relied on: one part gives the error, one does not, and one raises it."""
    node = make_node(node_id="node-7")
    delattr(node, name)
    pinned.check(pinned.observe(getattr(node, helper)))


@pytest.mark.parametrize("missing", ["valid_entries", "max_size", "total_entries"])
def test_a_cache_with_other_figures(make_node: Any, pinned: Any, missing: str) -> None:
    """A cache of a caller's own making has to tell the same figures, or parts are missing."""
    figures = {"total_entries": 3, "valid_entries": 2, "max_size": 4, "hits": 99}
    del figures[missing]
    cache = SimpleNamespace(get_stats=lambda: figures, max_size=5, default_ttl_minutes=6)
    node = make_node(computation_cache=cache)
    pinned.check(
        {
            helper: pinned.observe(getattr(node, helper))
            for helper in (
                "_get_computation_metrics_sync",
                "_get_compute_resource_usage",
                "_get_caching_status",
                "_extract_computation_constraints",
            )
        }
    )
