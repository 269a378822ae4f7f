"""What `cleanup` rolls back, announces and leaves behind."""

import asyncio
from typing import Any
from uuid import UUID

from omnibase_core.enums.enum_transaction_state import EnumTransactionState
from omnibase_core.models.infrastructure.model_transaction import ModelTransaction

FIRST = UUID("00000000-0000-4000-8000-0000000000f1")
SECOND = UUID("00000000-0000-4000-8000-0000000000f2")


def opened(transaction_id: UUID, *undos: Any) -> ModelTransaction:
    transaction = ModelTransaction(transaction_id)
    transaction.state = EnumTransactionState.ACTIVE
    for number, undo in enumerate(undos):
        transaction.add_operation(f"step {number}", {"number": number}, undo)
    return transaction


def after(node: Any, seen: Any) -> Any:
    seen["state"] = dict(node.state)
    seen["metrics"] = dict(node.metrics)
    seen["active transactions"] = dict(node.active_transactions)
    return seen


def test_with_nothing_open(make_node: Any, pinned: Any, services: Any, bus: Any) -> None:
    """Odd but relied on: the event says `cleaning_up`; the lifetime counts from construction."""
    container = services(event_bus=bus)
    node = make_node(container)
    seen = after(node, pinned.observe(node.cleanup))
    seen["asked"] = container.asked
    seen["events"] = bus.calls
    pinned.check(seen)


def test_after_a_life(make_node: Any, pinned: Any, services: Any, bus: Any, clock: Any) -> None:
    """Odd but relied on: after `initialize` the lifetime is the wall clock, less a duration."""
    node = make_node(services(event_bus=bus))
    clock.run(node.initialize())
    clock.advance(60)
    bus.calls.clear()
    seen = after(node, pinned.observe(node.cleanup))
    seen["events"] = bus.calls
    pinned.check(seen)


def test_resources_that_take_their_time(
    make_node: Any, pinned: Any, services: Any, bus: Any
) -> None:
    """The duration of the cleanup is measured around the hook."""
    node = make_node(services(event_bus=bus))
    states: list[Any] = []

    async def slow() -> None:
        states.append(dict(node.state))
        await asyncio.sleep(1.5)

    node._cleanup_node_resources = slow
    seen = after(node, pinned.observe(node.cleanup))
    seen["during"] = states
    seen["events"] = bus.calls
    pinned.check(seen)


def test_resources_that_fail(make_node: Any, pinned: Any, services: Any, bus: Any) -> None:
    """Odd but relied on: nothing is raised, no event is emitted; only the status tells."""
    node = make_node(services(event_bus=bus))

    async def broken() -> None:
        raise OSError("still in use")

    node._cleanup_node_resources = broken
    seen = after(node, pinned.observe(node.cleanup))
    seen["events"] = bus.calls
    pinned.check(seen)


def test_without_a_container_to_ask(make_node: Any, pinned: Any) -> None:
    """Unlike `initialize`, it works with a container that has no `get_service`."""
    node = make_node()
    pinned.check(after(node, pinned.observe(node.cleanup)))


def test_a_bus_that_fails(make_node: Any, pinned: Any, services: Any, bus: Any) -> None:
    """The lost event is logged between the resources and the end."""
    bus.error = ConnectionError("bus is down")
    node = make_node(services(event_bus=bus))
    pinned.check(after(node, pinned.observe(node.cleanup)))


def test_a_second_time(make_node: Any, pinned: Any) -> None:
    """Nothing keeps a node from being cleaned up again."""
    node = make_node()
    first = pinned.observe(node.cleanup)
    pinned.check({"first": first, "second": after(node, pinned.observe(node.cleanup))})


def test_open_transactions_are_rolled_back(make_node: Any, pinned: Any) -> None:
    """Oldest transaction first, newest operation first; the table is emptied, not replaced."""
    undone: list[str] = []
    first = opened(FIRST, lambda: undone.append("1a"), lambda: undone.append("1b"))
    second = opened(SECOND, lambda: undone.append("2a"))
    node = make_node()
    table = node.active_transactions
    table.update({str(FIRST): first, "by name": second})
    seen = pinned.observe(node._cleanup_node_resources)
    seen["undone"] = undone
    seen["states"] = [first.state, second.state]
    seen["operations left"] = [len(first.operations), len(second.rollback_operations)]
    seen["same table, emptied"] = [node.active_transactions is table, dict(table)]
    pinned.check(seen)


def test_an_undo_that_fails(make_node: Any, pinned: Any) -> None:
    """The transaction copes with it, so the node reports a rollback."""
    undone: list[str] = []

    def broken() -> None:
        raise OSError("gone already")

    node = make_node()
    node.active_transactions[str(FIRST)] = opened(FIRST, lambda: undone.append("a"), broken)
    seen = after(node, pinned.observe(node.cleanup))
    seen["undone"] = undone
    pinned.check(seen)


class Stubborn:
    """A transaction that cannot be rolled back."""

    async def rollback(self) -> None:
        raise RuntimeError("no way back")


def test_a_transaction_that_cannot_be_rolled_back(make_node: Any, pinned: Any) -> None:
    """Odd but relied on: it is logged and forgotten, and the next ones are rolled back."""
    node = make_node(node_id="node-7")
    node.active_transactions.update(
        {"stubborn": Stubborn(), str(SECOND): (second := opened(SECOND)), "none": None}
    )
    seen = pinned.observe(node._cleanup_node_resources)
    seen["left"] = dict(node.active_transactions)
    seen["second"] = second.state
    pinned.check(seen)


def test_transactions_opened_meanwhile_are_lost(make_node: Any, pinned: Any) -> None:
    """Odd: what is opened during the cleanup is not rolled back but forgotten."""
    node = make_node()
    late = opened(SECOND)
    node.active_transactions[str(FIRST)] = opened(
        FIRST, lambda: node.active_transactions.update({str(SECOND): late})
    )
    seen = after(node, pinned.observe(node.cleanup))
    seen["late"] = late.state
    pinned.check(seen)


def test_a_cancelled_rollback(make_node: Any, pinned: Any) -> None:
    """Odd: a cancellation passes through; what is open stays open and the status says so."""

    class Cancelled:
        async def rollback(self) -> None:
            raise asyncio.CancelledError

    node = make_node()
    node.active_transactions.update({"cancelled": Cancelled(), str(SECOND): opened(SECOND)})
    seen = pinned.observe(node.cleanup)
    seen["state"] = dict(node.state)
    seen["left"] = {name: type(each).__name__ for name, each in node.active_transactions.items()}
    seen["second"] = node.active_transactions[str(SECOND)].state
    pinned.check(seen)
