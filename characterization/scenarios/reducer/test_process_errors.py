"""How a failed reduction is counted and reported."""

import asyncio
from typing import Any

import pytest
from scenarios.reducer.conftest import (
    BATCH,
    FOLD,
    INCREMENTAL,
    MERGE,
    SORT,
    WINDOWED,
    Reducer,
    assigned,
    counts,
    node_facts,
    order,
    reduced,
)

from omnibase_core.errors.error_codes import EnumCoreErrorCode
from omnibase_core.errors.model_onex_error import ModelOnexError

MODES = {"batch": BATCH, "incremental": INCREMENTAL, "windowed": WINDOWED}
ERRORS = {
    "coded": ModelOnexError(
        message="no such ticket",
        error_code=EnumCoreErrorCode.RESOURCE_UNAVAILABLE,
        context={"ticket": 7},
    ),
    "without_text": RuntimeError(),
    "missing_key": KeyError("amount"),
    "many": ExceptionGroup("both", [ValueError("a"), TypeError("b")]),
}


def failed(pinned: Any, node: Any, asked: Any) -> Any:
    seen = pinned.observe(lambda: node.process(asked))
    seen["python cause"] = type(seen.error.__cause__).__name__
    seen["counts"] = counts(node)
    return seen


@pytest.mark.parametrize("error", ERRORS.values(), ids=list(ERRORS))
def test_every_error_becomes_operation_failed(make_node: Any, pinned: Any, error: Any) -> None:
    """Odd but relied on: the code of the original is in the text, the id of the node no text."""
    node = make_node()
    node.reduction_functions[SORT] = Reducer(error)
    seen = failed(pinned, node, order(SORT, [1, 2]))
    seen["id is text"] = isinstance(
        seen.error.context["additional_context"]["context"]["node_id"], str
    )
    pinned.check(seen)


@pytest.mark.parametrize("mode", MODES.values(), ids=list(MODES))
def test_in_each_mode(make_node: Any, pinned: Any, mode: Any) -> None:
    """Odd but relied on: whatever was reduced before the failure counts as no item at all."""
    node = make_node()
    node.reduction_functions[SORT] = Reducer("first", ValueError("second one is bad"))
    asked = order(SORT, [1, 2, 3], streaming_mode=mode, batch_size=1, window_size_ms=0)
    pinned.observe(lambda: node.process(asked))
    first = counts(node)
    pinned.check({"first": first, "second": failed(pinned, node, asked)})


def test_a_slow_failure_counts_its_time(make_node: Any, pinned: Any) -> None:
    """The time until the failure is in the error and in the metrics."""

    async def slow(_data: Any, _given: Any, _resolver: Any) -> None:
        await asyncio.sleep(1.25)
        raise ValueError("too slow")

    node = make_node()
    node.reduction_functions[SORT] = slow
    pinned.check(failed(pinned, node, order(SORT, [1])))


def test_after_a_success(make_node: Any, pinned: Any) -> None:
    """Rates and averages mix both."""
    node = make_node()
    node.reduction_functions[SORT] = Reducer("ok", ValueError("no"), "ok")
    outcomes = []
    for _ in range(3):
        pinned.observe(lambda: node.process(order(SORT, [1, 2, 3, 4])))
        outcomes.append(node_facts(node))
    pinned.check({"steps": outcomes})


def test_an_unregistered_type(make_node: Any, pinned: Any) -> None:
    """The inner error lists what is registered; six types have no function built in."""
    node = make_node()
    seen = failed(pinned, node, order(SORT, [1]))
    pinned.check(seen)


def test_an_unregistered_type_without_items(make_node: Any, pinned: Any) -> None:
    """Odd but relied on: streams without items never look into the table."""
    node = make_node(reduction_functions={})
    pinned.check(
        {
            name: reduced(pinned, node, order(SORT, [], streaming_mode=mode))
            for name, mode in MODES.items()
        }
    )


