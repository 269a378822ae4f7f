"""Computations in a real pool of threads."""

import asyncio
import threading
import time
from typing import Any

import pytest
from scenarios.compute.conftest import Work, node_facts, order, told


def in_threads(data: Any, **settings: Any) -> Any:
    return order(data, parallel_enabled=True, **settings)


def test_one_thread_gets_all_the_data(pooled_node: Any, pinned: Any) -> None:
    """Odd but relied on: the list is not shared out, it is one job for one thread."""
    jobs: list[Any] = []

    def weigh(data: Any) -> int:
        jobs.append([data, threading.current_thread() is threading.main_thread()])
        return len(data)

    node = pooled_node(computation_registry={"weigh": weigh})
    seen = pinned.observe(lambda: node.process(in_threads([1, 2, 3])))
    seen["outcome"] = told(seen.value)
    seen["jobs"] = jobs
    seen["state"] = node_facts(node)
    pinned.check(seen)


@pytest.mark.parametrize("data", ["text", [1]], ids=["text", "one_item"])
def test_the_thread_of_the_caller(pooled_node: Any, pinned: Any, data: Any) -> None:
    """What is not worth a thread is computed where the loop runs."""
    jobs: list[Any] = []

    def weigh(_data: Any) -> str:
        jobs.append(threading.current_thread() is threading.main_thread())
        return "light"

    node = pooled_node(computation_registry={"weigh": weigh})
    seen = pinned.observe(lambda: node.process(in_threads(data)))
    seen["outcome"] = told(seen.value)
    seen["jobs"] = jobs
    pinned.check(seen)


@pytest.mark.parametrize("workers", [1, 2])
def test_side_by_side(pooled_node: Any, pinned: Any, workers: int) -> None:
    """Two orders take the time of one if there are two threads; waiting counts as processing."""

    def weigh(data: Any) -> int:
        time.sleep(0.5)
        return sum(data)

    node = pooled_node(computation_registry={"weigh": weigh}, max_parallel_workers=workers)

    async def both() -> Any:
        return await asyncio.gather(
            node.process(in_threads([1, 2])), node.process(in_threads([3, 4]))
        )

    seen = pinned.observe(both)
    seen["outcome"] = [[each.result, each.processing_time_ms] for each in seen.value]
    seen["metrics"] = node.computation_metrics
    pinned.check(seen)


def test_the_same_order_twice_at_a_time(pooled_node: Any, pinned: Any, clock: Any) -> None:
    """Odd but relied on: nobody waits for a result in the making, both are computed."""
    node = pooled_node(computation_registry={"weigh": (work := Work("light"))})

    async def both() -> Any:
        return await asyncio.gather(*(node.process(in_threads([1, 2])) for _ in range(2)))

    outputs = clock.run(both())
    pinned.check(
        {
            "hits": [each.cache_hit for each in outputs],
            "calls": work.calls,
            "cache": node.computation_cache.get_stats(),
        }
    )


def test_a_failure(pooled_node: Any, pinned: Any) -> None:
    """The error comes out of the thread as it went in."""
    node = pooled_node(computation_registry={"weigh": Work(ValueError("too heavy"))})
    seen = pinned.observe(lambda: node.process(in_threads([1, 2])))
    seen["state"] = node_facts(node)
    pinned.check(seen)


def test_given_up(pooled_node: Any, pinned: Any, clock: Any) -> None:
    """Odd: the thread goes on and its result is lost; nothing is counted or cached."""
    done: list[Any] = []

    def weigh(data: Any) -> None:
        time.sleep(2)
        done.append(data)

    node = pooled_node(computation_registry={"weigh": weigh})

    async def hurry() -> Any:
        return await asyncio.wait_for(node.process(in_threads([1, 2])), 0.5)

    seen = pinned.observe(hurry)
    seen["state"] = node_facts(node)
    clock.run(asyncio.sleep(3))
    node.thread_pool.shutdown()
    seen["done all the same"] = done
    seen["state then"] = node_facts(node)
    pinned.check(seen)


def test_a_pool_that_has_ended(pooled_node: Any, pinned: Any) -> None:
    """Odd: a pool that somebody else ended is not noticed before it refuses a job."""
    node = pooled_node(computation_registry={"weigh": (work := Work("light"))})
    node.thread_pool.shutdown()
    seen = pinned.observe(lambda: node.process(in_threads([1, 2])))
    seen["calls"] = work.calls
    pinned.check(seen)
