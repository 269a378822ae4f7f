"""The pool of threads and the cache over the life of a node."""

from typing import Any

import pytest
from scenarios.compute.conftest import Desk, FalseDesk, Work, node_facts, order, told


def pool_facts(node: Any) -> Any:
    pool = node.thread_pool
    return pool and {"type": type(pool).__name__, "workers": pool._max_workers}


def lifecycle(node: Any, seen: Any) -> Any:
    seen["state"] = dict(node.state)
    seen["metrics"] = dict(node.metrics)
    return seen


@pytest.mark.parametrize("workers", [1, 4, 7])
def test_initialized(make_node: Any, pinned: Any, workers: int) -> None:
    """Limits are read when the pool is made, and an id of text is logged as well."""
    node = make_node(node_id="node-7", max_parallel_workers=workers, cache_ttl_minutes=workers * 2)
    seen = pinned.observe(node._initialize_node_resources)
    seen["pool"] = pool_facts(node)
    pinned.check(seen)


@pytest.mark.parametrize("workers", [0, "two"], ids=["none", "text"])
def test_a_pool_that_cannot_be_made(
    make_node: Any, pinned: Any, services: Any, workers: Any
) -> None:
    """The initialization of the node fails, and there is no pool."""
    node = make_node(services(), max_parallel_workers=workers)
    seen = lifecycle(node, pinned.observe(node.initialize))
    seen["pool"] = node.thread_pool
    pinned.check(seen)


def test_initialized_twice(make_node: Any, pinned: Any, clock: Any) -> None:
    """Odd: the second pool takes the place of the first, which nobody ends."""
    node = make_node(thread_pool=(desk := Desk()))
    clock.run(node._initialize_node_resources())
    node.max_parallel_workers = 2
    clock.run(node._initialize_node_resources())
    pinned.check({"pool": pool_facts(node), "shutdowns of the first": desk.shutdowns})


@pytest.mark.parametrize("pool", [None, Desk, FalseDesk], ids=["no_pool", "pool", "false_pool"])
def test_cleaned_up(make_node: Any, pinned: Any, pool: Any) -> None:
    """Odd: a pool that counts as false is left as it is."""
    desk = pool and pool()
    node = make_node(node_id="node-7", thread_pool=desk)
    cache = node.computation_cache
    cache.put("a", 1)
    seen = pinned.observe(node._cleanup_node_resources)
    seen["shutdowns"] = desk.shutdowns if desk is not None else None
    seen["pool is gone"] = node.thread_pool is None
    seen["cache"] = [node.computation_cache is cache, cache.get_stats()]
    seen["again"] = pinned.observe(node._cleanup_node_resources)
    seen["shutdowns then"] = desk.shutdowns if desk is not None else None
    pinned.check(seen)


class Stuck(Desk):
    """A pool that does not end."""

    def shutdown(self, *args: Any, **kwargs: Any) -> None:
        super().shutdown(*args, **kwargs)
        raise RuntimeError("a thread hangs")


def test_a_pool_that_does_not_end(make_node: Any, pinned: Any) -> None:
    """Odd but relied on: pool and results stay, nothing is raised; only the status tells."""
    node = make_node(thread_pool=Stuck())
    node.computation_cache.put("a", 1)
    seen = lifecycle(node, pinned.observe(node.cleanup))
    seen["pool"] = node.thread_pool
    seen["cache"] = node.computation_cache.get_stats()
    pinned.check(seen)


def test_a_cache_that_cannot_be_emptied(make_node: Any, pinned: Any) -> None:
    """The pool is gone by then."""
    node = make_node(thread_pool=Desk(), computation_cache=None)
    seen = lifecycle(node, pinned.observe(node.cleanup))
    seen["pool"] = node.thread_pool
    pinned.check(seen)


def test_a_whole_life(make_node: Any, pinned: Any, services: Any, bus: Any, clock: Any) -> None:
    """Odd but relied on: a node still computes after its cleanup, without threads."""
    node = make_node(services(event_bus=bus))
    node.register_computation("weigh", Work("light"))
    asked = order([1, 2], parallel_enabled=True)
    seen = {"initialize": lifecycle(node, pinned.observe(node.initialize))}
    seen["pool"] = pool_facts(node)
    seen["process"] = told(pinned.observe(lambda: node.process(asked)).value)
    clock.advance(60)
    seen["cleanup"] = lifecycle(node, pinned.observe(node.cleanup))
    seen["pool then"] = node.thread_pool
    seen["process then"] = told(pinned.observe(lambda: node.process(asked)).value)
    seen["facts"] = node_facts(node)
    seen["events"] = bus.calls
    pinned.check(seen)


def test_initialized_without_services(make_node: Any, pinned: Any) -> None:
    """A container that cannot be asked keeps the pool from being made."""
    node = make_node()
    seen = lifecycle(node, pinned.observe(node.initialize))
    seen["pool"] = node.thread_pool
    pinned.check(seen)


def test_a_contract_of_the_service(make_node: Any, pinned: Any, services: Any) -> None:
    """Odd but relied on: it becomes the contract data, never the contract model."""

    class Contracts:
        def get_node_contract(self, node_type: str) -> dict[str, str]:
            return {"version": "3.2.1", "name": node_type}

    node = make_node(services(contract_service=Contracts()), contract="the model")
    seen = lifecycle(node, pinned.observe(node.initialize))
    seen["contract"] = [node.contract_data, node.contract_model, node.version]
    node.thread_pool.shutdown()
    pinned.check(seen)
