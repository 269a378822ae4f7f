"""Several effects at a time: slots, order, and effects that share an id."""

import asyncio
from typing import Any
from uuid import UUID

import pytest
from scenarios.effect.conftest import API, DATABASE, OPERATION, node_facts, order


def _noting(clock: Any, events: list[Any]) -> Any:
    async def works(data: Any, _transaction: Any) -> str:
        events.append([clock.seconds(), data["name"], "begins"])
        await asyncio.sleep(data.get("seconds", 1))
        events.append([clock.seconds(), data["name"], "ends"])
        if error := data.get("error"):
            raise error
        return str(data["name"])

    return works


def _order(name: Any, **settings: Any) -> Any:
    data = {"name": name, "seconds": settings.pop("seconds", 1)}
    if error := settings.pop("error", None):
        data["error"] = error
    settings.setdefault("operation_id", None)
    return order(data=data, **settings)


def _values(results: list[Any]) -> list[Any]:
    return [getattr(getattr(each, "result", each), "value", each) for each in results]


def test_ten_at_a_time(make_node: Any, pinned: Any, clock: Any) -> None:
    """Twelve effects: two wait for a slot, in the order in which they came."""
    node, events = make_node(), []
    node.effect_handlers[API] = _noting(clock, events)

    async def work() -> list[Any]:
        orders = [_order(number, seconds=1 + number / 100) for number in range(12)]
        return _values(await asyncio.gather(*[node.process(each) for each in orders]))

    seen = pinned.observe(work)
    seen["events"] = events
    seen["state"] = node_facts(node)
    pinned.check(seen)


def test_waiting_counts_as_processing(make_node: Any, pinned: Any, clock: Any) -> None:
    """Odd but relied on: the time spent waiting for a slot is part of the processing time."""
    node, events = make_node(effect_semaphore=asyncio.Semaphore(1)), []
    node.effect_handlers[API] = _noting(clock, events)

    async def work() -> list[Any]:
        outputs = await asyncio.gather(*[node.process(_order(name)) for name in "abc"])
        return [each.processing_time_ms for each in outputs]

    seen = pinned.observe(work)
    seen["events"] = events
    seen["state"] = node_facts(node)
    pinned.check(seen)


def test_limit_alone_changes_nothing(make_node: Any, pinned: Any, clock: Any) -> None:
    """Odd but relied on: only the semaphore limits; the number is what the node reports."""
    node, events = make_node(max_concurrent_effects=1), []
    node.effect_handlers[API] = _noting(clock, events)

    async def work() -> list[Any]:
        both = [_order("a"), _order("b", seconds=1.25)]
        return _values(await asyncio.gather(*[node.process(each) for each in both]))

    seen = pinned.observe(work)
    seen["events"] = events
    seen["metrics"] = pinned.observe(node.get_effect_metrics)["outcome"]
    pinned.check(seen)


def test_semaphore_replaced_while_effects_run(make_node: Any, pinned: Any, clock: Any) -> None:
    """Effects that run give their slot back where they took it; later ones see the new limit."""
    node, events = make_node(), []
    node.effect_handlers[API] = _noting(clock, events)
    old, new = node.effect_semaphore, asyncio.Semaphore(1)
    slots: list[Any] = []

    async def work() -> list[Any]:
        both = [_order("a"), _order("b", seconds=1.25)]
        first = [asyncio.create_task(node.process(each)) for each in both]
        await asyncio.sleep(0.5)
        slots.append([old._value, new._value])
        node.effect_semaphore = new
        second = [asyncio.create_task(node.process(_order(name))) for name in "cd"]
        await asyncio.sleep(0.25)
        slots.append([old._value, new._value])
        return _values(await asyncio.gather(*first, *second))

    seen = pinned.observe(work)
    seen["events"] = events
    seen["slots"] = [*slots, [old._value, new._value]]
    pinned.check(seen)


def test_sleeping_retries_keep_their_slot(make_node: Any, pinned: Any, clock: Any) -> None:
    """Odd but relied on: one effect that waits for its retry holds up all the others."""
    node, events = make_node(effect_semaphore=asyncio.Semaphore(1)), []
    node.effect_handlers[API] = _noting(clock, events)
    failing = _order("failing", error=ConnectionError("down"), max_retries=2, seconds=0.25)

    async def work() -> list[Any]:
        waiting = [node.process(failing), node.process(_order("waiting"))]
        return _values(await asyncio.gather(*waiting, return_exceptions=True))

    seen = pinned.observe(work)
    seen["events"] = events
    pinned.check(seen)


