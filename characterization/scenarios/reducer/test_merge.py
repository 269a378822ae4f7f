"""The built-in merge, and the settlement of conflicts."""

from collections import OrderedDict
from typing import Any

import pytest
from scenarios.reducer.conftest import MERGE, STRATEGIES, assigned, order, reduced, wrapped

from omnibase_core.enums.enum_conflict_resolution import EnumConflictResolution
from omnibase_core.models.infrastructure.model_conflict_resolver import ModelConflictResolver

CONFLICTS = {
    "numbers": (1, 2),
    "fractions": (1.5, 2),
    "truth": (True, True),
    "texts": ("a", "b"),
    "lists": ([1], [2]),
    "mappings": ({"x": 1, "y": 1}, {"y": 2}),
    "nothing": (None, None),
    "nothing_and_number": (None, 1),
    "number_and_text": (1, "a"),
    "list_and_number": ([1], 2),
    "tuples": ((1,), (2,)),
    "equal": ("same", "same"),
}
ITEMS = {
    "one_mapping": [{"a": 1}],
    "mappings": [{"a": 1, "b": 2}, {"c": 3, "a": 4}],
    "empty_mappings": [{}, {}],
    "other_mappings": [OrderedDict(a=1), {"b": 2}],
    "keys_of_all_kinds": [{1: "a", None: "b"}, {True: "c", (1,): "d"}],
    "one_list": [[1, 2]],
    "lists": [[1], [], [2, [3]]],
    "empty_lists": [[], []],
    "tuples": [(1,), (2,)],
    "mapping_then_list": [{"a": 1}, [2]],
    "list_then_mapping": [[2], {"a": 1}],
    "numbers": [1, 2, 3],
    "texts": ["a", "b"],
    "none": [None],
    "mapping_then_none": [{"a": 1}, None],
}


def test_kinds_of_items(make_node: Any, pinned: Any) -> None:
    """Odd but relied on: of anything but mappings or lists only, the last one is left."""
    node = make_node()
    merged = {}
    for name, items in ITEMS.items():
        seen = merged[name] = reduced(pinned, node, order(MERGE, items))
        result = seen["result"]
        seen["is the item"] = str([place for place, item in enumerate(items) if result is item])
        if isinstance(result, dict):
            seen["keys in order"] = repr(list(result))
    pinned.check(merged)


@pytest.mark.parametrize("strategy", STRATEGIES, ids=lambda each: each.value)
def test_strategies(make_node: Any, pinned: Any, strategy: Any) -> None:
    """Odd but relied on: custom is last wins, as no resolver can be passed on."""
    node = make_node()
    settled = {}
    for name, (first, second) in CONFLICTS.items():
        asked = order(MERGE, [{name: first}, {name: second}], conflict_resolution=strategy)
        seen = reduced(pinned, node, asked)
        settled[name] = repr(seen["result"][name]) if "result" in seen else seen
    pinned.check(settled)


@pytest.mark.parametrize("strategy", STRATEGIES, ids=lambda each: each.value)
def test_conflicts_are_counted(make_node: Any, pinned: Any, strategy: Any) -> None:
    """Each repeated key counts, also where both values are the same; the count starts anew."""
    node = make_node()
    items = [{"a": 1, "b": 1}, {"a": 2, "c": 1}, {"a": 3, "b": 1}]
    seen = {}
    for name, some in {"three": items, "two": items[:2]}.items():
        asked = order(MERGE, some, conflict_resolution=strategy)
        told = pinned.observe(lambda asked=asked: node.process(asked))
        if told.error is None:
            logged = told["logs"][0]["message"]["context"]["conflicts_resolved"]
            seen[name] = [told.value.result, told.value.conflicts_resolved, logged]
        else:
            seen[name] = told.error.__cause__
    pinned.check({**seen, "items": items})


def test_a_refused_conflict(make_node: Any, pinned: Any) -> None:
    """The error names the key and shows both values as text."""
    node = make_node()
    items = [{"a": 1, "b": [1]}, {"b": {"x": 2}}]
    seen = pinned.observe(lambda: node.process(order(MERGE, items, conflict_resolution="error")))
    pinned.check(seen)


class Judge:
    """A resolver of a caller's own."""

    def __init__(self) -> None:
        self.asked: list[Any] = []

    def resolve(self, *conflict: Any) -> Any:
        self.asked.append(conflict)
        return f"verdict {len(self.asked)}"


def test_what_the_resolver_is_asked(make_node: Any, pinned: Any) -> None:
    """It gets the value kept so far, the new one and the key."""
    node = make_node()
    items = [{"a": 1, "b": 2}, {"a": 3}, {"a": 4, "b": 5}]
    judge = Judge()
    seen = pinned.observe(lambda: node._process_batch(order(MERGE, items), judge))
    seen["asked"] = judge.asked
    pinned.check(seen)


def test_a_custom_resolver(make_node: Any, pinned: Any) -> None:
    """Whoever calls for a batch can pass on one; then custom means what it says."""
    node = make_node()
    resolver = ModelConflictResolver(
        EnumConflictResolution.CUSTOM, lambda old, new, key: [old, new, key]
    )
    seen = pinned.observe(
        lambda: node._process_batch(order(MERGE, [{"a": 1}, {"a": 2}]), resolver)
    )
    seen["conflicts"] = resolver.conflicts_count
    pinned.check(seen)


def test_results_are_new(make_node: Any, pinned: Any) -> None:
    """Even a single mapping or list is copied; what is in it stays the same."""
    node = make_node()
    inner = {"x": 1}
    mapping, items = {"a": inner}, [inner]
    merged = pinned.observe(lambda: node.process(order(MERGE, [mapping]))).value.result
    joined = pinned.observe(lambda: node.process(order(MERGE, [items]))).value.result
    pinned.check(
        {
            "mapping": [merged, merged is mapping, merged["a"] is inner],
            "list": [joined, joined is items, joined[0] is inner],
        }
    )


METADATA = {
    "none": None,
    "empty": {},
    "wrapped": wrapped(graph_operation="cycle_detection"),
    "other_operation": wrapped(graph_operation="topological_sort"),
    "capitals": wrapped(graph_operation="CYCLE_DETECTION"),
    "wrapped_none": wrapped(graph_operation=None),
    "other_key": wrapped(rsd_operation="cycle_detection"),
    "raw": {"graph_operation": "cycle_detection"},
    "raw_none": {"graph_operation": None},
}


def test_cycle_detection_is_asked_for(make_node: Any, pinned: Any) -> None:
    """Odd but relied on: unlike elsewhere, a raw value in the metadata fails."""
    node = make_node()
    seen = {}
    for name, metadata in METADATA.items():
        asked = assigned(order(MERGE, [("a", ["a"])]), metadata=metadata)
        seen[name] = reduced(pinned, node, asked)
    pinned.check(seen)


def test_cycle_detection_goes_through_the_node(make_node: Any, pinned: Any) -> None:
    """A class may detect cycles in its own way, with the items as they are."""
    asked: list[Any] = []
    node = make_node(_detect_dependency_cycles=lambda data: asked.append(data) or "found")
    metadata = wrapped(graph_operation="cycle_detection")
    seen = reduced(pinned, node, order(MERGE, [{"a": 1}, 5], metadata=metadata))
    empty = reduced(pinned, node, order(MERGE, [], metadata=metadata))
    pinned.check({"items": seen, "no items": empty, "asked": asked})
