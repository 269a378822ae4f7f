"""Transactions for work that does not go through `process`."""

import asyncio
from typing import Any
from uuid import UUID

import pytest
from scenarios.effect.conftest import OPERATION, node_facts, transaction_facts

from omnibase_core.enums.enum_transaction_state import EnumTransactionState


@pytest.mark.parametrize("operation_id", [OPERATION, None], ids=["given_id", "fresh_id"])
def test_commits(make_node: Any, pinned: Any, operation_id: UUID | None) -> None:
    """A normal end commits; the undo functions are kept but not run; the entry is gone."""
    node, kept = make_node(), []

    async def work() -> Any:
        async with node.transaction_context(operation_id) as transaction:
            transaction.add_operation("first", {"a": 1}, lambda: kept.append("undone"))
            kept.append(node_facts(node))
            kept.append(node.active_transactions[str(transaction.transaction_id)] is transaction)
            await asyncio.sleep(3)
        return transaction_facts(transaction)

    seen = pinned.observe(work)
    seen["during"] = kept
    seen["after"] = node_facts(node)
    pinned.check(seen)


def test_without_argument(make_node: Any, pinned: Any) -> None:
    """Two contexts without an id are two transactions."""
    node = make_node()

    async def work() -> Any:
        async with node.transaction_context() as first, node.transaction_context() as second:
            during = list(node.active_transactions)
        return {
            "during": during,
            "first": transaction_facts(first),
            "second": transaction_facts(second),
            "ids differ": first.transaction_id != second.transaction_id,
        }

    seen = pinned.observe(work)
    seen["after"] = node_facts(node)
    pinned.check(seen)


def test_id_by_keyword(make_node: Any, pinned: Any) -> None:
    """Callers name the argument."""
    node = make_node()

    async def work() -> Any:
        async with node.transaction_context(operation_id=OPERATION) as transaction:
            return transaction.transaction_id is OPERATION

    pinned.check(pinned.observe(work))


def test_rolls_back(make_node: Any, pinned: Any) -> None:
    """The error comes out unchanged after the undo functions ran, newest first."""
    node, kept = make_node(), []
    error = ValueError("no")

    async def undo_later() -> None:
        await asyncio.sleep(1)
        kept.append(["second", list(node.active_transactions)])

    async def work() -> Any:
        async with node.transaction_context(OPERATION) as transaction:
            kept.append(transaction)
            transaction.add_operation("first", {}, lambda: kept.append("first"))
            transaction.add_operation("second", {}, undo_later)
            raise error

    seen = pinned.observe(work)
    seen["same error"] = seen.error is error
    seen["transaction"] = transaction_facts(kept[0])
    seen["undone"] = kept[1:]
    seen["after"] = node_facts(node)
    pinned.check(seen)


def test_cancelled(make_node: Any, pinned: Any) -> None:
    """Odd but relied on: the entry goes, but nothing is undone and the state stays active."""
    node, kept = make_node(), []

    async def holds() -> None:
        async with node.transaction_context(OPERATION) as transaction:
            kept.append(transaction)
            transaction.add_operation("first", {}, lambda: kept.append("undone"))
            await asyncio.sleep(60)

    async def work() -> None:
        task = asyncio.create_task(holds())
        await asyncio.sleep(1)
        task.cancel()
        await task

    seen = pinned.observe(work)
    seen["transaction"] = transaction_facts(kept[0])
    seen["undone"] = kept[1:]
    seen["after"] = node_facts(node)
    pinned.check(seen)


@pytest.mark.parametrize("fails", [True, False], ids=["inner_fails", "inner_commits"])
def test_same_id_twice(make_node: Any, pinned: Any, fails: bool) -> None:
    """Odd but relied on: the inner one takes the entry of the outer one with it."""
    node, kept = make_node(), []

    async def inner() -> None:
        async with node.transaction_context(OPERATION) as transaction:
            kept.append(transaction)
            kept.append(node.active_transactions[str(OPERATION)] is transaction)
            if fails:
                raise ValueError("no")

    async def work() -> Any:
        async with node.transaction_context(OPERATION) as outer:
            await asyncio.gather(inner(), return_exceptions=True)
            between = node_facts(node)["active_transactions"]
        return {"between": between, "outer": transaction_facts(outer)}

    seen = pinned.observe(work)
    seen["inner"] = [transaction_facts(kept[0]), kept[1]]
    seen["after"] = node_facts(node)
    pinned.check(seen)


@pytest.mark.parametrize("part", ["commit", "rollback"])
def test_ending_fails(make_node: Any, pinned: Any, part: str) -> None:
    """A failed commit is rolled back; a failed rollback hides the error of the block."""
    node, kept = make_node(), []

    async def broken() -> None:
        raise OSError("disk full")

    async def work() -> None:
        async with node.transaction_context(OPERATION) as transaction:
            kept.append(transaction)
            transaction.add_operation("first", {}, lambda: kept.append("undone"))
            setattr(transaction, part, broken)
            if part == "rollback":
                raise ValueError("no")

    seen = pinned.observe(work)
    seen["during"] = seen.error.__context__
    facts = transaction_facts(kept[0])
    seen["transaction"] = {"state": facts["state"], "operations": facts["operations"]}
    seen["undone"] = kept[1:]
    seen["after"] = node_facts(node)
    pinned.check(seen)


def test_entry_removed_inside(make_node: Any, pinned: Any) -> None:
    """Whoever clears the table inside the block does not disturb its end."""
    node = make_node()

    async def work() -> Any:
        async with node.transaction_context(OPERATION) as transaction:
            node.active_transactions.clear()
        return transaction_facts(transaction)

    pinned.check(pinned.observe(work))


def test_table_replaced_inside(make_node: Any, pinned: Any) -> None:
    """The table is looked up anew at the end, so the old one keeps its entry."""
    node = make_node()
    old = node.active_transactions

    async def work() -> Any:
        async with node.transaction_context(OPERATION):
            node.active_transactions = {str(OPERATION): "foreign", "other": "foreign"}

    seen = pinned.observe(work)
    seen["old"] = list(old)
    seen["new"] = node.active_transactions
    pinned.check(seen)


def test_rolled_back_inside(make_node: Any, pinned: Any) -> None:
    """Odd but relied on: a rollback by hand inside a block that ends well ends as committed."""
    node, kept = make_node(), []

    async def work() -> Any:
        async with node.transaction_context(OPERATION) as transaction:
            transaction.add_operation("first", {}, lambda: kept.append(transaction.state))
            await transaction.rollback()
        return transaction_facts(transaction)

    seen = pinned.observe(work)
    seen["undone"] = kept
    pinned.check(seen)


def test_rollback_runs_again(make_node: Any, pinned: Any) -> None:
    """Odd but relied on: a second rollback, also after a commit, undoes everything once more."""
    node, kept = make_node(), []

    async def work() -> Any:
        async with node.transaction_context(OPERATION) as transaction:
            transaction.add_operation("first", {}, lambda: kept.append("first"))
            transaction.add_operation("broken", {}, lambda: kept.index("absent"))
            transaction.add_operation("third", {}, lambda: kept.append("third"))
        await transaction.rollback()
        await transaction.rollback()
        return transaction_facts(transaction)

    seen = pinned.observe(work)
    seen["undone"] = kept
    seen["members"] = [state.name for state in EnumTransactionState]
    pinned.check(seen)
