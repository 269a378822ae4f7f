"""What is left when an effect is cancelled, which counts neither as success nor as failure."""

import asyncio
from typing import Any

import pytest
from scenarios.effect.conftest import API, OPERATION, Handler, node_facts, order


async def _cancelled_after(seconds: float, work: Any) -> Any:
    task = asyncio.create_task(work)
    await asyncio.sleep(seconds)
    task.cancel()
    return await task


@pytest.mark.parametrize("transaction", [True, False], ids=["transaction", "no_transaction"])
def test_while_the_handler_runs(make_node: Any, pinned: Any, transaction: bool) -> None:
    """Odd but relied on: nothing is undone or counted, and the entry stays, active."""
    node, undone = make_node(), []

    async def slow(_data: Any, transaction: Any) -> None:
        if transaction is not None:
            transaction.add_operation("first", {}, lambda: undone.append("first"))
        await asyncio.sleep(60)

    node.effect_handlers[API] = slow
    asked = order(circuit_breaker_enabled=True, transaction_enabled=transaction)
    seen = pinned.observe(lambda: _cancelled_after(2, node.process(asked)))
    seen["undone"] = undone
    seen["state"] = node_facts(node)
    pinned.check(seen)


def test_while_a_retry_sleeps(make_node: Any, pinned: Any) -> None:
    """Odd but relied on: what the failed attempts recorded is never undone."""
    node, undone = make_node(), []

    async def fails(_data: Any, transaction: Any) -> None:
        transaction.add_operation("try", {}, lambda: undone.append("try"))
        raise ConnectionError("down")

    node.effect_handlers[API] = fails
    seen = pinned.observe(lambda: _cancelled_after(1.5, node.process(order())))
    seen["undone"] = undone
    seen["state"] = node_facts(node)
    pinned.check(seen)


def test_while_waiting_for_a_slot(make_node: Any, pinned: Any) -> None:
    """Odd but relied on: the transaction is open before there is a slot, and stays open."""
    node = make_node(effect_semaphore=asyncio.Semaphore(0))
    node.effect_handlers[API] = handler = Handler("ok")
    seen = pinned.observe(lambda: _cancelled_after(2, node.process(order())))
    seen["calls"] = handler.calls
    seen["state"] = node_facts(node)
    pinned.check(seen)


def test_handler_raises_it(make_node: Any, pinned: Any) -> None:
    """Odd but relied on: a handler that cancels itself is not retried and not undone."""
    node = make_node()
    node.effect_handlers[API] = handler = Handler(asyncio.CancelledError("enough"), "ok")
    seen = pinned.observe(lambda: node.process(order(circuit_breaker_enabled=True)))
    seen["calls"] = len(handler.calls)
    seen["state"] = node_facts(node)
    pinned.check(seen)


def test_timeout_of_the_caller(make_node: Any, pinned: Any) -> None:
    """A caller who loses patience leaves an open transaction; the cleanup undoes it later."""
    node, undone = make_node(), []

    async def slow(_data: Any, transaction: Any) -> None:
        transaction.add_operation("first", {}, lambda: undone.append("first"))
        await asyncio.sleep(60)

    node.effect_handlers[API] = slow
    seen = pinned.observe(lambda: asyncio.wait_for(node.process(order()), 2))
    before = node_facts(node)
    cleanup = pinned.observe(node._cleanup_node_resources)
    pinned.check(
        {
            "process": seen,
            "before cleanup": before,
            "cleanup": cleanup,
            "undone": undone,
            "state": node_facts(node),
        }
    )


def test_same_id_again_after_a_cancelled_effect(make_node: Any, pinned: Any) -> None:
    """The entry that was left behind is replaced, never undone, and goes with the second one."""
    node, undone = make_node(), []

    async def slow(data: Any, transaction: Any) -> str:
        transaction.add_operation("any", {}, lambda: undone.append("any"))
        await asyncio.sleep(data["seconds"])
        return "ok"

    node.effect_handlers[API] = slow
    first = order(data={"seconds": 60}, operation_id=OPERATION)
    second = order(data={"seconds": 1}, operation_id=OPERATION)
    cancelled = pinned.observe(lambda: _cancelled_after(2, node.process(first)))
    between = node_facts(node)["active_transactions"]
    again = pinned.observe(lambda: node.process(second))
    pinned.check(
        {
            "cancelled": cancelled,
            "between": between,
            "again": again,
            "undone": undone,
            "state": node_facts(node),
        }
    )
