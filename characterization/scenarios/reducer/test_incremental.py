"""Items reduced batch by batch."""

from datetime import datetime
from typing import Any

import pytest
from scenarios.reducer.conftest import (
    AGGREGATE,
    FOLD,
    INCREMENTAL,
    MERGE,
    NORMALIZE,
    OPERATION,
    SORT,
    Reducer,
    assigned,
    node_facts,
    order,
    reduced,
    wrapped,
)

from omnibase_core.enums.enum_conflict_resolution import EnumConflictResolution
from omnibase_core.models.infrastructure.model_conflict_resolver import ModelConflictResolver

MINE = {
    "conflict_resolution": "first_wins",
    "window_size_ms": 77,
    "metadata": wrapped(who="me"),
    "timestamp": datetime(2020, 2, 3, 4, 5, 6),  # noqa: DTZ001 - naive by contract
    "reducer_function": "mine",
    "group_key": ["a", "b"],
    "accumulator_init": "start",
}


def incremental(kind: Any, items: Any, **settings: Any) -> Any:
    return order(kind, items, streaming_mode=INCREMENTAL, **settings)


@pytest.mark.parametrize("size", [-1, 0, 1, 2, 3, 4, 5, 6])
def test_batch_size(make_node: Any, pinned: Any, size: int) -> None:
    """Odd but relied on: a size of zero, or below, makes a batch of every item."""
    node = make_node()
    node.reduction_functions[SORT] = (reducer := Reducer(*(f"result {n}" for n in range(9))))
    asked = incremental(SORT, [1, 2, 3, 4, 5], batch_size=size)
    seen = pinned.observe(lambda: node._process_incremental(asked, None))
    seen["batches"] = [[call["data"], call["order"]["accumulator_init"]] for call in reducer.calls]
    pinned.check(seen)


@pytest.mark.parametrize("size", [2, 5], ids=["full_batches", "last_batch"])
def test_batches_keep_the_settings(make_node: Any, pinned: Any, size: int) -> None:
    """Each batch is an order of its own that differs in items and accumulator only."""
    node = make_node()
    node.reduction_functions[SORT] = (reducer := Reducer("first", "second"))
    asked = incremental(SORT, [1, 2, 3, 4], batch_size=size, **MINE)
    resolver = ModelConflictResolver(EnumConflictResolution.MERGE)
    seen = pinned.observe(lambda: node._process_incremental(asked, resolver))
    seen["calls"] = reducer.calls
    seen["same id"] = [call["order"]["operation_id"] == OPERATION for call in reducer.calls]
    seen["same resolver"] = [each is resolver for each in reducer.resolvers]
    pinned.check(seen)


def test_a_named_fold_runs_on(make_node: Any, pinned: Any) -> None:
    """With a named function the result of a batch is where the next one starts."""
    node = make_node()
    asked = incremental(
        FOLD, [1, 2, 3, 4, 5], batch_size=2, reducer_function="sum", accumulator_init=100
    )
    seen = pinned.observe(lambda: node.process(asked))
    seen["state"] = node_facts(node)
    pinned.check(seen)


@pytest.mark.parametrize(
    ("kind", "items"),
    [
        pytest.param(FOLD, [1, 2, 3, 4, 5], id="plain_fold"),
        pytest.param(AGGREGATE, [{"a": 1}, {"a": 2}, {"a": 3}], id="aggregate"),
        pytest.param(NORMALIZE, [{"score": 1}, {"score": 2}, {"score": 3}], id="normalize"),
        pytest.param(MERGE, [{"a": 1}, {"a": 2}, {"b": 3}], id="merge"),
    ],
)
def test_only_the_last_batch_counts(make_node: Any, pinned: Any, kind: Any, items: Any) -> None:
    """Odd but relied on: functions without an accumulator give the last batch's result."""
    node = make_node()
    asked = incremental(kind, items, batch_size=2, accumulator_init=1000)
    seen = pinned.observe(lambda: node.process(asked))
    seen["items"] = items
    pinned.check(seen)


