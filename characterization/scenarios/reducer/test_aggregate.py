"""The built-in aggregation: groups and their figures."""

from typing import Any

import pytest
from scenarios.reducer.conftest import AGGREGATE, assigned, order, reduced

TICKETS = [
    {"id": 1, "status": "open", "team": "a", "priority": 3, "age": 1.5},
    {"id": 2, "status": "done", "team": "b", "priority": 5, "age": 2},
    {"id": 3, "status": "open", "team": "b", "priority": 4, "age": 10},
    {"id": 4, "team": "a", "priority": 3, "age": 0},
    {"id": 5, "status": "open", "team": "a", "priority": 2, "age": 0.5},
]
KEYS = {
    "none": None,
    "empty_text": "",
    "empty_list": [],
    "field": "status",
    "unknown_field": "colour",
    "fields": ["status", "team"],
    "one_field_in_a_list": ["team"],
    "unknown_fields": ["colour", "size"],
    "number": "priority",
}


class Ticket:
    """An item that is no mapping but has `get`."""

    def __init__(self, **fields: Any) -> None:
        self.fields = fields

    def get(self, name: str, default: Any = None) -> Any:
        return self.fields.get(name, default)


def test_groups(make_node: Any, pinned: Any) -> None:
    """Odd but relied on: several fields make one text that looks like a tuple."""
    node = make_node()
    groups = {}
    for name, key in KEYS.items():
        result = reduced(pinned, node, order(AGGREGATE, TICKETS, group_key=key))["result"]
        ids = [[group, [item["id"] for item in each["items"]]] for group, each in result.items()]
        groups[name] = [f"{group}: {found}" for group, found in ids]
    pinned.check(groups)


def test_a_group(make_node: Any, pinned: Any) -> None:
    """Figures come field by field, after the count and the items."""
    node = make_node()
    seen = pinned.observe(lambda: node.process(order(AGGREGATE, TICKETS, group_key="status")))
    seen["in order"] = list(seen.value.result["open"])
    pinned.check(seen)


def test_fields_in_a_tuple(make_node: Any, pinned: Any) -> None:
    """Anything to iterate over that is no text names several fields."""
    node = make_node()
    asked = assigned(order(AGGREGATE, TICKETS), group_key=("status", "team"))
    pinned.check({"groups": list(reduced(pinned, node, asked)["result"])})


def test_items_are_the_same_objects(make_node: Any, pinned: Any) -> None:
    """Groups hold the caller's items, in the order in which they came, unchanged."""
    node = make_node()
    items = [{"s": 1, "n": 2}, {"s": 2}, {"s": 1, "n": 4}]
    seen = pinned.observe(lambda: node.process(order(AGGREGATE, items, group_key="s")))
    groups = seen.value.result
    pinned.check(
        {
            "groups": groups,
            "same": [groups["1"]["items"][1] is items[2], groups["2"]["items"][0] is items[1]],
            "items": items,
        }
    )


VALUES = {
    "none": None,
    "truth": True,
    "number": 1,
    "fraction": 1.0,
    "text": "1",
    "empty_text": "",
    "tuple": (1, 2),
}


def test_values_that_look_alike(make_node: Any, pinned: Any) -> None:
    """Odd but relied on: groups of equal text collide, and the later one is what is left."""
    node = make_node()
    items = [{"s": value, "name": name} for name, value in VALUES.items()]
    every = reduced(pinned, node, order(AGGREGATE, items, group_key="s"))["result"]
    order_of_groups = list(every)
    collide = [{"s": 1, "from": "number"}, {"s": "1", "from": "text"}]
    later = reduced(pinned, node, order(AGGREGATE, collide, group_key="s"))
    pinned.check({"all": every, "in order": order_of_groups, "number and text": later})


ODD_ITEMS = {
    "numbers": [1, 2],
    "texts": ["a", "b"],
    "none": [None],
    "lists": [[1], [2]],
    "objects_with_get": [Ticket(s="a", n=1), Ticket(n=2)],
    "mapping_then_object_with_get": [{"s": "a", "n": 1}, Ticket(s="a", n=2)],
    "object_with_get_then_mapping": [Ticket(s="a", n=2), {"s": "a", "n": 1}],
    "mapping_without_numbers_then_text": [{"t": "x"}, "text"],
}


@pytest.mark.parametrize("key", ["s", ["s"]], ids=["field", "fields"])
def test_items_that_are_no_mappings(make_node: Any, pinned: Any, key: Any) -> None:
    """Odd but relied on: without `get` they are in the group `default`, and have no figures."""
    node = make_node()
    pinned.check(
        {
            name: reduced(pinned, node, order(AGGREGATE, items, group_key=key))
            for name, items in ODD_ITEMS.items()
        }
    )


def test_what_fails(make_node: Any, pinned: Any) -> None:
    """Odd but relied on: a list as value fails, unless it is one of several fields."""
    node = make_node()
    failing = {
        "item without fields": order(AGGREGATE, [{"n": 1}, "text"]),
        "list as value": order(AGGREGATE, [{"s": [1]}], group_key="s"),
        "list among several fields": order(AGGREGATE, [{"s": [1]}], group_key=["s"]),
        "number as field": assigned(order(AGGREGATE, [{"s": 1}]), group_key=5),
    }
    pinned.check({name: reduced(pinned, node, asked) for name, asked in failing.items()})


FIGURES = {
    "missing_in_the_first": [{"a": 1}, {"a": 2, "b": 3}],
    "missing_later": [{"a": 1, "b": 3}, {"a": 2}],
    "text_in_the_first": [{"a": "1"}, {"a": 2}],
    "text_later": [{"a": 1}, {"a": "2"}, {"a": 4}],
    "none_in_the_first": [{"a": None}, {"a": 2}],
    "none_later": [{"a": 2}, {"a": None}],
    "truth_values": [{"a": True}, {"a": False}, {"a": True}],
    "truth_and_numbers": [{"a": 0}, {"a": True}, {"a": 0.5}],
    "negative": [{"a": -1}, {"a": -3.5}],
    "zero": [{"a": 0}],
    "infinite": [{"a": float("inf")}, {"a": 1}],
    "complex": [{"a": 1j}],
    "named_like_figures": [{"count": 5, "items": 7}, {"count": 1, "items": 2}],
    "named_by_a_number": [{1: 5}, {1: 7}],
    "empty": [{}, {"a": 1}],
    "named_alike": [{"a": 1, "a_sum": 5}],
    "named_alike_the_other_way_round": [{"a_sum": 5, "a": 1}],
}


def test_figures(make_node: Any, pinned: Any) -> None:
    """Odd but relied on: the first item of a group decides what is a number; truth is one."""
    node = make_node()
    figures = {}
    for name, items in FIGURES.items():
        group = reduced(pinned, node, order(AGGREGATE, items))["result"]["default"]
        group["items"] = len(group["items"])
        figures[name] = group
    pinned.check(figures)


def test_resolver_and_accumulator_are_not_needed(make_node: Any, pinned: Any) -> None:
    """Conflicts cannot happen, and results of earlier batches are not taken into account."""
    node = make_node()
    asked = order(AGGREGATE, [{"n": 1}], accumulator_init={"default": {"count": 5}})
    seen = pinned.observe(lambda: node.reduction_functions[AGGREGATE](asked.data, asked, None))
    pinned.check(seen)
