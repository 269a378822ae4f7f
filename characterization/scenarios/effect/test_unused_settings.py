"""Settings that look as if they did something, and do not."""

import asyncio
from types import SimpleNamespace
from typing import Any

from scenarios.effect.conftest import API, Handler, node_facts, order, wrapped


def test_timeouts(make_node: Any, pinned: Any) -> None:
    """Odd but relied on: neither timeout is applied; a slow effect ends when it ends."""
    node = make_node(default_timeout_ms=1)

    async def slow(_data: Any, _transaction: Any) -> str:
        await asyncio.sleep(100)
        return "late but welcome"

    node.effect_handlers[API] = slow
    pinned.check(pinned.observe(lambda: node.process(order(timeout_ms=1))))


def test_default_retry_delay(make_node: Any, pinned: Any) -> None:
    """Odd but relied on: the delay comes with the order, the node's own is never applied."""
    node = make_node(default_retry_delay_ms=5)
    node.effect_handlers[API] = Handler(ConnectionError("down"), "ok")
    pinned.check(pinned.observe(lambda: node.process(order())))


def test_metadata_of_the_order(make_node: Any, pinned: Any) -> None:
    """Odd but relied on: what the caller notes on the order is not in the answer."""
    node = make_node()
    node.effect_handlers[API] = handler = Handler("ok")
    asked = order(metadata=wrapped(trace="abc", timeout_ms=5))
    seen = pinned.observe(lambda: node.process(asked))
    seen["calls"] = handler.calls
    seen["order"] = asked.metadata
    pinned.check(seen)


def test_contract(make_node: Any, pinned: Any) -> None:
    """Odd but relied on: retries, transactions and breakers of the contract are never applied."""
    contract = SimpleNamespace(
        retry_policies=SimpleNamespace(max_attempts=1, base_delay_ms=1, enabled=False),
        transaction_management=SimpleNamespace(enabled=False, timeout_seconds=1),
        external_services=[SimpleNamespace(circuit_breaker_enabled=True)],
    )
    node = make_node(contract=contract)
    node.effect_handlers[API] = handler = Handler(ConnectionError("down"), "ok")
    seen = pinned.observe(lambda: node.process(order()))
    seen["calls"] = handler.calls
    seen["state"] = node_facts(node)
    pinned.check(seen)


def test_names_without_attributes(make_node: Any, pinned: Any) -> None:
    """The announced limits may even be deleted: `process` reads none of them."""
    node = make_node()
    del node.default_timeout_ms, node.default_retry_delay_ms, node.max_concurrent_effects
    node.effect_handlers[API] = Handler(ConnectionError("down"), "ok")
    pinned.check(pinned.observe(lambda: node.process(order())))
