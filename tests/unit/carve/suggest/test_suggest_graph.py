"""The graph holds who calls, reads and writes what, and the figures follow from it."""

from pathlib import Path

import pytest
from shelves import BASKET, REPORT, STAMPS, graph_of, shop

from carve.suggest.figures import figures
from carve.suggest.graph import MemberGraph


@pytest.fixture
def graph(tmp_path: Path) -> MemberGraph:
    return graph_of(shop(tmp_path))


def uses(graph: MemberGraph, name: str) -> set[tuple[str, str]]:
    return {(edge.relation, edge.target) for edge in graph.edges if edge.source == name}


def test_members_and_attributes_of_the_constructor_are_nodes(graph: MemberGraph) -> None:
    kinds = {name: node.kind for name, node in graph.nodes.items()}
    assert kinds["currency"] == "class attribute"
    assert kinds["basket_items"] == kinds["opened"] == "instance attribute"
    assert kinds["stamp_count"] == "property"
    assert kinds["put_stamp"] == "method"
    assert list(graph.nodes) == sorted(graph.nodes, key=lambda name: graph.nodes[name].line)


def test_changing_what_is_inside_counts_as_writing(graph: MemberGraph) -> None:
    assert uses(graph, "put_stamp") == {("writes", "stamps")}
    assert uses(graph, "forget_stamps") == {("writes", "stamps")}
    assert uses(graph, "clear_basket") == {("writes", "basket_items")}
    assert uses(graph, "add_to_basket") == {("reads", "basket_items")}


def test_calls_and_what_is_inherited_are_told_apart(graph: MemberGraph) -> None:
    calls = {("calls", "_report_header"), ("calls", "_report_rows")}
    assert uses(graph, "export_report") == calls
    assert ("_report_header", "name") in {(edge.source, edge.target) for edge in graph.outside}


def test_helpers_are_names_of_the_module_and_not_what_it_imports(graph: MemberGraph) -> None:
    assert graph.helpers == {"_LIMIT": ("add_to_basket",)}


def test_other_ways_to_the_instance_are_seen(tmp_path: Path) -> None:
    text = """
class Shop:
    table = {}
    _bound = table

    def __init__(self): self.one = 1
    def a(self): return getattr(self, "one")
    def b(self): setattr(self, "one", 2)
    @classmethod
    def c(cls): return cls.table
    def d(self): return type(self).table, self.__class__.table, Shop.table
    @staticmethod
    def e(self): return self.one
    def f(self): return lambda: self.e(1)
"""
    graph = graph_of(shop(tmp_path, text))
    assert uses(graph, "_bound") == {("reads", "table")}
    assert uses(graph, "a") == {("reads", "one")}
    assert uses(graph, "b") == {("writes", "one")}
    assert uses(graph, "c") == {("reads", "table")}
    counts = {edge.source: edge.count for edge in graph.edges if edge.target == "table"}
    assert counts["d"] == 3
    assert uses(graph, "e") == set()
    assert uses(graph, "f") == {("calls", "e")}


def test_figures_of_the_class_and_of_its_parts(graph: MemberGraph) -> None:
    whole = figures(graph)
    # Three of the basket, three with stamps, three that report.
    assert whole.lcom4 == 3
    # Of 36 pairs, 3 share the basket and 3 the stamps; those that report share no attribute.
    assert (whole.tcc, whole.lcc) == (round(6 / 36, 3), round(6 / 36, 3))
    basket = figures(graph, BASKET)
    assert (basket.lcom4, basket.tcc, basket.lcc) == (1, 1.0, 1.0)
    assert (basket.attribute_coupling, basket.call_coupling) == (0.0, None)
    report = figures(graph, REPORT)
    assert (report.lcom4, report.tcc) == (1, 0.0)
    # The header reads a name that the class inherits; both calls stay inside.
    assert (report.attribute_coupling, report.call_coupling) == (1.0, 0.0)
    assert figures(graph, STAMPS[1:]).attribute_coupling == 1.0


def test_chains_count_for_loose_cohesion_alone(tmp_path: Path) -> None:
    text = """
class Shop:
    def __init__(self):
        self.x = 1
        self.y = 2
    def a(self): return self.x
    def b(self): return self.x + self.y
    def c(self): return self.y
    def d(self): return self.a()
"""
    found = figures(graph_of(shop(tmp_path, text)))
    # a-b, b-c, and through its call of a also d-a and d-b.
    assert (found.tcc, found.lcc, found.lcom4) == (round(4 / 6, 3), 1.0, 1)


@pytest.mark.parametrize("body", ["pass", "x = 1", "def run(self): ...", "class Inner: ..."])
def test_the_smallest_classes_have_figures(tmp_path: Path, body: str) -> None:
    found = figures(graph_of(shop(tmp_path, f"class Shop:\n    {body}\n")))
    assert found.tcc is None
    assert found.lcom4 == int(body.startswith("def"))


def test_statements_on_one_line_are_read_as_well(tmp_path: Path) -> None:
    text = "_UNIT = 1\nclass Shop:\n    a = 1; b = _UNIT\n    def run(self): return self.a\n"
    graph = graph_of(shop(tmp_path, text))
    assert uses(graph, "run") == {("reads", "a")}
    assert graph.helpers["_UNIT"][-1] == "b"
