"""Items reduced window by window, and the merge of the windows."""

from datetime import datetime
from typing import Any

import pytest
from scenarios.reducer.conftest import (
    AGGREGATE,
    FOLD,
    MERGE,
    NORMALIZE,
    OPERATION,
    SORT,
    STRATEGIES,
    WINDOWED,
    Arriving,
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
    "batch_size": 77,
    "metadata": wrapped(who="me"),
    "timestamp": datetime(2020, 2, 3, 4, 5, 6),  # noqa: DTZ001 - naive by contract
    "reducer_function": "mine",
    "group_key": ["a", "b"],
    "accumulator_init": "start",
}


def windowed(kind: Any, items: Any, **settings: Any) -> Any:
    return order(kind, items, streaming_mode=WINDOWED, **settings)


def staged(node: Any, *turns: Any) -> tuple[Reducer, Reducer]:
    node.reduction_functions[SORT] = (reducer := Reducer(*turns or ("window",)))
    node.reduction_functions[MERGE] = (merger := Reducer("merged"))
    return reducer, merger


@pytest.mark.parametrize("pause", [0.999, 1.0, 1.001, 0.5, 3], ids=str)
def test_windows_close_in_time(make_node: Any, pinned: Any, clock: Any, pause: float) -> None:
    """A window is full with the first item that comes when its time is over, to the moment."""
    node = make_node()
    reducer, merger = staged(node, "one", "two", "three")
    items = Arriving(clock, (0, "a"), (pause, "b"), (0, "c"), (pause, "d"), (0.25, "e"))
    asked = windowed(SORT, items, window_size_ms=1000)
    seen = pinned.observe(lambda: node._process_windowed(asked, None))
    seen["windows"] = [call["data"] for call in reducer.calls]
    seen["merged"] = [call["data"] for call in merger.calls]
    pinned.check(seen)


def test_the_next_window_starts_after_the_reduction(
    make_node: Any, pinned: Any, clock: Any
) -> None:
    """The time that a reduction takes belongs to no window."""
    node = make_node()
    windows: list[Any] = []

    async def slow(data: Any, _given: Any, _resolver: Any) -> Any:
        windows.append(list(data))
        clock.advance(5)
        return len(windows)

    node.reduction_functions[SORT] = slow
    items = Arriving(clock, (1, "a"), (0.5, "b"), (0.25, "c"), (0.25, "d"), (0.9, "e"))
    asked = windowed(SORT, items, window_size_ms=1000)
    seen = pinned.observe(lambda: node._process_windowed(asked, None))
    seen["windows"] = windows
    pinned.check(seen)


@pytest.mark.parametrize("size", [-5, 0, 1, 5000], ids=["negative", "zero", "one", "default"])
def test_window_size_while_time_stands_still(make_node: Any, pinned: Any, size: int) -> None:
    """Odd but relied on: without a size every item is a window; a list is else one window."""
    node = make_node()
    reducer, merger = staged(node)
    seen = pinned.observe(lambda: node.process(windowed(SORT, [1, 2, 3], window_size_ms=size)))
    seen["windows"] = [call["data"] for call in reducer.calls]
    seen["merged"] = [call["data"] for call in merger.calls]
    seen["state"] = node_facts(node)
    pinned.check(seen)


@pytest.mark.parametrize("size", [0, 9], ids=["full_windows", "last_window"])
def test_windows_keep_the_settings(make_node: Any, pinned: Any, size: int) -> None:
    """Each window starts from the original accumulator, and so does the merge of them all."""
    node = make_node()
    reducer, merger = staged(node, "one", "two")
    asked = windowed(SORT, [1, 2], window_size_ms=size, **MINE)
    resolver = ModelConflictResolver(EnumConflictResolution.MERGE)
    seen = pinned.observe(lambda: node._process_windowed(asked, resolver))
    seen["windows"] = reducer.calls
    seen["merge"] = merger.calls
    calls = reducer.calls + merger.calls
    seen["same id"] = [call["order"]["operation_id"] == OPERATION for call in calls]
    seen["same resolver"] = [each is resolver for each in reducer.resolvers + merger.resolvers]
    pinned.check(seen)


def test_no_window_is_ever_active(make_node: Any, pinned: Any) -> None:
    """Odd but relied on: the table of open windows is for callers, the node keeps none there."""
    node = make_node()
    tables: list[Any] = []

    async def looks(_data: Any, _given: Any, _resolver: Any) -> None:
        tables.append(dict(node.active_windows))

    node.reduction_functions[SORT] = looks
    pinned.observe(lambda: node.process(windowed(SORT, [1, 2], window_size_ms=0)))
    pinned.check({"while reducing": tables, "afterwards": node.active_windows})


@pytest.mark.parametrize(
    ("settings", "size"),
    [
        pytest.param({}, 9, id="one_window"),
        pytest.param({}, 0, id="plain"),
        pytest.param({"reducer_function": "sum", "accumulator_init": 10}, 0, id="named"),
        pytest.param({"reducer_function": "append", "accumulator_init": []}, 0, id="lists"),
    ],
)
def test_folds(make_node: Any, pinned: Any, settings: dict[str, Any], size: int) -> None:
    """Odd but relied on: numbers have no merge, so the last window's value is the result."""
    node = make_node()
    asked = windowed(FOLD, [1, 2, 4], window_size_ms=size, **settings)
    pinned.check(reduced(pinned, node, asked))


@pytest.mark.parametrize("strategy", STRATEGIES, ids=lambda each: each.value)
def test_groups_across_windows(make_node: Any, pinned: Any, strategy: Any) -> None:
    """Odd but relied on: figures of one group in two windows are a conflict, not added up."""
    node = make_node()
    items = [{"s": "open", "p": 1}, {"s": "done", "p": 3}, {"s": "open", "p": 5}]
    asked = windowed(
        AGGREGATE, items, window_size_ms=0, group_key="s", conflict_resolution=strategy
    )
    pinned.check(reduced(pinned, node, asked))


