"""The built-in file handler: deleting, and how a deleted file comes back."""

from typing import Any

import pytest
from scenarios.effect.conftest import FILE, OPERATION, order, transaction_facts, wrapped

from omnibase_core.models.infrastructure.model_transaction import ModelTransaction

CONTENTS = {
    "text": "gr\u00fc\u00df\n".encode(),
    "empty": b"",
    "carriage_returns": b"one\r\ntwo\r\n",
    "not_utf_8": b"caf\xe9",
    "absent": None,
}


def _delete(path: Any) -> dict[str, Any]:
    return wrapped(operation_type="delete", file_path=str(path))


@pytest.mark.parametrize("transaction", [True, False], ids=["transaction", "no_transaction"])
@pytest.mark.parametrize("content", CONTENTS.values(), ids=list(CONTENTS))
def test_deletes(
    make_node: Any, pinned: Any, files: Any, content: bytes | None, transaction: bool
) -> None:
    """Odd but relied on: with a transaction an empty file is not listed and binaries fail."""
    node = make_node()
    if content is not None:
        files.write("note.txt", content)
    data = _delete(files / "note.txt")
    settings = {"transaction_enabled": transaction, "retry_enabled": False}
    seen = pinned.observe(lambda: node.process(order(FILE, data, **settings)))
    seen["files"] = files.left()
    pinned.check(seen)


@pytest.mark.parametrize("case", ["text", "empty", "carriage_returns"])
def test_taken_back(make_node: Any, pinned: Any, files: Any, case: str) -> None:
    """Odd but relied on: an empty file stays lost, and line ends come back as newlines."""
    node, transaction, between = make_node(), ModelTransaction(OPERATION), []
    files.write("note.txt", CONTENTS[case])

    async def work() -> Any:
        result = await node.effect_handlers[FILE](_delete(files / "note.txt"), transaction)
        between.append([files.left(), transaction_facts(transaction)])
        await transaction.rollback()
        return result

    seen = pinned.observe(work)
    seen["between"] = between
    seen["transaction"] = transaction_facts(transaction)
    seen["files"] = files.left()
    pinned.check(seen)


def test_taken_back_over_a_newer_file(make_node: Any, pinned: Any, files: Any) -> None:
    """Odd but relied on: the old text replaces what somebody has written there meanwhile."""
    node, transaction = make_node(), ModelTransaction(OPERATION)
    files.write("note.txt", "old")

    async def work() -> None:
        await node.effect_handlers[FILE](_delete(files / "note.txt"), transaction)
        files.write("note.txt", "newer and longer")
        await transaction.rollback()

    seen = pinned.observe(work)
    seen["files"] = files.left()
    pinned.check(seen)


def test_undo_fails(make_node: Any, pinned: Any, files: Any) -> None:
    """A file whose folder is gone cannot come back; that is logged, not raised."""
    node, transaction = make_node(), ModelTransaction(OPERATION)
    files.write("folder/note.txt", "old")

    async def work() -> None:
        await node.effect_handlers[FILE](_delete(files / "folder" / "note.txt"), transaction)
        (files / "folder").rmdir()
        await transaction.rollback()

    seen = pinned.observe(work)
    seen["transaction"] = transaction_facts(transaction)
    seen["files"] = files.left()
    pinned.check(seen)


def test_retry_after_the_delete(make_node: Any, pinned: Any, files: Any) -> None:
    """Odd but relied on: the second attempt finds nothing to delete and says so."""
    node, attempts = make_node(), []
    builtin = node.effect_handlers[FILE]
    files.write("note.txt", "old")

    async def fails_once(data: Any, transaction: Any) -> Any:
        result = await builtin(data, transaction)
        attempts.append(result)
        if len(attempts) == 1:
            raise RuntimeError("after the delete")
        return result

    node.effect_handlers[FILE] = fails_once
    seen = pinned.observe(lambda: node.process(order(FILE, _delete(files / "note.txt"))))
    seen["attempts"] = attempts
    seen["files"] = files.left()
    pinned.check(seen)


@pytest.mark.parametrize("ends_well", [True, False], ids=["success", "failure"])
def test_write_and_delete_in_one_transaction(
    make_node: Any, pinned: Any, files: Any, ends_well: bool
) -> None:
    """Several file operations share a transaction; they are undone newest first."""
    node = make_node()
    files.write("old.txt", "old")
    handler = node.effect_handlers[FILE]

    async def work() -> Any:
        async with node.transaction_context(OPERATION) as transaction:
            new = {"operation_type": "write", "file_path": str(files / "new.txt"), "data": "new"}
            await handler(new, transaction)
            await handler(_delete(files / "old.txt"), transaction)
            await handler(_delete(files / "new.txt"), transaction)
            await handler(new, transaction)
            if not ends_well:
                raise RuntimeError("after all that")
        return transaction_facts(transaction)

    seen = pinned.observe(work)
    seen["files"] = files.left()
    pinned.check(seen)


def test_folder(make_node: Any, pinned: Any, files: Any) -> None:
    """A folder cannot be read for its undo, so it is never removed."""
    node = make_node()
    (files / "folder").mkdir()
    asked = order(FILE, _delete(files / "folder"), retry_enabled=False)
    seen = pinned.observe(lambda: node.process(asked))
    seen["files"] = files.left()
    pinned.check(seen)