def test_rollback_holds_no_slot(make_node: Any, pinned: Any, clock: Any) -> None:
    """Undoing happens after the slot was given back, so the next effect runs meanwhile."""
    node, events = make_node(effect_semaphore=asyncio.Semaphore(1)), []

    async def undo() -> None:
        events.append([clock.seconds(), "undo begins", node.effect_semaphore._value])
        await asyncio.sleep(5)
        events.append([clock.seconds(), "undo ends"])

    async def fails(_data: Any, transaction: Any) -> None:
        transaction.add_operation("first", {}, undo)
        raise ConnectionError("down")

    node.effect_handlers[API] = _noting(clock, events)
    node.effect_handlers[DATABASE] = fails

    async def work() -> list[Any]:
        failing = order(DATABASE, operation_id=None, retry_enabled=False)
        both = [node.process(failing), node.process(_order("next"))]
        return _values(await asyncio.gather(*both, return_exceptions=True))

    seen = pinned.observe(work)
    seen["events"] = events
    pinned.check(seen)


def test_results_of_effects_that_overlap(make_node: Any, pinned: Any, clock: Any) -> None:
    """Each gets its own answer; the figures come in the order in which they end."""
    node, events, histories = make_node(), [], []
    node.effect_handlers[API] = _noting(clock, events)
    ids = [UUID(int=number, version=4) for number in range(3)]
    orders = [
        _order("slow", seconds=3, operation_id=ids[0], circuit_breaker_enabled=True),
        _order("fast", seconds=1, operation_id=ids[1], transaction_enabled=False),
        _order(
            "failing", seconds=2, operation_id=ids[2], error=OSError("no"), retry_enabled=False
        ),
    ]

    async def work() -> list[Any]:
        tasks = [asyncio.create_task(node.process(each)) for each in orders]
        for _ in range(3):
            await asyncio.sleep(0.9)
            histories.append(node_facts(node))
        return await asyncio.gather(*tasks, return_exceptions=True)

    seen = pinned.observe(work)
    seen["events"] = events
    seen["states"] = [*histories, node_facts(node)]
    pinned.check(seen)


def test_same_id_at_the_same_time(make_node: Any, pinned: Any, clock: Any) -> None:
    """Odd but relied on: the first to finish takes the entry, so the second is undone."""
    node, undone, states = make_node(), [], []

    async def works(data: Any, transaction: Any) -> str:
        name = data["name"]
        transaction.add_operation(name, {}, lambda: undone.append([clock.seconds(), name]))
        await asyncio.sleep(data["seconds"])
        return str(name)

    node.effect_handlers[API] = works
    orders = [_order("first", operation_id=OPERATION, circuit_breaker_enabled=True)]
    orders.append(_order("second", seconds=2, operation_id=OPERATION))

    async def work() -> list[Any]:
        tasks = [asyncio.create_task(node.process(each)) for each in orders]
        for _ in range(2):
            await asyncio.sleep(0.75)
            states.append(node_facts(node)["active_transactions"])
        return await asyncio.gather(*tasks, return_exceptions=True)

    seen = pinned.observe(work)
    seen["undone"] = undone
    seen["active"] = states
    seen["state"] = node_facts(node)
    pinned.check(seen)


@pytest.mark.parametrize("transaction", [True, False], ids=["transaction", "no_transaction"])
def test_same_id_one_after_the_other(
    make_node: Any, pinned: Any, clock: Any, transaction: bool
) -> None:
    """An id may be used again once the first effect has ended."""
    node, events = make_node(), []
    node.effect_handlers[API] = _noting(clock, events)
    asked = _order("again", operation_id=OPERATION, transaction_enabled=transaction)
    first = pinned.observe(lambda: node.process(asked))
    second = pinned.observe(lambda: node.process(asked))
    pinned.check({"first": first, "second": second, "state": node_facts(node)})


def test_same_id_at_the_same_time_without_transactions(
    make_node: Any, pinned: Any, clock: Any
) -> None:
    """Only transactions are kept by id: without them effects may share one."""
    node, events = make_node(), []
    node.effect_handlers[API] = _noting(clock, events)
    settings = {"operation_id": OPERATION, "transaction_enabled": False}

    async def work() -> list[Any]:
        orders = [_order("a", **settings), _order("b", seconds=1.25, **settings)]
        both = [node.process(each) for each in orders]
        return _values(await asyncio.gather(*both))

    seen = pinned.observe(work)
    seen["events"] = events
    pinned.check(seen)
