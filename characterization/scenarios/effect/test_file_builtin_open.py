"""The built-in file handler opens files by the builtin `open`, which callers replace."""

import builtins
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from scenarios.effect.conftest import FILE, OPERATION, transaction_facts

from omnibase_core.models.infrastructure.model_transaction import ModelTransaction


@contextmanager
def _noted(opened: list[Any], within: Any) -> Iterator[None]:
    original = builtins.open

    def noting(file: Any, mode: str = "r", *rest: Any, **named: Any) -> Any:
        if str(file).startswith(str(within)):
            opened.append({"file": str(file), "mode": mode, "rest": rest, "named": named})
        return original(file, mode, *rest, **named)

    builtins.open = noting  # type: ignore[assignment]
    try:
        yield
    finally:
        builtins.open = original


@contextmanager
def _refused(message: str, within: Any) -> Iterator[None]:
    original = builtins.open

    def refusing(file: Any, *rest: Any, **named: Any) -> Any:
        if str(file).startswith(str(within)):
            raise PermissionError(message)
        return original(file, *rest, **named)

    builtins.open = refusing  # type: ignore[assignment]
    try:
        yield
    finally:
        builtins.open = original


def _data(files: Any, operation: str, **more: Any) -> dict[str, Any]:
    return {"operation_type": operation, "file_path": str(files / "note.txt"), **more}


CASES = {
    "read": ("read", {}),
    "atomic_write": ("write", {"data": "new"}),
    "plain_write": ("write", {"data": "new", "atomic": False}),
    "delete": ("delete", {}),
}


@pytest.mark.parametrize("undone", [False, True], ids=["kept", "undone"])
@pytest.mark.parametrize("case", list(CASES))
def test_opens(make_node: Any, pinned: Any, files: Any, case: str, undone: bool) -> None:
    """Which file is opened, how and in which order; always as UTF-8, whatever the machine uses."""
    node, transaction, opened = make_node(), ModelTransaction(OPERATION), []
    files.write("note.txt", "old")
    operation, more = CASES[case]

    async def work() -> Any:
        with _noted(opened, files.folder):
            result = await node.effect_handlers[FILE](_data(files, operation, **more), transaction)
            if undone:
                await transaction.rollback()
        return result

    seen = pinned.observe(work)
    seen["opened"] = opened
    seen["files"] = files.left()
    pinned.check(seen)


def test_delete_without_a_transaction_opens_nothing(
    make_node: Any, pinned: Any, files: Any
) -> None:
    """Only what may have to come back is read before it is deleted."""
    node, opened = make_node(), []
    files.write("note.txt", "old")

    async def work() -> Any:
        with _noted(opened, files.folder):
            return await node.effect_handlers[FILE](_data(files, "delete"), None)

    seen = pinned.observe(work)
    seen["opened"] = opened
    seen["files"] = files.left()
    pinned.check(seen)


@pytest.mark.parametrize("case", list(CASES))
def test_open_is_refused(make_node: Any, pinned: Any, files: Any, case: str) -> None:
    """Odd but relied on: a refused atomic write deletes a `.tmp` that it never opened."""
    node, transaction = make_node(), ModelTransaction(OPERATION)
    files.write("note.txt", "old")
    files.write("note.txt.tmp", "somebody else's")
    operation, more = CASES[case]

    async def work() -> Any:
        with _refused("locked", files.folder):
            return await node.effect_handlers[FILE](_data(files, operation, **more), transaction)

    seen = pinned.observe(work)
    seen["transaction"] = transaction_facts(transaction)
    seen["files"] = files.left()
    pinned.check(seen)
