"""Which cycles are found in a graph of dependencies."""

from typing import Any

GRAPHS: dict[str, list[Any]] = {
    "empty": [],
    "single": [("a", [])],
    "on_itself": [("a", ["a"])],
    "twice_on_itself": [("a", ["a", "a"])],
    "chain": [("a", ["b"]), ("b", ["c"]), ("c", [])],
    "unknown_neighbour": [("a", ["z"])],
    "pair": [("a", ["b"]), ("b", ["a"])],
    "triangle": [("a", ["b"]), ("b", ["c"]), ("c", ["a"])],
    "triangle_from_the_middle": [("b", ["c"]), ("a", ["b"]), ("c", ["a"])],
    "tail_into_a_cycle": [("t", ["a"]), ("a", ["b"]), ("b", ["a"])],
    "two_cycles": [("a", ["b"]), ("b", ["a"]), ("c", ["d"]), ("d", ["c"])],
    "two_through_one": [("a", ["b", "c"]), ("b", ["a"]), ("c", ["a"])],
    "diamond": [("a", ["b", "c"]), ("b", ["d"]), ("c", ["d"]), ("d", [])],
    "diamond_with_a_way_back": [("a", ["b", "c"]), ("b", ["d"]), ("c", ["d"]), ("d", ["a"])],
    "two_unknown_neighbours": [("a", ["z", "z"]), ("b", ["z"])],
    "neighbours_in_a_text": [("a", "ba"), ("b", "a")],
    "numbers": [(1, [2]), (2, [1])],
    "lists_for_pairs": [["a", ["b"]], ["b", ["a"]]],
    "the_same_node_twice": [("a", ["a"]), ("a", [])],
}
ODD: dict[str, Any] = {
    "no_pair": [("a", [], 1)],
    "mapping": [{"a": ["b"]}],
    "number": [5],
    "pairs_of_letters": ["ab"],
    "neighbours_of_none": [("a", None)],
    "unhashable_node": [([1], [])],
    "unhashable_neighbour": [("a", [[1]])],
    "graph_of_none": None,
    "graph_itself": {"a": ["a"]},
    "short_keys": {"ab": ["a"]},
}


def test_graphs(make_node: Any, pinned: Any) -> None:
    """Odd but relied on: finished nodes are not looked at again, leaves are not counted."""
    node = make_node()
    found = {}
    for name, graph in GRAPHS.items():
        told = node._detect_dependency_cycles(graph)
        figures = [told["has_cycles"], told["cycle_count"], told["total_nodes"]]
        found[name] = {"cycles": [" ".join(map(str, each)) for each in told["cycles"]]}
        found[name]["figures"] = str(figures)
    pinned.check(found)


def test_report(make_node: Any, pinned: Any, clock: Any) -> None:
    """Odd but relied on: the time of the analysis has no time zone, and is a text."""
    node = make_node()
    clock.advance(90)
    graph = [("a", ["a"])]
    seen = pinned.observe(lambda: node._detect_dependency_cycles(graph))
    seen["graph"] = graph
    seen["in order"] = list(seen.value)
    pinned.check(seen)


def test_what_is_no_graph(make_node: Any, pinned: Any) -> None:
    """Odd: anything that a mapping can be made of will do; the rest is a raw error."""
    node = make_node()
    pinned.check(
        {
            name: pinned.observe(lambda graph=graph: node._detect_dependency_cycles(graph))[
                "outcome"
            ]
            for name, graph in ODD.items()
        }
    )
