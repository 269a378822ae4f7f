"""What counts as the items of a batch, and who reduces them."""

from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
from scenarios.reducer.conftest import SORT, Reducer, assigned, order

from omnibase_core.enums.enum_conflict_resolution import EnumConflictResolution
from omnibase_core.models.infrastructure.model_conflict_resolver import ModelConflictResolver

LAST_WINS = EnumConflictResolution.LAST_WINS


class Single:
    """An item that is no collection."""


class AsyncItems:
    """Items that have to be awaited, and that could be iterated over as well."""

    def __iter__(self) -> Iterator[str]:
        return iter(["plain"])

    async def __aiter__(self) -> AsyncIterator[str]:
        yield "first"
        yield "second"


class Indexed:
    """Items by index, which a list could be made of."""

    def __getitem__(self, index: int) -> int:
        if index > 1:
            raise IndexError
        return index


def counting() -> Iterator[int]:
    yield from (1, 2, 3)


FORMS = {
    "list": [1, [2], None],
    "tuple": (1, 2),
    "empty_tuple": (),
    "range": range(3),
    "generator": counting,
    "mapping": {"a": 1, "b": 2},
    "set": {7},
    "text": "abc",
    "empty_text": "",
    "bytes": b"abc",
    "empty_bytes": b"",
    "bytearray": bytearray(b"ab"),
    "number": 5,
    "zero": 0,
    "object": Single(),
    "asynchronous": AsyncItems(),
    "indexed": Indexed(),
}


def test_forms(make_node: Any, pinned: Any) -> None:
    """Odd but relied on: a text is one item, a mapping is its keys, anything single is one."""
    seen = {}
    for name, form in FORMS.items():
        node = make_node()
        node.reduction_functions[SORT] = (reducer := Reducer("ok"))
        asked = order(SORT, form() if form is counting else form)
        resolver = ModelConflictResolver(LAST_WINS)
        told = pinned.observe(lambda node=node, a=asked, r=resolver: node._process_batch(a, r))
        seen[name] = [told["outcome"], reducer.calls[0]["data"], reducer.resolvers[0] is resolver]
    pinned.check(seen)


def test_an_asynchronous_generator(make_node: Any, pinned: Any) -> None:
    """Items are collected before any of them is reduced."""

    async def arriving() -> AsyncIterator[int]:
        yield 1
        yield 2

    node = make_node()
    node.reduction_functions[SORT] = (reducer := Reducer("ok"))
    seen = pinned.observe(lambda: node.process(order(SORT, arriving())))
    seen["items"] = reducer.calls[0]["data"]
    pinned.check(seen)


def test_a_source_that_fails(make_node: Any, pinned: Any) -> None:
    """Nothing is reduced when an item cannot be had."""

    def failing() -> Iterator[int]:
        yield 1
        raise OSError("connection lost")

    node = make_node()
    node.reduction_functions[SORT] = (reducer := Reducer("ok"))
    seen = pinned.observe(lambda: node._process_batch(order(SORT, failing()), None))
    seen["calls"] = reducer.calls
    pinned.check(seen)


def test_the_list_is_a_copy(make_node: Any, pinned: Any) -> None:
    """A reducer may reorder its list without the caller noticing; the items are the same."""
    items = [{"a": 2}, {"a": 1}]
    node = make_node()
    told: list[bool] = []

    async def sorting(data: Any, _given: Any, _resolver: Any) -> Any:
        told.append(data[0] is items[0])
        data.sort(key=lambda item: item["a"])
        data.append("more")
        return data

    node.reduction_functions[SORT] = sorting
    seen = pinned.observe(lambda: node._process_batch(order(SORT, items), None))
    seen["items"] = items
    seen["same items"] = told
    pinned.check(seen)


@pytest.mark.parametrize(
    "table",
    [
        pytest.param({}, id="empty"),
        pytest.param({SORT: None}, id="none"),
        pytest.param({SORT: "text"}, id="no_function"),
        pytest.param({"sort": Reducer("ok")}, id="by_name"),
    ],
)
def test_tables(make_node: Any, pinned: Any, table: Any) -> None:
    """Only the member finds a function; what cannot be called is noticed late."""
    node = make_node(reduction_functions=table, node_id="node-7")
    seen = pinned.observe(lambda: node._process_batch(order(SORT, [1]), None))
    pinned.check(seen)


def test_available_types_are_listed_in_order(make_node: Any, pinned: Any) -> None:
    """The error of an unregistered type lists the registered ones, oldest first."""
    node = make_node(node_id="node-7")
    seen = pinned.observe(lambda: node._process_batch(order(SORT, [1]), None))
    pinned.check(seen)


def test_nothing_else_of_the_order_is_looked_at(make_node: Any, pinned: Any) -> None:
    """Size of batches, windows and mode are none of its business."""
    node = make_node()
    node.reduction_functions[SORT] = Reducer("ok")
    asked = assigned(
        order(SORT, [1, 2, 3]), batch_size="x", window_size_ms=None, streaming_mode="none"
    )
    pinned.check(pinned.observe(lambda: node._process_batch(asked, None)))
