"""The three shortcuts for tickets and their dependencies."""

from typing import Any

import pytest
from scenarios.reducer.conftest import (
    AGGREGATE,
    MERGE,
    NORMALIZE,
    Reducer,
    counts,
    node_facts,
    order_facts,
)

TICKETS = [
    {"id": 1, "status": "open", "team": "a", "priority": 3},
    {"id": 2, "status": "done", "team": "b", "priority": 5},
    {"id": 3, "status": "open", "team": "b", "priority": 4},
]
SCORED = [
    {"id": 1, "priority_score": 10, "risk": 3},
    {"id": 2, "priority_score": 30, "risk": 1},
    {"id": 3, "priority_score": 15, "risk": 2},
]


def copies(tickets: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [dict(each) for each in tickets]


class Noting:
    """A reducer that notes the order it gets, metadata unwrapped."""

    def __init__(self, result: Any) -> None:
        self.result = result
        self.given: list[Any] = []

    async def __call__(self, data: Any, given: Any, _resolver: Any) -> Any:
        facts = order_facts(given)
        metadata = facts.pop("metadata")
        facts["metadata"] = {name: each.to_value() for name, each in metadata.items()}
        facts["kinds"] = {name: type(each).__name__ for name, each in metadata.items()}
        self.given.append({"data": data, **facts})
        return self.result


AGGREGATIONS: dict[str, dict[str, Any]] = {
    "defaults": {},
    "other_field": {"group_by": "team"},
    "unknown_field": {"group_by": "colour"},
    "empty_field": {"group_by": ""},
    "functions": {"aggregation_functions": {"priority": "median"}},
    "no_functions": {"aggregation_functions": {}},
}


@pytest.mark.parametrize("settings", AGGREGATIONS.values(), ids=list(AGGREGATIONS))
def test_aggregation(make_node: Any, pinned: Any, settings: dict[str, Any]) -> None:
    """Odd but relied on: the wanted functions are told to nobody but the metadata."""
    node = make_node()
    seen = pinned.observe(lambda: node.aggregate_rsd_tickets(copies(TICKETS), **settings))
    told: Any = {"full": seen, "state": node_facts(node)}
    if settings:
        told = {name: [each["id"] for each in of["items"]] for name, of in seen.value.items()}
    node.reduction_functions[AGGREGATE] = (reducer := Noting({"a": 1}))
    noted = pinned.observe(lambda: node.aggregate_rsd_tickets([], **settings))
    pinned.check({"groups": told, "replaced": noted["outcome"], "given": reducer.given})


def test_aggregation_by_position(make_node: Any, pinned: Any) -> None:
    """Tickets, field and functions come in this order."""
    node = make_node()
    node.reduction_functions[AGGREGATE] = (reducer := Noting({}))
    seen = pinned.observe(lambda: node.aggregate_rsd_tickets([], "team", {"a": "b"}))
    seen["given"] = reducer.given
    pinned.check(seen)


NORMALIZATIONS: dict[str, dict[str, Any]] = {
    "defaults": {},
    "rank": {"normalization_method": "rank"},
    "z_score": {"normalization_method": "z_score"},
    "other_field": {"score_field": "risk"},
    "unknown_field": {"score_field": "weight"},
}


@pytest.mark.parametrize("settings", NORMALIZATIONS.values(), ids=list(NORMALIZATIONS))
def test_normalization(make_node: Any, pinned: Any, settings: dict[str, Any]) -> None:
    """Odd but relied on: the caller's tickets are edited; `z_score` does nothing at all."""
    node = make_node()
    tickets = copies(SCORED)
    seen = pinned.observe(lambda: node.normalize_priority_scores(tickets, **settings))
    told: dict[str, Any] = {"tickets": tickets} if settings else {"full": seen}
    told["same tickets"] = all(a is b for a, b in zip(tickets, seen.value, strict=True))
    node.reduction_functions[NORMALIZE] = (reducer := Noting(["a"]))
    noted = pinned.observe(lambda: node.normalize_priority_scores([], **settings))
    pinned.check({**told, "replaced": noted["outcome"], "given": reducer.given})


def test_normalization_by_position(make_node: Any, pinned: Any) -> None:
    """Tickets, field and method come in this order."""
    node = make_node()
    node.reduction_functions[NORMALIZE] = (reducer := Noting([]))
    seen = pinned.observe(lambda: node.normalize_priority_scores([], "risk", "rank"))
    seen["given"] = reducer.given
    pinned.check(seen)


CYCLES: dict[str, dict[str, Any]] = {
    "empty": {},
    "none": {"a": ["b"], "b": []},
    "one": {"a": ["b"], "b": ["c"], "c": ["a"]},
}


@pytest.mark.parametrize("graph", CYCLES.values(), ids=list(CYCLES))
def test_dependencies(make_node: Any, pinned: Any, graph: dict[str, Any]) -> None:
    """Odd but relied on: nothing at all is told about an empty graph."""
    node = make_node()
    seen = pinned.observe(lambda: node.resolve_dependency_cycles(graph))
    seen["counts"] = counts(node)
    node.reduction_functions[MERGE] = (reducer := Noting({"a": 1}))
    noted = pinned.observe(lambda: node.resolve_dependency_cycles(graph))
    pinned.check({"result": seen, "replaced": noted["outcome"], "given": reducer.given})


SHORTCUTS: dict[str, Any] = {
    "aggregation": lambda node, data: node.aggregate_rsd_tickets(data),
    "normalization": lambda node, data: node.normalize_priority_scores(data),
    "dependencies": lambda node, data: node.resolve_dependency_cycles(data),
}


@pytest.mark.parametrize("shortcut", SHORTCUTS.values(), ids=list(SHORTCUTS))
def test_without_tickets(make_node: Any, pinned: Any, shortcut: Any) -> None:
    """Odd: what the input model refuses never becomes a reduction, so nothing is counted."""
    node = make_node()
    seen = {}
    for name, data in {"none": None, "text": "text", "list": [5]}.items():
        told = pinned.observe(lambda data=data: shortcut(node, data))
        seen[name] = [told["outcome"], counts(node)]
    pinned.check(seen)


@pytest.mark.parametrize("shortcut", SHORTCUTS.values(), ids=list(SHORTCUTS))
def test_replaced_functions(make_node: Any, pinned: Any, shortcut: Any) -> None:
    """Odd: the result is made a mapping or a list, which can fail after the success."""
    data: Any = {} if shortcut is SHORTCUTS["dependencies"] else []
    seen = {}
    for result in (None, 5, "text", [("a", 1)], {"a": 1}):
        node = make_node(
            reduction_functions=dict.fromkeys((AGGREGATE, NORMALIZE, MERGE), Reducer(result))
        )
        told = pinned.observe(lambda node=node: shortcut(node, data))
        seen[repr(result)] = [told["outcome"], told.value is result, counts(node)["all"]]
    pinned.check(seen)


@pytest.mark.parametrize("shortcut", SHORTCUTS.values(), ids=list(SHORTCUTS))
def test_failures(make_node: Any, pinned: Any, shortcut: Any) -> None:
    """The error is that of any other reduction."""
    reducer = Reducer(ValueError("no"))
    node = make_node(reduction_functions=dict.fromkeys((AGGREGATE, NORMALIZE, MERGE), reducer))
    data: Any = {} if shortcut is SHORTCUTS["dependencies"] else []
    seen = pinned.observe(lambda: shortcut(node, data))
    seen["counts"] = counts(node)
    pinned.check(seen)


@pytest.mark.parametrize("shortcut", SHORTCUTS.values(), ids=list(SHORTCUTS))
def test_goes_through_process(make_node: Any, pinned: Any, shortcut: Any) -> None:
    """A class may process in its own way; each call has an id of its own."""
    ids: list[Any] = []
    types: list[Any] = []

    class Output:
        result = (("a", 1),)

    async def process(given: Any) -> Any:
        ids.append(given.operation_id)
        types.append([given.reduction_type, given.streaming_mode, given.conflict_resolution])
        return Output

    node = make_node(process=process)
    data: Any = {} if shortcut is SHORTCUTS["dependencies"] else []
    first = pinned.observe(lambda: shortcut(node, data))
    second = pinned.observe(lambda: shortcut(node, data))
    pinned.check({"first": first, "second": second, "ids": ids, "types": types})


def test_items_are_taken_as_they_come(make_node: Any, pinned: Any) -> None:
    """The items are the caller's objects; of a graph they are pairs."""
    node = make_node(reduction_functions={MERGE: (reducer := Reducer({}))})
    graph = {"a": (others := ["b"])}
    pinned.observe(lambda: node.resolve_dependency_cycles(graph))
    (pair,) = reducer.calls[0]["data"]
    pinned.check({"pair": pair, "same neighbours": pair[1] is others})
