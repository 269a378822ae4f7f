"""What a transaction remembers, and how it takes its operations back."""

import logging
from uuid import uuid4

import pytest

from omnibase_core.enums.enum_transaction_state import EnumTransactionState
from omnibase_core.models.infrastructure import ModelTransaction


@pytest.fixture
def transaction() -> ModelTransaction:
    return ModelTransaction(uuid4())


def test_a_new_transaction_is_pending_and_empty() -> None:
    transaction_id = uuid4()
    transaction = ModelTransaction(transaction_id)
    assert transaction.transaction_id == transaction_id
    assert transaction.state is EnumTransactionState.PENDING
    assert transaction.operations == []
    assert transaction.rollback_operations == []
    assert transaction.started_at.tzinfo is None
    assert transaction.committed_at is None


def test_an_operation_is_recorded_with_its_time(transaction: ModelTransaction) -> None:
    transaction.add_operation("write", {"file_path": "a.txt"})
    [operation] = transaction.operations
    assert list(operation) == ["name", "data", "timestamp"]
    assert operation["name"] == "write"
    assert operation["data"] == {"file_path": "a.txt"}
    assert operation["timestamp"] >= transaction.started_at


def test_only_an_operation_that_can_be_undone_adds_a_rollback(
    transaction: ModelTransaction,
) -> None:
    undone: list[str] = []
    transaction.add_operation("look", {})
    transaction.add_operation("write", {}, lambda: undone.append("write"))
    assert len(transaction.operations) == 2
    assert len(transaction.rollback_operations) == 1


@pytest.mark.asyncio
async def test_commit_sets_the_state_and_the_time(transaction: ModelTransaction) -> None:
    await transaction.commit()
    assert transaction.state is EnumTransactionState.COMMITTED
    assert transaction.committed_at is not None
    assert transaction.committed_at >= transaction.started_at


@pytest.mark.asyncio
async def test_rollback_runs_newest_first_and_awaits_coroutine_functions(
    transaction: ModelTransaction,
) -> None:
    undone: list[str] = []

    async def undo_second() -> None:
        undone.append("second")

    transaction.add_operation("first", {}, lambda: undone.append("first"))
    transaction.add_operation("second", {}, undo_second)
    await transaction.rollback()
    assert undone == ["second", "first"]
    assert transaction.state is EnumTransactionState.ROLLED_BACK


@pytest.mark.asyncio
async def test_a_failing_rollback_is_logged_and_the_others_still_run(
    transaction: ModelTransaction, caplog: pytest.LogCaptureFixture
) -> None:
    undone: list[str] = []

    def fail() -> None:
        raise OSError("disk is gone")

    transaction.add_operation("first", {}, lambda: undone.append("first"))
    transaction.add_operation("second", {}, fail)
    with caplog.at_level(logging.ERROR, logger="omnibase"):
        await transaction.rollback()
    assert undone == ["first"]
    assert "Rollback operation failed: disk is gone" in caplog.text
    assert str(transaction.transaction_id) in caplog.text


@pytest.mark.asyncio
async def test_rollback_is_possible_after_a_commit_and_more_than_once(
    transaction: ModelTransaction,
) -> None:
    undone: list[str] = []
    transaction.add_operation("write", {}, lambda: undone.append("write"))
    await transaction.commit()
    await transaction.rollback()
    await transaction.rollback()
    assert undone == ["write", "write"]
    assert transaction.state is EnumTransactionState.ROLLED_BACK
    assert transaction.committed_at is not None