def test_conflicts_of_all_batches_are_counted(make_node: Any, pinned: Any) -> None:
    """One resolver serves the whole call, although only the last batch is told."""
    node = make_node()
    items = [{"a": 1}, {"a": 2}, {"a": 3}, {"a": 4}, {"a": 5}]
    asked = incremental(MERGE, items, batch_size=2, conflict_resolution="merge")
    pinned.check(pinned.observe(lambda: node.process(asked)))


def test_without_items(make_node: Any, pinned: Any) -> None:
    """The accumulator is handed back as it is."""
    node = make_node()
    asked = incremental(SORT, [], accumulator_init=(start := ["start"]))
    seen = pinned.observe(lambda: node._process_incremental(asked, None))
    seen["same object"] = seen.value[0] is start
    pinned.check(seen)


def test_forms(make_node: Any, pinned: Any) -> None:
    """Odd: unlike in a batch, a text is as many items as it has letters, and 5 is an error."""
    node = make_node()
    seen = {}
    for data in ((1, 2, 3), {"a": 1, "b": 2, "c": 3}, "abc", b"abc", 5):
        node.reduction_functions[SORT] = (reducer := Reducer("ok"))
        told = reduced(pinned, node, incremental(SORT, data, batch_size=2))
        seen[repr(data)] = [told, repr([call["data"] for call in reducer.calls])]
    pinned.check(seen)


def test_asynchronous_items(make_node: Any, pinned: Any) -> None:
    """Odd: items that have to be awaited do for a batch, not for a stream."""

    async def arriving() -> Any:
        yield 1

    node = make_node()
    pinned.check(reduced(pinned, node, incremental(FOLD, arriving())))


ODD: dict[str, dict[str, Any]] = {
    "raw_metadata": {"metadata": {"raw": 1}},
    "group_key": {"group_key": 5},
    "timestamp": {"timestamp": None},
    "window": {"window_size_ms": None},
    "function": {"reducer_function": 5},
    "strategy_by_name": {"conflict_resolution": "merge"},
}


@pytest.mark.parametrize("size", [1, 2], ids=["full_batch", "last_batch"])
def test_settings_assigned_afterwards(make_node: Any, pinned: Any, size: int) -> None:
    """Odd but relied on: a stream builds new orders, so settings are checked after all."""
    node = make_node()
    node.reduction_functions[SORT] = Reducer("ok")
    seen = {}
    for name, odd in ODD.items():
        asked = assigned(incremental(SORT, [1], batch_size=size), **odd)
        seen[name] = reduced(pinned, node, asked)
    pinned.check(seen)


def test_a_batch_size_of_none(make_node: Any, pinned: Any) -> None:
    """Nothing compares with None."""
    node = make_node()
    asked = assigned(incremental(FOLD, [1]), batch_size=None)
    pinned.check(pinned.observe(lambda: node._process_incremental(asked, None)))


@pytest.mark.parametrize("at", [1, 2, 3])
def test_a_batch_that_fails(make_node: Any, pinned: Any, at: int) -> None:
    """The first failure ends the stream; later batches are not begun."""
    node = make_node()
    turns = ["ok"] * (at - 1) + [ValueError(f"batch {at}")]
    node.reduction_functions[SORT] = (reducer := Reducer(*turns))
    asked = incremental(SORT, [1, 2, 3, 4, 5], batch_size=2)
    seen = pinned.observe(lambda: node._process_incremental(asked, None))
    seen["batches"] = [call["data"] for call in reducer.calls]
    pinned.check(seen)


def test_batches_counted_by_the_node(make_node: Any, pinned: Any) -> None:
    """Batches go through the node, and the items are counted as it says."""
    node = make_node()
    asked: list[Any] = []

    async def batch(given: Any, _resolver: Any) -> Any:
        asked.append([given.data, given.accumulator_init])
        return f"result {len(asked)}", 10

    node._process_batch = batch
    seen = pinned.observe(
        lambda: node._process_incremental(incremental(SORT, [1, 2, 3], batch_size=2), None)
    )
    seen["asked"] = asked
    pinned.check(seen)
