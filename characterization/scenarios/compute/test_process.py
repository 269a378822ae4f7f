"""What a successful computation returns, logs and leaves behind."""

import asyncio
import time
from typing import Any

import pytest
from scenarios.compute.conftest import (
    OPERATION,
    Desk,
    FalseDesk,
    Work,
    entries,
    node_facts,
    order,
    told,
)

from omnibase_core.models.common.model_schema_value import ModelSchemaValue
from omnibase_core.models.operations.model_compute_input import ModelComputeInput

RESULTS = {
    "mapping": {"weight": [1, None]},
    "true": True,
    "false": False,
    "zero": 0,
    "fraction": 0.5,
    "empty_text": "",
    "nothing": None,
    "tuple": (1, "two"),
    "set": {1},
    "function": len,
}


@pytest.mark.parametrize("result", RESULTS.values(), ids=list(RESULTS))
def test_results(make_node: Any, pinned: Any, result: Any) -> None:
    """Results are handed out as they are, not a copy of them."""
    node = make_node(computation_registry={"weigh": Work(result)})
    output = pinned.observe(lambda: node.process(order())).value
    pinned.check(
        {
            "result": output.result,
            "same object": output.result is result,
            "cache": node.computation_cache.get_stats(),
        }
    )


def test_defaults(make_node: Any, pinned: Any) -> None:
    """Whoever says nothing about it gets a cache, no threads and the computation `default`."""
    node = make_node(computation_registry={"default": (work := Work(3))})
    seen = pinned.observe(lambda: node.process(ModelComputeInput(data={"a": [1]})))
    seen["calls"] = work.calls
    seen["fields set"] = sorted(seen.value.model_fields_set)
    seen["cache"] = node.computation_cache.get_stats()
    seen["state"] = node_facts(node)
    pinned.check(seen)


@pytest.mark.parametrize("pool", [None, Desk, FalseDesk], ids=["no_pool", "pool", "false_pool"])
@pytest.mark.parametrize("cached", [True, False], ids=["cache", "no_cache"])
@pytest.mark.parametrize("parallel", [True, False], ids=["parallel", "sequential"])
def test_settings_of_the_order(
    make_node: Any, pinned: Any, parallel: bool, cached: bool, pool: Any
) -> None:
    """Odd but relied on: parallel execution is reported even where there is no pool."""
    work, desk = Work("light"), pool and pool()
    node = make_node(computation_registry={"weigh": work}, thread_pool=desk)
    asked = order([1, 2, 3], parallel_enabled=parallel, cache_enabled=cached)
    seen = pinned.observe(lambda: node.process(asked))
    seen["outcome"] = told(seen.value)
    seen["calls"] = work.calls
    seen["same data"] = work.calls[0] is asked.data
    seen["jobs"] = desk.jobs if desk is not None else None
    seen["state"] = node_facts(node)
    pinned.check(seen)


class Crates(list):
    """A list of a caller's own making."""


DATA = {
    "list": [1, 2],
    "list_of_one": [1],
    "empty_list": [],
    "own_list": Crates([1, 2]),
    "tuple": (1, 2),
    "tuple_of_one": (1,),
    "text": "many letters",
    "mapping": {"a": 1, "b": 2},
    "set": {1, 2},
    "range": range(5),
    "number": 5,
    "none": None,
}


@pytest.mark.parametrize("data", DATA.values(), ids=list(DATA))
def test_what_is_worth_a_thread(make_node: Any, pinned: Any, data: Any) -> None:
    """Odd but relied on: lists and tuples of at least two items; no other collection is."""
    desk = Desk()
    node = make_node(computation_registry={"weigh": Work("light")}, thread_pool=desk)
    output = pinned.observe(lambda: node.process(order(data, parallel_enabled=True))).value
    pinned.check(
        {
            "in a thread": bool(desk.jobs),
            "told": output.parallel_execution_used,
            "supports": node._supports_parallel_execution(order(data)),
        }
    )


def test_keeps_the_id_and_the_order(make_node: Any, pinned: Any) -> None:
    """Odd but relied on: what the caller notes on the order is not in the answer."""
    node = make_node(computation_registry={"weigh": Work("light")})
    asked = order(metadata={"trace": ModelSchemaValue.from_value("abc")})
    seen = pinned.observe(lambda: node.process(asked))
    seen["outcome"] = told(seen.value)
    seen["order"] = asked
    seen["same id"] = seen.value.operation_id is OPERATION
    pinned.check(seen)


