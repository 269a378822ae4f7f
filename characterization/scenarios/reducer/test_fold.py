"""The built-in fold, and the steps that it knows by name."""

from typing import Any

import pytest
from scenarios.reducer.conftest import FOLD, order, reduced

STEPS = ["sum", "max", "min", "concat", "append", "extend"]
UNKNOWN = ["", "Sum", "product", None, 5]

PAIRS = {
    "numbers": (2, 3),
    "numbers_down": (3, 2),
    "fractions": (2.5, 1),
    "whole_and_fraction": (2, 2.5),
    "truth": (True, 1),
    "texts": ("a", "b"),
    "lists": ([1], [2]),
    "list_and_item": ([1], 2),
    "item_and_list": (1, [2]),
    "none_and_number": (None, 3),
    "number_and_none": (3, None),
    "number_and_text": (1, "b"),
    "text_and_number": ("a", 2),
    "tuples": ((1,), (2,)),
    "text_and_list": ("a", ["b"]),
    "list_and_text": (["a"], "b"),
}

PLAIN = {
    "numbers": [1, 2, 3.5],
    "truth": [True, True, False],
    "one": [7],
    "texts": ["a", "b"],
    "mixed": [1, "b"],
    "mixed_with_number_last": ["a", 2],
    "lists": [[1], [2]],
    "none_last": [1, None],
    "none": [None],
    "complex": [1, 2j],
}


def test_without_a_function(make_node: Any, pinned: Any) -> None:
    """Odd but relied on: numbers are added, of else the last one wins; no accumulator counts."""
    node = make_node()
    pinned.check(
        {
            title: [
                reduced(
                    pinned, node, order(FOLD, items, reducer_function=name, accumulator_init=9)
                )
                for name in (None, "")
            ]
            for title, items in PLAIN.items()
        }
    )


@pytest.mark.parametrize("name", STEPS)
def test_steps(make_node: Any, pinned: Any, name: str) -> None:
    """Odd but relied on: what does not fit is skipped, the value so far stays the same object."""
    step = make_node()._get_reducer_function(name)
    results = {}
    for pair, (x, y) in PAIRS.items():
        kept = step(x, y)
        results[pair] = f"{kept!r}, the first" if kept is x else repr(kept)
    pinned.check(results)


def test_unknown_steps(make_node: Any, pinned: Any) -> None:
    """None is returned, nothing raised."""
    node = make_node()
    pinned.check({repr(name): node._get_reducer_function(name) for name in UNKNOWN})


def test_steps_do_not_write_into_their_values(make_node: Any, pinned: Any) -> None:
    """Lists are made anew, so an accumulator can be used again."""
    node = make_node()
    start, more = [1], [2]
    appended = node._get_reducer_function("append")(start, more)
    extended = node._get_reducer_function("extend")(start, more)
    pinned.check({"appended": appended, "extended": extended, "start": start, "more": more})


START = {
    "sum": 10,
    "max": 2,
    "min": 2,
    "concat": "x",
    "append": [0],
    "extend": [0],
}


def test_named_folds(make_node: Any, pinned: Any) -> None:
    """Odd but relied on: without a start most of them return None, one makes a list with None."""
    node = make_node()
    items = [1, "a", [5], 3, "b", [6], None]
    pinned.check(
        {
            name: [
                reduced(
                    pinned, node, order(FOLD, items, reducer_function=name, accumulator_init=x)
                )
                for x in (START[name], None)
            ]
            for name in STEPS
        }
    )


def test_from_left_to_right(make_node: Any, pinned: Any) -> None:
    """The order of the items is the order of the steps, starting with the accumulator."""
    node = make_node()
    steps: list[Any] = []

    def step(x: Any, y: Any) -> Any:
        steps.append([x, y])
        return f"{x}{y}"

    node._get_reducer_function = lambda name: step if name == "mine" else None
    asked = order(FOLD, ["b", "c", "d"], reducer_function="mine", accumulator_init="a")
    seen = reduced(pinned, node, asked)
    seen["steps"] = steps
    pinned.check(seen)


def test_an_unknown_function(make_node: Any, pinned: Any) -> None:
    """Refused with the id of the node, within the failure of the reduction."""
    node = make_node()
    seen = pinned.observe(lambda: node.process(order(FOLD, [1], reducer_function="product")))
    pinned.check(seen)


def test_a_step_that_fails(make_node: Any, pinned: Any) -> None:
    """A function that a class supplies may fail like any other."""

    def step(_x: Any, y: Any) -> Any:
        return 1 / y

    node = make_node(_get_reducer_function=lambda _name: step)
    pinned.check(reduced(pinned, node, order(FOLD, [1, 0], reducer_function="mine")))


def test_the_accumulator_is_handed_back(make_node: Any, pinned: Any) -> None:
    """Without items it comes back as the object that it is, and no name is looked up."""
    node = make_node()
    start = ["start"]
    asked = order(FOLD, [], reducer_function="product", accumulator_init=start)
    seen = reduced(pinned, node, asked)
    seen["same object"] = seen["result"] is start
    pinned.check(seen)