def test_lists_across_windows(make_node: Any, pinned: Any) -> None:
    """Lists are joined, so a normalization compares within each window only."""
    node = make_node()
    items = [{"score": 1}, {"score": 2}]
    one = windowed(NORMALIZE, [dict(each) for each in items])
    many = windowed(NORMALIZE, [dict(each) for each in items], window_size_ms=0)
    seen = {
        "one window": reduced(pinned, node, one),
        "two windows": reduced(pinned, node, many),
    }
    pinned.check(seen)


@pytest.mark.parametrize("size", [0, 9], ids=["two_windows", "one_window"])
def test_cycle_detection_across_windows(make_node: Any, pinned: Any, size: int) -> None:
    """Odd but relied on: the merge looks for cycles again, in what was found, and fails."""
    node = make_node()
    asked = windowed(
        MERGE,
        [("a", ["b"]), ("b", ["a"])],
        window_size_ms=size,
        metadata=wrapped(graph_operation="cycle_detection"),
    )
    pinned.check(reduced(pinned, node, asked))


def test_without_items(make_node: Any, pinned: Any) -> None:
    """The accumulator is handed back as it is, and nothing is merged."""
    node = make_node()
    reducer, merger = staged(node)
    asked = windowed(SORT, [], accumulator_init=(start := ["start"]))
    seen = pinned.observe(lambda: node._process_windowed(asked, None))
    seen["same object"] = seen.value[0] is start
    seen["calls"] = [reducer.calls, merger.calls]
    pinned.check(seen)


def test_results_of_none_are_merged(make_node: Any, pinned: Any) -> None:
    """A window without a result is a window all the same."""
    node = make_node()
    _, merger = staged(node, None)
    asked = windowed(SORT, [1, 2], window_size_ms=0, accumulator_init="start")
    seen = pinned.observe(lambda: node._process_windowed(asked, None))
    seen["merged"] = [call["data"] for call in merger.calls]
    pinned.check(seen)


@pytest.mark.parametrize("size", [0, 9], ids=["full_window", "last_window"])
def test_without_a_function_for_merging(make_node: Any, pinned: Any, size: int) -> None:
    """Odd: the type of the order has a function, but the one for merging is needed as well."""
    node = make_node(reduction_functions={SORT: (reducer := Reducer("ok"))})
    seen = pinned.observe(lambda: node.process(windowed(SORT, [1], window_size_ms=size)))
    seen["windows"] = [call["data"] for call in reducer.calls]
    pinned.check(seen)


@pytest.mark.parametrize("at", [1, 2, 3])
def test_a_window_that_fails(make_node: Any, pinned: Any, clock: Any, at: int) -> None:
    """The first failure ends the stream; nothing is merged."""
    node = make_node()
    reducer, merger = staged(node, *["ok"] * (at - 1), ValueError(f"window {at}"))
    items = Arriving(clock, (1, "a"), (1, "b"), (0, "c"))
    asked = windowed(SORT, items, window_size_ms=1000)
    seen = pinned.observe(lambda: node._process_windowed(asked, None))
    seen["windows"] = [call["data"] for call in reducer.calls]
    seen["merged"] = merger.calls
    pinned.check(seen)


def test_forms(make_node: Any, pinned: Any) -> None:
    """Odd: unlike in a batch, a text is as many items as it has letters, and 5 is an error."""
    node = make_node()
    seen = {}
    for data in ((1, 2), "ab", 5):
        reducer, _ = staged(node)
        told = reduced(pinned, node, windowed(SORT, data))
        seen[repr(data)] = [told, repr([call["data"] for call in reducer.calls])]
    pinned.check(seen)


ODD: dict[str, dict[str, Any]] = {
    "raw_metadata": {"metadata": {"raw": 1}},
    "group_key": {"group_key": 5},
    "batch_size": {"batch_size": None},
    "strategy_by_name": {"conflict_resolution": "merge"},
}


@pytest.mark.parametrize("size", [0, 9], ids=["full_window", "last_window"])
def test_settings_assigned_afterwards(make_node: Any, pinned: Any, size: int) -> None:
    """Odd but relied on: a stream builds new orders, so settings are checked after all."""
    node = make_node()
    staged(node)
    seen = {}
    for name, odd in ODD.items():
        asked = assigned(windowed(SORT, [1], window_size_ms=size), **odd)
        seen[name] = reduced(pinned, node, asked)
    pinned.check(seen)


@pytest.mark.parametrize("data", [[], [1]], ids=["no_items", "items"])
def test_a_window_size_of_none(make_node: Any, pinned: Any, data: Any) -> None:
    """It is noticed with the first item."""
    node = make_node()
    asked = assigned(windowed(FOLD, data), window_size_ms=None)
    pinned.check(pinned.observe(lambda: node._process_windowed(asked, None)))


def test_windows_counted_by_the_node(make_node: Any, pinned: Any, clock: Any) -> None:
    """Windows go through the node; the items are counted as it says, those of the merge not."""
    node = make_node()
    asked: list[Any] = []

    async def batch(given: Any, _resolver: Any) -> Any:
        asked.append([given.reduction_type, given.data, given.accumulator_init])
        return f"result {len(asked)}", 10

    node._process_batch = batch
    items = Arriving(clock, (1, "a"), (0.5, "b"))
    seen = pinned.observe(
        lambda: node._process_windowed(windowed(SORT, items, window_size_ms=1000), None)
    )
    seen["asked"] = asked
    pinned.check(seen)
