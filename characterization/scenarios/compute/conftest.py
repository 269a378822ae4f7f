"""What the scenarios of compute nodes share: orders, computations, pools, the state of a node."""

import copy
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from typing import Any
from uuid import UUID

import pytest

from omnibase_core.models.operations.model_compute_input import ModelComputeInput

OPERATION = UUID("00000000-0000-4000-8000-00000000000a")


class Work:
    """A computation that returns or raises its turns, one a call; the last one is repeated."""

    def __init__(self, *turns: Any) -> None:
        self.turns = turns
        self.calls: list[Any] = []

    def __call__(self, data: Any) -> Any:
        self.calls.append(data)
        turn = self.turns[min(len(self.calls), len(self.turns)) - 1]
        if isinstance(turn, BaseException):
            raise turn
        return turn


class Desk(Executor):
    """A pool without threads: work is done at once, and it is noted what was handed over."""

    def __init__(self) -> None:
        self.jobs: list[Any] = []
        self.shutdowns: list[Any] = []

    def submit(self, work: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        self.jobs.append([type(work).__name__, list(args), kwargs])
        future: Future[Any] = Future()
        try:
            future.set_result(work(*args, **kwargs))
        except Exception as error:  # noqa: BLE001 - whatever it is goes to the caller
            future.set_exception(error)
        return future

    def shutdown(self, *args: Any, **kwargs: Any) -> None:
        self.shutdowns.append([list(args), kwargs])


class FalseDesk(Desk):
    """A pool that counts as false, as an empty container does."""

    def __bool__(self) -> bool:
        return False


def order(data: Any = "goods", computation_type: Any = "weigh", **settings: Any) -> Any:
    """Return an input with a known id; the type is set as it is, whatever it may be."""
    settings.setdefault("operation_id", OPERATION)
    made: Any = ModelComputeInput(data=data, **settings)
    made.computation_type = computation_type
    return made


def node_facts(node: Any) -> dict[str, Any]:
    """Return what a node shows of its computations at this moment."""
    metrics = {name: value for name, value in node.metrics.items() if "init" not in name}
    return {
        "cached": node.computation_cache.get_stats()["total_entries"],
        "computation_metrics": copy.deepcopy(node.computation_metrics),
        "metrics": metrics,
    }


def told(output: Any) -> dict[str, Any]:
    """Return an answer in short: values without the wrapping that others have pinned."""
    metadata = {name: value.to_value() for name, value in output.metadata.items()}
    return {**vars(output), "metadata": metadata}


def entries(cache: Any) -> list[Any]:
    """Return what is in a cache, in order, keys without the hash that differs by process."""
    return [[key.partition(":")[0], *entry] for key, entry in cache._cache.items()]


@pytest.fixture
def pooled_node(make_node: Any, clock: Any) -> Iterator[Callable[..., Any]]:
    """Make nodes with a pool of threads; the pools end with the scenario."""
    pools = []

    def make(**attributes: Any) -> Any:
        node = make_node(**attributes)
        clock.run(node._initialize_node_resources())
        pools.append(node.thread_pool)
        return node

    yield make
    for pool in pools:
        pool.shutdown()