def test_an_async_computation_is_not_awaited(make_node: Any, pinned: Any) -> None:
    """Odd but relied on: the coroutine itself becomes the result, and goes into the cache."""

    async def weigh(_data: Any) -> str:
        return "light"

    node = make_node(computation_registry={"weigh": weigh})
    seen = pinned.observe(lambda: node.process(order()))
    seen["outcome"] = told(seen.value)
    seen["state"] = node_facts(node)
    pinned.check(seen)


@pytest.mark.parametrize(
    ("seconds", "threshold"),
    [(0.25, 100.0), (0.125, 125.0), (0.126, 125.0), (0.2503, 100.0), (0, 0), (0, -1)],
    ids=["slow", "at_the_threshold", "just_past", "odd_figure", "zero", "negative_threshold"],
)
def test_slow_computations(make_node: Any, pinned: Any, seconds: float, threshold: Any) -> None:
    """A warning is logged about them, before the result goes into the cache; it is still good."""

    def weigh(_data: Any) -> str:
        time.sleep(seconds)
        return "light"

    node = make_node(computation_registry={"weigh": weigh}, performance_threshold_ms=threshold)
    seen = pinned.observe(lambda: node.process(order()))
    seen["outcome"] = [seen.value.result, seen.value.processing_time_ms]
    seen["metrics"] = node.computation_metrics
    seen["cache"] = entries(node.computation_cache)
    pinned.check(seen)


def test_several_computations(make_node: Any, pinned: Any, clock: Any) -> None:
    """Each kind has figures of its own; the node's own figures cover them all."""

    def weigh(data: float) -> float:
        time.sleep(data)
        return data * 2

    node = make_node(computation_registry={"weigh": weigh, "count": weigh})
    for data, kind in [(0.5, "weigh"), (0.25, "count"), (1.5, "weigh"), (0.5, "weigh")]:
        clock.run(node.process(order(data, kind)))
    pinned.check(node_facts(node))


def test_the_size_is_that_of_the_text(make_node: Any, pinned: Any) -> None:
    """Odd but relied on: the size of data is the length of its text, brackets and all."""
    node = make_node(computation_registry={"weigh": Work("light")})
    sizes = {}
    for data in ("", "four", 12345, [1, 2], None, {"a": "b"}):
        seen = pinned.observe(lambda data=data: node.process(order(data)))
        sizes[repr(data)] = seen.value.metadata["input_data_size"].to_value()
    pinned.check(sizes)


def test_an_object_that_is_no_model(make_node: Any, pinned: Any) -> None:
    """Odd but relied on: flags are used for their truth, and reported as they are."""

    class Order:
        data = (1, 2)
        computation_type = "weigh"
        operation_id = OPERATION
        cache_enabled = ""
        parallel_enabled = "yes"

    node = make_node(computation_registry={"weigh": Work("light")})
    seen = pinned.observe(lambda: node.process(Order()))
    seen["outcome"] = told(seen.value)
    seen["state"] = node_facts(node)
    pinned.check(seen)


def test_an_id_of_text(make_node: Any, pinned: Any) -> None:
    """Callers replace the id of the node by a name; it is logged as it is."""
    node = make_node(
        node_id="node-7", computation_registry={"weigh": Work(1)}, performance_threshold_ms=-1
    )
    seen = pinned.observe(lambda: node.process(order()))
    pinned.check({"told": told(seen.value), "logs": seen["logs"]})


@pytest.mark.parametrize("supported", [True, False], ids=["parallel", "sequential"])
def test_steps_are_taken_through_the_node(make_node: Any, pinned: Any, supported: bool) -> None:
    """Every step is a method of the node that a class may replace; the order is fixed."""
    steps: list[Any] = []
    answers = {
        "_validate_compute_input": None,
        "_generate_cache_key": "the key",
        "_supports_parallel_execution": supported,
    }

    def step(name: str) -> Any:
        def take(*given: Any) -> Any:
            steps.append([name, *("order" if each is asked else each for each in given)])
            return answers[name]

        return take

    def awaited(name: str, answer: Any) -> Any:
        async def take(*given: Any) -> Any:
            steps.append([name, *("order" if each is asked else each for each in given)])
            await asyncio.sleep(0.5)
            return answer

        return take

    asked = order(parallel_enabled=True)
    node = make_node()
    for name in answers:
        setattr(node, name, step(name))
    for name, answer in {
        "_execute_parallel_computation": "by threads",
        "_execute_sequential_computation": "by hand",
        "_update_computation_metrics": None,
        "_update_processing_metrics": None,
    }.items():
        setattr(node, name, awaited(name, answer))
    seen = pinned.observe(lambda: node.process(asked))
    seen["outcome"] = told(seen.value)
    seen["steps"] = steps
    seen["cache"] = node.computation_cache._cache
    pinned.check(seen)
