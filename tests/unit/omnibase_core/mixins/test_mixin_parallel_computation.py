"""The pool exists between initialization and cleanup; without it the caller computes."""

import asyncio
import threading
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from omnibase_core.errors.model_onex_error import ModelOnexError
from omnibase_core.infrastructure.computation_cache import ComputationCache
from omnibase_core.mixins.mixin_parallel_computation import MixinParallelComputation
from omnibase_core.models.operations.model_compute_input import ModelComputeInput


def where(_: object) -> threading.Thread:
    return threading.current_thread()


class Host(MixinParallelComputation):
    node_id = uuid4()
    cache_ttl_minutes = 30

    def __init__(self) -> None:
        super().__init__()
        self.computation_cache = ComputationCache()
        self.computation_registry: dict[str, Callable[..., Any]] = {"sum": sum, "where": where}


def order(computation_type: str, data: Any = (1, 2)) -> ModelComputeInput[Any]:
    return ModelComputeInput(data=data, computation_type=computation_type)


def test_only_several_items_are_worth_a_thread() -> None:
    worth = [Host()._supports_parallel_execution(order("sum", each)) for each in ([1, 2], (1, 2))]
    not_worth = [
        Host()._supports_parallel_execution(order("sum", each)) for each in ([1], {1, 2}, "ab", 7)
    ]
    assert worth == [True, True]
    assert not_worth == [False] * 4


def test_the_pool_computes_until_it_is_given_up() -> None:
    async def run() -> list[threading.Thread]:
        host = Host()
        threads = [await host._execute_parallel_computation(order("where"))]
        await host._initialize_node_resources()
        threads.append(await host._execute_parallel_computation(order("where")))
        await host._cleanup_node_resources()
        threads.append(await host._execute_parallel_computation(order("where")))
        return threads

    before, during, after = asyncio.run(run())
    assert before is after is threading.current_thread()
    assert during is not before


def test_the_number_of_threads_is_read_when_the_pool_is_made() -> None:
    async def run() -> dict[str, Any]:
        host = Host()
        host.max_parallel_workers = 2
        await host._initialize_node_resources()
        status = host._get_parallel_processing_status()
        await host._cleanup_node_resources()
        return status

    status = asyncio.run(run())
    assert (status["max_workers"], status["thread_pool_active"]) == (2, True)


def test_cleanup_forgets_results_and_may_be_called_again() -> None:
    host = Host()
    host.computation_cache.put("sum:1", 3)

    async def run() -> None:
        await host._cleanup_node_resources()
        await host._cleanup_node_resources()

    asyncio.run(run())
    assert host.computation_cache.get("sum:1") is None
    assert host._get_parallel_processing_status()["thread_pool_active"] is False


def test_an_unknown_computation_is_refused_with_those_that_there_are() -> None:
    with pytest.raises(ModelOnexError, match="Unknown computation type: product") as caught:
        asyncio.run(Host()._execute_sequential_computation(order("product")))
    assert "sum" in str(caught.value.model_dump())
