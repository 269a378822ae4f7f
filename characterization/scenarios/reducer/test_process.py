"""One reduction from input to output."""

import asyncio
from typing import Any

import pytest
from scenarios.reducer.conftest import (
    AGGREGATE,
    BATCH,
    FOLD,
    INCREMENTAL,
    MERGE,
    NORMALIZE,
    REAL_TIME,
    SORT,
    WINDOWED,
    Reducer,
    assigned,
    node_facts,
    order,
    order_facts,
    reduced,
)

from omnibase_core.models.operations.model_reducer_input import ModelReducerInput

MODES = {
    "batch": BATCH,
    "real_time": REAL_TIME,
    "incremental": INCREMENTAL,
    "windowed": WINDOWED,
}
BUILTIN = {"fold": FOLD, "aggregate": AGGREGATE, "normalize": NORMALIZE, "merge": MERGE}


def test_defaults(make_node: Any, pinned: Any) -> None:
    """An input without settings is an aggregation of one group, in one batch."""
    node = make_node()
    asked = ModelReducerInput(data=[{"weight": 2}, {"weight": 4}])
    seen = pinned.observe(lambda: node.process(asked))
    seen["order"] = order_facts(asked)
    seen["state"] = node_facts(node)
    pinned.check(seen)


@pytest.mark.parametrize("mode", MODES.values(), ids=list(MODES))
def test_each_mode(make_node: Any, pinned: Any, mode: Any) -> None:
    """Odd but relied on: real-time items are one batch, reported as real-time."""
    node = make_node()
    asked = order(FOLD, [1, 2, 3, 4, 5], streaming_mode=mode, batch_size=2, window_size_ms=250)
    seen = pinned.observe(lambda: node.process(asked))
    seen["state"] = node_facts(node)
    pinned.check(seen)


@pytest.mark.parametrize("mode", MODES.values(), ids=list(MODES))
def test_without_items(make_node: Any, pinned: Any, mode: Any) -> None:
    """Odd but relied on: an empty batch counts as a batch, empty streams have none at all."""
    node = make_node()
    asked = order(FOLD, [], streaming_mode=mode, accumulator_init="start")
    seen = pinned.observe(lambda: node.process(asked))
    seen["state"] = node_facts(node)
    pinned.check(seen)


@pytest.mark.parametrize("kind", BUILTIN.values(), ids=list(BUILTIN))
def test_builtin_functions_without_items(make_node: Any, pinned: Any, kind: Any) -> None:
    """Each has its own idea of nothing: the accumulator, a mapping or a list."""
    node = make_node()
    asked = order(kind, [], accumulator_init=7, reducer_function="unknown", group_key="a")
    pinned.check(reduced(pinned, node, asked))


@pytest.mark.parametrize("mode", ["incremental", "windowed", "batch"])
def test_a_mode_by_name(make_node: Any, pinned: Any, mode: str) -> None:
    """Odd: a mode assigned as text is not recognised, yet the output turns it into a member."""
    node = make_node()
    asked = assigned(order(FOLD, [1, 2, 3], batch_size=1, window_size_ms=0), streaming_mode=mode)
    pinned.check(pinned.observe(lambda: node.process(asked)))


@pytest.mark.parametrize("fails", [False, True], ids=["success", "failure"])
def test_works_through_its_own_methods(make_node: Any, pinned: Any, fails: bool) -> None:
    """Subclasses override these helpers; the order of the calls and their arguments are theirs."""
    node = make_node()
    calls: list[Any] = []

    def noting(name: str) -> None:
        original = getattr(node, name)

        def note(*arguments: Any, **named: Any) -> Any:
            calls.append({name: [type(each).__name__ for each in arguments], **named})
            calls.append([each for each in arguments if isinstance(each, str | float | bool)])
            return original(*arguments, **named)

        setattr(node, name, note)

    for name in (
        "_validate_reducer_input",
        "_validate_input_data",
        "_process_batch",
        "_process_incremental",
        "_process_windowed",
        "_update_reduction_metrics",
        "_update_processing_metrics",
    ):
        noting(name)
    node.reduction_functions[SORT] = Reducer(ValueError("no") if fails else "ok")
    node.reduction_functions[MERGE] = Reducer("merged")
    seen = {
        name: reduced(pinned, node, order(SORT, [1], streaming_mode=mode))
        for name, mode in MODES.items()
    }
    pinned.check({"outcomes": seen, "calls": calls})


