"""Which inputs are refused before anything is reduced, and what an input is by default."""

from types import SimpleNamespace
from typing import Any

import pytest
from scenarios.reducer.conftest import FOLD, SORT, assigned, order

from omnibase_core.models.operations.model_reducer_input import ModelReducerInput


def refused(pinned: Any, node: Any, given: Any) -> Any:
    return pinned.observe(lambda: node._validate_reducer_input(given))


def test_none(make_node: Any, pinned: Any) -> None:
    """The base class says so, with the name of the concrete class."""
    pinned.check(refused(pinned, make_node(), None))


@pytest.mark.parametrize("kind", ["fold", None, 5, FOLD.name], ids=["value", "none", "5", "name"])
def test_types_that_are_no_members(make_node: Any, pinned: Any, kind: Any) -> None:
    """Odd but relied on: not even the value of a member will do; the id is no text."""
    node = make_node()
    seen = refused(pinned, node, assigned(order(FOLD, [1]), reduction_type=kind))
    seen["id is text"] = isinstance(
        seen.error.context["additional_context"]["context"]["node_id"], str
    )
    pinned.check(seen)


def test_the_type_is_looked_at_before_the_data(make_node: Any, pinned: Any) -> None:
    """Of two reasons to refuse, the type is the one told."""
    given = assigned(order(FOLD), reduction_type="fold", data=None)
    pinned.check(refused(pinned, make_node(), given))


def test_data_of_none(make_node: Any, pinned: Any) -> None:
    """The only data that is refused."""
    node = make_node(node_id="node-7")
    given = assigned(order(SORT), data=None)
    seen = refused(pinned, node, given)
    context = seen.error.context["additional_context"]["context"]
    seen["kind of id"] = type(context["operation_id"])
    pinned.check(seen)


@pytest.mark.parametrize("data", [[], "", 0, {}, False], ids=["list", "text", "0", "{}", "false"])
def test_empty_data(make_node: Any, pinned: Any, data: Any) -> None:
    """Nothing is something."""
    pinned.check(refused(pinned, make_node(), assigned(order(FOLD), data=data)))


def test_nothing_else_is_looked_at(make_node: Any, pinned: Any) -> None:
    """Unregistered types pass, and so does any object with the two attributes."""
    node = make_node()
    given = assigned(order(SORT), batch_size="x", streaming_mode=None, metadata=5)
    stranger = SimpleNamespace(reduction_type=FOLD, data=5)
    strange = SimpleNamespace(reduction_type=FOLD)
    pinned.check(
        {
            "unregistered": refused(pinned, node, given),
            "stranger": refused(pinned, node, stranger),
            "stranger without data": refused(pinned, node, strange),
            "number": refused(pinned, node, 5),
        }
    )


def test_defaults_of_an_order(pinned: Any) -> None:
    """Odd but relied on: without a type an order is an aggregation."""
    pinned.check(pinned.observe(ModelReducerInput))


ORDERS: dict[str, dict[str, Any]] = {
    "unknown_key": {"colour": "red"},
    "data_of_none": {"data": None},
    "data_of_a_tuple": {"data": (1, 2)},
    "data_of_text": {"data": "abc"},
    "type_by_value": {"reduction_type": "merge"},
    "unknown_type": {"reduction_type": "melt"},
    "strategy_by_value": {"conflict_resolution": "error"},
    "mode_by_value": {"streaming_mode": "windowed"},
    "metadata_of_none": {"metadata": None},
    "raw_metadata": {"metadata": {"a": 1}},
    "sizes_of_text": {"batch_size": "5", "window_size_ms": "6"},
    "size_of_none": {"batch_size": None},
    "negative_sizes": {"batch_size": -1, "window_size_ms": -2},
    "one_group_key": {"group_key": "a"},
    "group_keys": {"group_key": ["a", "b"]},
    "group_key_of_a_tuple": {"group_key": ("a",)},
    "function_of_a_number": {"reducer_function": 5},
}


def test_orders(pinned: Any) -> None:
    """Everything is checked when an order is made, and nothing afterwards."""
    seen = {}
    for name, settings in ORDERS.items():
        made = pinned.observe(lambda settings=settings: ModelReducerInput(**settings))
        kept = {key: getattr(made.value, key) for key in settings if made.value is not None}
        seen[name] = kept or [each["type"] for each in made.error.errors()]
    pinned.check(seen)