@pytest.mark.parametrize("given", [None, 0, "text"], ids=["none", "zero", "text"])
def test_no_order_at_all(make_node: Any, pinned: Any, given: Any) -> None:
    """Odd but relied on: counting the failure breaks, so a raw error without a count comes out."""
    node = make_node()
    seen = pinned.observe(lambda: node.process(given))
    seen["context"] = seen.error.__context__
    seen["counts"] = counts(node)
    pinned.check(seen)


@pytest.mark.parametrize("kind", ["fold", None, 5], ids=["text", "none", "number"])
def test_a_type_that_is_no_member(make_node: Any, pinned: Any, kind: Any) -> None:
    """Odd but relied on: the refusal is lost behind a raw error."""
    node = make_node()
    seen = pinned.observe(lambda: node.process(assigned(order(FOLD, [1]), reduction_type=kind)))
    seen["context"] = seen.error.__context__
    seen["counts"] = counts(node)
    pinned.check(seen)


def test_data_of_none(make_node: Any, pinned: Any) -> None:
    """The refusal is wrapped, and counts as a failed reduction."""
    node = make_node()
    asked = order(FOLD)
    asked.data = None
    seen = failed(pinned, node, asked)
    pinned.check(seen)


@pytest.mark.parametrize(
    "odd",
    [
        pytest.param({"conflict_resolution": "first_wins"}, id="strategy_by_name"),
        pytest.param({"conflict_resolution": None}, id="no_strategy"),
        pytest.param({"operation_id": None}, id="no_id"),
        pytest.param({"streaming_mode": "sometimes"}, id="unknown_mode"),
        pytest.param({"streaming_mode": None}, id="no_mode"),
    ],
)
def test_an_output_that_cannot_be_made(make_node: Any, pinned: Any, odd: Any) -> None:
    """Odd but relied on: the reduction counts twice, as a success and as a failure."""
    node = make_node()
    pinned.check(failed(pinned, node, assigned(order(MERGE, [{"a": 1}, {"a": 2}]), **odd)))


def test_a_log_that_cannot_be_written(make_node: Any, pinned: Any) -> None:
    """Odd: an id that is no JSON spoils the log, and with it the reduction, after its success."""
    node = make_node(node_id={1, 2})
    pinned.check(failed(pinned, node, order(FOLD, [1, 2])))


def test_metrics_that_cannot_be_kept(make_node: Any, pinned: Any) -> None:
    """Odd: what breaks while the success is counted breaks again while the failure is."""
    node = make_node(reduction_metrics=None)
    seen = pinned.observe(lambda: node.process(order(FOLD, [1])))
    seen["context"] = seen.error.__context__
    seen["metrics"] = dict(node.metrics)
    pinned.check(seen)


@pytest.mark.parametrize("mode", MODES.values(), ids=list(MODES))
def test_a_function_that_is_not_awaitable(make_node: Any, pinned: Any, mode: Any) -> None:
    """Odd but relied on: a plain function may be registered, and fails when its time comes."""
    node = make_node()
    node.register_reduction_function(SORT, lambda data, _given, _resolver: len(data))
    pinned.check(reduced(pinned, node, order(SORT, [1, 2], streaming_mode=mode)))


async def _cancelled_after(seconds: float, work: Any) -> Any:
    task = asyncio.create_task(work)
    await asyncio.sleep(seconds)
    task.cancel()
    return await task


@pytest.mark.parametrize("mode", MODES.values(), ids=list(MODES))
def test_cancelled(make_node: Any, pinned: Any, mode: Any) -> None:
    """Odd but relied on: a cancelled reduction is neither wrapped nor counted."""

    async def slow(_data: Any, _given: Any, _resolver: Any) -> None:
        await asyncio.sleep(60)

    node = make_node()
    node.reduction_functions[SORT] = slow
    asked = order(SORT, [1], streaming_mode=mode)
    seen = pinned.observe(lambda: _cancelled_after(2, node.process(asked)))
    seen["counts"] = counts(node)
    pinned.check(seen)