def test_takes_the_time_of_the_whole_call(make_node: Any, pinned: Any, clock: Any) -> None:
    """Checking, reducing and streaming count; the metrics are kept before the log is written."""

    async def slow(data: Any, _given: Any, _resolver: Any) -> Any:
        await asyncio.sleep(0.25)
        return len(data)

    node = make_node()
    clock.advance(3)
    node.reduction_functions[SORT] = slow
    first = pinned.observe(lambda: node.process(order(SORT, [1, 2])))
    second = pinned.observe(
        lambda: node.process(order(SORT, [1, 2, 3], streaming_mode=INCREMENTAL, batch_size=1))
    )
    pinned.check({"one batch": first, "three batches": second, "state": node_facts(node)})


def test_reducers_get_the_items_the_order_and_a_resolver(make_node: Any, pinned: Any) -> None:
    """The order is the caller's own object; the resolver has its strategy and no conflicts yet."""
    node = make_node()
    same: list[Any] = []

    async def notes(data: Any, given: Any, resolver: Any) -> Any:
        same.append({"order": given is asked, "data": data is asked.data})
        same.append(dict(vars(resolver)))
        resolver.resolve(1, 2, "key")
        return "ok"

    node.reduction_functions[SORT] = notes
    asked = order(SORT, [1, 2], conflict_resolution="first_wins")
    seen = pinned.observe(lambda: node.process(asked))
    again = pinned.observe(lambda: node.process(asked))
    pinned.check({"first": seen, "second": again, "given": same})


def test_the_order_is_left_alone(make_node: Any, pinned: Any) -> None:
    """No mode writes into the input, not even into its list."""
    node = make_node()
    left = {}
    for name, mode in MODES.items():
        asked = order(FOLD, items := [1, 2, 3], streaming_mode=mode, batch_size=2)
        before = order_facts(asked)
        pinned.observe(lambda asked=asked: node.process(asked))
        left[name] = [before == order_facts(asked), asked.data is items, list(items)]
    pinned.check(left)


def test_any_result(make_node: Any, pinned: Any) -> None:
    """The result is handed over as the object that it is."""
    node = make_node()
    seen = {}
    for result in (None, 0, "", [], {"a": [1]}, (1, 2), {3}, ValueError):
        node.reduction_functions[SORT] = Reducer(result)
        told = reduced(pinned, node, order(SORT, [1]))["result"]
        seen[repr(result)] = [told, told is result]
    pinned.check(seen)


def test_settings_are_told_as_text(make_node: Any, pinned: Any) -> None:
    """Odd but relied on: plain texts, and of settings assigned in the meantime the newest."""
    node = make_node()
    asked = order(SORT, [1], batch_size=7, window_size_ms=8, conflict_resolution="merge")

    async def changes(_data: Any, _given: Any, _resolver: Any) -> str:
        asked.batch_size = None
        asked.window_size_ms = 1.5
        return "ok"

    node.reduction_functions[SORT] = Reducer("ok")
    plain = pinned.observe(lambda: node.process(asked))
    node.reduction_functions[SORT] = changes
    changed = pinned.observe(lambda: node.process(asked))
    kinds = {name: type(value) for name, value in plain.value.metadata.items()}
    pinned.check({"plain": plain, "changed": changed, "kinds": kinds})


def test_metadata_of_the_order_stays_there(make_node: Any, pinned: Any) -> None:
    """Odd: the output has metadata of its own, the caller's is not passed on."""
    node = make_node()
    asked = order(FOLD, [1], metadata={"who": {"value_type": "string", "string_value": "me"}})
    pinned.check(pinned.observe(lambda: node.process(asked)))


def test_a_replaced_table_is_used(make_node: Any, pinned: Any) -> None:
    """Callers exchange the whole table while the node runs."""
    node = make_node()
    node.reduction_functions = {FOLD: Reducer("mine")}
    seen = pinned.observe(lambda: node.process(order(FOLD, [1, 2])))
    gone = pinned.observe(lambda: node.process(order(MERGE, [1, 2])))
    pinned.check({"replaced": seen, "no longer there": gone, "state": node_facts(node)})


def test_an_id_of_text(make_node: Any, pinned: Any) -> None:
    """A node whose id was replaced by a text tells that text."""
    node = make_node(node_id="node-7")
    pinned.check(pinned.observe(lambda: node.process(order(FOLD, [1, 2]))))


def test_side_by_side(make_node: Any, pinned: Any) -> None:
    """Nothing keeps reductions apart: they overlap, each with its own resolver and time."""
    node = make_node()
    events: list[str] = []

    async def slow(data: Any, _given: Any, resolver: Any) -> Any:
        events.append(f"start {data}")
        await asyncio.sleep(data[0])
        resolver.resolve(1, 2)
        events.append(f"end {data} {resolver.conflicts_count}")
        return data

    node.reduction_functions[SORT] = slow

    async def both() -> Any:
        return await asyncio.gather(*(node.process(order(SORT, [each])) for each in (2, 1, 1.5)))

    seen = pinned.observe(both)
    seen["events"] = events
    seen["state"] = node_facts(node)
    pinned.check(seen)
