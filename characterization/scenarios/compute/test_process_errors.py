"""What a failing computation raises, and what it leaves behind."""

import asyncio
import time
from types import SimpleNamespace
from typing import Any

import pytest
from scenarios.compute.conftest import OPERATION, Desk, Work, node_facts, order, told

from omnibase_core.errors.error_codes import EnumCoreErrorCode
from omnibase_core.errors.model_onex_error import ModelOnexError

ERRORS = {
    "value": ValueError("too heavy"),
    "key": KeyError("weight"),
    "without_text": RuntimeError(),
    "own": ModelOnexError("scale is broken", EnumCoreErrorCode.TIMEOUT_ERROR, scale=7),
    "end_of_iteration": StopIteration("no more"),
    "timeout": TimeoutError("too late"),
}


@pytest.mark.parametrize("error", ERRORS.values(), ids=list(ERRORS))
def test_a_computation_that_fails(make_node: Any, pinned: Any, error: Exception) -> None:
    """Odd but relied on: every failure has one code; its own code is in the text alone."""
    node = make_node(computation_registry={"weigh": Work(error)})
    seen = pinned.observe(lambda: node.process(order()))
    seen["state"] = node_facts(node)
    pinned.check(seen)


def test_ids_in_the_error(make_node: Any, pinned: Any) -> None:
    """Odd but relied on: ids are no text in the error."""
    node = make_node(computation_registry={"weigh": Work(ValueError("too heavy"))})
    seen = pinned.observe(lambda: node.process(order()))
    context = seen.error.context["additional_context"]["context"]
    pinned.check({name: type(value).__name__ for name, value in context.items()})


def test_a_slow_failure(make_node: Any, pinned: Any) -> None:
    """Its time counts, but no warning about it is logged."""

    def weigh(_data: Any) -> None:
        time.sleep(0.75)
        raise ValueError("too heavy")

    node = make_node(computation_registry={"weigh": weigh})
    seen = pinned.observe(lambda: node.process(order()))
    seen["state"] = node_facts(node)
    pinned.check(seen)


@pytest.mark.parametrize("pool", [None, Desk], ids=["no_pool", "pool"])
def test_a_failure_in_the_pool(make_node: Any, pinned: Any, pool: Any) -> None:
    """It does not matter where a computation fails."""
    node = make_node(
        computation_registry={"weigh": Work(ValueError("too heavy"))}, thread_pool=pool and pool()
    )
    seen = pinned.observe(lambda: node.process(order([1, 2], parallel_enabled=True)))
    seen["state"] = node_facts(node)
    pinned.check(seen)


@pytest.mark.parametrize("pool", [None, Desk], ids=["no_pool", "pool"])
@pytest.mark.parametrize("parallel", [True, False], ids=["parallel", "sequential"])
def test_an_unknown_computation(make_node: Any, pinned: Any, parallel: bool, pool: Any) -> None:
    """Odd but relied on: a kind nobody knows gets metrics all the same."""
    desk = pool and pool()
    node = make_node(computation_registry={"count": len, "sort": sorted}, thread_pool=desk)
    seen = pinned.observe(lambda: node.process(order([1, 2], parallel_enabled=parallel)))
    seen["jobs"] = desk and desk.jobs
    seen["state"] = node_facts(node)
    pinned.check(seen)


@pytest.mark.parametrize("pool", [None, Desk], ids=["no_pool", "pool"])
@pytest.mark.parametrize("way", ["sequential", "parallel"])
def test_either_way_by_itself(make_node: Any, pinned: Any, way: str, pool: Any) -> None:
    """Odd but relied on: only the sequential way tells which kinds there are."""
    node = make_node(
        node_id="node-7", computation_registry={"count": Work(2)}, thread_pool=pool and pool()
    )
    execute = getattr(node, f"_execute_{way}_computation")
    known = pinned.observe(lambda: execute(order("ab", "count")))
    pinned.check({"known": known, "unknown": pinned.observe(lambda: execute(order("ab")))})


def test_a_failure_is_not_cached(make_node: Any, pinned: Any, clock: Any) -> None:
    """The same order may succeed the next time."""
    node = make_node(computation_registry={"weigh": (work := Work(ValueError("slip"), "light"))})
    first = pinned.observe(lambda: node.process(order()))
    clock.advance(1)
    second = pinned.observe(lambda: node.process(order()))
    seen = {"first": first, "second": told(second.value), "calls": work.calls}
    pinned.check({**seen, "state": node_facts(node)})


@pytest.mark.parametrize("parallel", [True, False], ids=["parallel", "sequential"])
def test_cancelled(make_node: Any, pinned: Any, parallel: bool) -> None:
    """Odd: a cancellation passes through and is counted nowhere."""
    work = Work(asyncio.CancelledError("stop"))
    node = make_node(computation_registry={"weigh": work})
    seen = pinned.observe(lambda: node.process(order([1, 2], parallel_enabled=parallel)))
    seen["calls"] = work.calls
    seen["state"] = node_facts(node)
    pinned.check(seen)


