"""Functions of a node's own for reductions."""

from typing import Any

import pytest
from scenarios.reducer.conftest import FOLD, SORT, Reducer, order

from omnibase_core.enums.enum_reduction_type import EnumReductionType


def table(node: Any) -> list[Any]:
    return [[kind, function] for kind, function in node.reduction_functions.items()]


async def own(_data: Any, _given: Any, _resolver: Any) -> str:
    return "own"


def test_each_type(make_node: Any, pinned: Any) -> None:
    """Odd but relied on: four types are taken by built-in functions, six have none at all."""
    node = make_node(node_id="node-7")
    seen = {}
    for kind in EnumReductionType:
        told = pinned.observe(lambda kind=kind: node.register_reduction_function(kind, own))
        seen[kind.value] = [told["outcome"], [each["message"] for each in told["logs"]]]
    pinned.check({**seen, "table": table(node)})


def test_used_afterwards(make_node: Any, pinned: Any) -> None:
    """A registered function reduces at once; a second one for the type is refused."""
    node = make_node()
    reducer = Reducer("mine")
    registered = pinned.observe(lambda: node.register_reduction_function(SORT, reducer))
    used = pinned.observe(lambda: node.process(order(SORT, [1])))
    again = pinned.observe(lambda: node.register_reduction_function(SORT, own))
    again["id is text"] = isinstance(
        again.error.context["additional_context"]["context"]["node_id"], str
    )
    pinned.check(
        {
            "registered": registered,
            "used": used,
            "again": again,
            "first one stays": node.reduction_functions[SORT] is reducer,
        }
    )


@pytest.mark.parametrize("function", [None, "own", 5], ids=["none", "text", "number"])
def test_what_cannot_be_called(make_node: Any, pinned: Any, function: Any) -> None:
    """Refused, and the type stays free."""
    node = make_node()
    seen = pinned.observe(lambda: node.register_reduction_function(SORT, function))
    seen["table"] = table(node)
    pinned.check(seen)


def test_taken_is_noticed_first(make_node: Any, pinned: Any) -> None:
    """Of two reasons to refuse, the taken type is the one told."""
    node = make_node()
    pinned.check(pinned.observe(lambda: node.register_reduction_function(FOLD, None)))


@pytest.mark.parametrize("function", [dict, len, lambda: None], ids=["class", "builtin", "plain"])
def test_anything_that_can_be_called(make_node: Any, pinned: Any, function: Any) -> None:
    """Odd but relied on: nobody asks whether it is a coroutine function."""
    node = make_node()
    seen = pinned.observe(lambda: node.register_reduction_function(SORT, function))
    seen["kept"] = node.reduction_functions[SORT] is function
    pinned.check(seen)


@pytest.mark.parametrize("kind", ["sort", "fold", None], ids=["text", "taken_text", "none"])
def test_types_that_are_no_members(make_node: Any, pinned: Any, kind: Any) -> None:
    """Odd: the function is in the table by the time its type cannot be told."""
    node = make_node()
    seen = pinned.observe(lambda: node.register_reduction_function(kind, own))
    seen["table"] = table(node)
    pinned.check(seen)


def test_a_type_freed_before(make_node: Any, pinned: Any) -> None:
    """A built-in function that was taken out can be replaced; the new one comes last."""
    node = make_node()
    del node.reduction_functions[FOLD]
    seen = pinned.observe(lambda: node.register_reduction_function(FOLD, own))
    seen["table"] = table(node)
    pinned.check(seen)


def test_by_name(make_node: Any, pinned: Any) -> None:
    """Both parameters have names."""
    node = make_node()
    pinned.check(
        pinned.observe(lambda: node.register_reduction_function(function=own, reduction_type=SORT))
    )
