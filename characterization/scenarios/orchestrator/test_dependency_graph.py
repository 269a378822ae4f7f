"""Which steps wait for which, and the order that this makes."""

from typing import Any

import pytest
from scenarios.orchestrator.conftest import loose, states, step, thunk

from omnibase_core.models.workflows.model_dependency_graph import ModelDependencyGraph

GRAPHS = {
    "loose": lambda: loose("a", "b", "c"),
    "line_backwards": lambda: [
        step("c", thunk(3, 2)),
        step("b", thunk(2, 1)),
        step("a", thunk(1)),
    ],
    "diamond": lambda: [
        step("end", thunk(4, 2, 3)),
        step("left", thunk(2, 1)),
        step("right", thunk(3, 1)),
        step("start", thunk(1)),
    ],
    "several_thunks": lambda: [
        step("two of one", thunk(3, 1), thunk(4, 2)),
        step("owner", thunk(1), thunk(2)),
        step("twice the same", thunk(5, 1, 1)),
    ],
    "unknown_thunk": lambda: [step("a", thunk(1, 99)), step("b", thunk(2, 1, 98))],
    "first_owner_counts": lambda: [
        step("waits", thunk(9, 1)),
        step("one", thunk(1)),
        step("two", thunk(1)),
    ],
    "itself": lambda: [step("own", thunk(1), thunk(2, 1)), step("other", thunk(3))],
    "cycle": lambda: [
        step("a", thunk(1, 2)),
        step("b", thunk(2, 1)),
        step("behind", thunk(3, 2)),
        step("free", thunk(4)),
    ],
    "without_thunks": lambda: [step("a"), step("b")],
    "nothing": list,
}


@pytest.mark.parametrize("make", GRAPHS.values(), ids=list(GRAPHS))
def test_graph(make_node: Any, pinned: Any, make: Any) -> None:
    """Odd but relied on: the same dependency counts as often as it is given."""
    node, steps = make_node(), make()
    names = {str(each.step_id): each.step_name for each in steps}
    graph = node._build_dependency_graph(steps)
    before = graph.model_copy(deep=True)
    order = node._get_topological_order(graph)
    pinned.check(
        {
            "kind": type(graph),
            "edges": [f"{names[key]} -> {[names[k] for k in graph.edges[key]]}" for key in names],
            "waits for": {names[key]: count for key, count in graph.in_degree.items()},
            "same steps": [graph.nodes[str(each.step_id)] is each for each in steps],
            "cycles": graph.has_cycles(),
            "order": [names[key] for key in order],
            "untouched": [before.edges == graph.edges, before.in_degree == graph.in_degree],
            "states": states(*steps),
        }
    )


def test_order_uses_edges_and_counts_only(make_node: Any, pinned: Any) -> None:
    """Odd but relied on: a graph made by hand needs neither nodes nor an entry for each edge."""
    node = make_node()
    graph = ModelDependencyGraph(
        in_degree={"c": 1, "a": 0, "stuck": 2, "b": 0, "d": 2, "below zero": -1},
        edges={"a": ["c", "d"], "c": ["stuck"], "b": ["d", "below zero"]},
    )
    seen = pinned.observe(lambda: node._get_topological_order(graph))
    seen["waits for"] = graph.in_degree
    pinned.check(seen)


def test_order_of_an_odd_graph(make_node: Any, pinned: Any) -> None:
    """A dependent that nobody counts is an error, an empty graph is none."""
    node = make_node()
    odd = ModelDependencyGraph(in_degree={"a": 0}, edges={"a": ["unknown"]})
    pinned.check(
        {
            "odd": pinned.observe(lambda: node._get_topological_order(odd)),
            "empty": pinned.observe(lambda: node._get_topological_order(ModelDependencyGraph())),
        }
    )