@pytest.mark.parametrize("name", ["operation_id", "computation_type"])
def test_a_success_that_cannot_be_reported(make_node: Any, pinned: Any, name: str) -> None:
    """Odd but relied on: it is counted twice, as a success and as a failure, and is cached."""
    node = make_node(computation_registry={"weigh": (work := Work("light")), 7: work})
    asked = order()
    setattr(asked, name, 7)
    first = pinned.observe(lambda: node.process(asked))
    state = node_facts(node)
    again = pinned.observe(lambda: node.process(asked))
    pinned.check(
        {
            "first": first,
            "state": state,
            "from the cache": str(again.error.__cause__),
            "state then": node_facts(node),
            "calls": work.calls,
        }
    )


def test_a_success_that_cannot_be_logged(make_node: Any, pinned: Any) -> None:
    """Odd: the completion is logged at the very end, and what fails there fails the whole."""
    node = make_node(node_id={1, 2}, computation_registry={"weigh": Work("light")})
    seen = pinned.observe(lambda: node.process(order()))
    seen["state"] = node_facts(node)
    pinned.check(seen)


class Mute:
    def __str__(self) -> str:
        raise RuntimeError("no text")


@pytest.mark.parametrize("cached", [True, False], ids=["cache", "no_cache"])
def test_data_without_a_text(make_node: Any, pinned: Any, cached: bool) -> None:
    """Odd but relied on: a key is made of the text even where no cache is wanted."""
    node = make_node(computation_registry={"weigh": (work := Work("light"))})
    seen = pinned.observe(lambda: node.process(order(Mute(), cache_enabled=cached)))
    seen["calls"] = work.calls
    seen["state"] = node_facts(node)
    pinned.check(seen)


COMPLETE = {
    "data": [1, 2],
    "computation_type": "weigh",
    "operation_id": OPERATION,
    "cache_enabled": True,
    "parallel_enabled": True,
}


@pytest.mark.parametrize("missing", COMPLETE)
def test_an_order_that_lacks(make_node: Any, pinned: Any, missing: str) -> None:
    """Odd but relied on: without a type, or an id, the error path itself breaks, and raw."""
    node = make_node(computation_registry={"weigh": (work := Work("light"))})
    parts = {name: value for name, value in COMPLETE.items() if name != missing}
    seen = pinned.observe(lambda: node.process(SimpleNamespace(**parts)))
    if seen.error.__cause__ is None:
        seen["context"] = seen.error.__context__
    seen["calls"] = work.calls
    seen["state"] = node_facts(node)
    pinned.check(seen)


@pytest.mark.parametrize("given", [None, {}, "text"], ids=["none", "mapping", "text"])
def test_what_is_no_order(make_node: Any, pinned: Any, given: Any) -> None:
    """Odd but relied on: the error about it is lost in another one, which is raised raw."""
    node = make_node()
    seen = pinned.observe(lambda: node.process(given))
    seen["context"] = seen.error.__context__
    seen["state"] = node_facts(node)
    pinned.check(seen)


@pytest.mark.parametrize("broken", ["get", "put"])
def test_a_cache_that_fails(make_node: Any, pinned: Any, broken: str) -> None:
    """A cache of a caller's own making can fail a computation before and after its work."""

    def fail(*_given: Any) -> None:
        raise ConnectionError("cache is down")

    parts = {"get": lambda _key: None, "put": lambda *_given: None}
    node = make_node(
        computation_registry={"weigh": (work := Work("light"))},
        computation_cache=SimpleNamespace(**{**parts, broken: fail}),
    )
    seen = pinned.observe(lambda: node.process(order()))
    seen["calls"] = work.calls
    seen["metrics"] = [node.metrics, node.computation_metrics]
    uncached = pinned.observe(lambda: node.process(order(cache_enabled=False)))
    pinned.check({"cached": seen, "uncached": told(uncached.value)})


@pytest.mark.parametrize("broken", ["_update_computation_metrics", "_update_processing_metrics"])
def test_metrics_that_fail(make_node: Any, pinned: Any, broken: str) -> None:
    """Odd: they are called again about their own failure, and then it is raised raw."""
    asked: list[Any] = []

    async def fail(*given: Any) -> None:
        asked.append(list(given))
        raise OSError("no room for figures")

    node = make_node(computation_registry={"weigh": Work("light")}, **{broken: fail})
    seen = pinned.observe(lambda: node.process(order()))
    seen["asked"] = asked
    seen["context"] = seen.error.__context__
    seen["state"] = node_facts(node)
    pinned.check(seen)
