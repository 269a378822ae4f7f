"""The built-in file handler: writing, and how a write is taken back."""

from typing import Any

import pytest
from scenarios.effect.conftest import (
    FILE,
    OPERATION,
    node_facts,
    order,
    transaction_facts,
    wrapped,
)

from omnibase_core.models.infrastructure.model_transaction import ModelTransaction

ONCE = {"retry_enabled": False}
NOT_ENCODABLE = "half a pair: \udcff"


def _write(path: Any, **more: Any) -> dict[str, Any]:
    return {"operation_type": "write", "file_path": str(path), "data": "new", **more}


def _process(node: Any, data: Any, **settings: Any) -> Any:
    return node.process(order(FILE, data, **{**ONCE, **settings}))


@pytest.mark.parametrize("before", [None, "old and longer"], ids=["new_file", "existing_file"])
@pytest.mark.parametrize("transaction", [True, False], ids=["transaction", "no_transaction"])
@pytest.mark.parametrize("atomic", [True, False], ids=["atomic", "plain"])
def test_writes(  # noqa: PLR0913 - three things that vary, three that observe
    make_node: Any,
    pinned: Any,
    files: Any,
    *,
    atomic: bool,
    transaction: bool,
    before: str | None,
) -> None:
    """Odd but relied on: a write that is not atomic records nothing, even in a transaction."""
    node = make_node()
    if before is not None:
        files.write("note.txt", before)
    data = wrapped(**_write(files / "note.txt", atomic=atomic))
    seen = pinned.observe(lambda: _process(node, data, transaction_enabled=transaction))
    seen["files"] = files.left()
    pinned.check(seen)


ATOMIC = {
    "not_given": {},
    "raw_true": {"atomic": True},
    "raw_false": {"atomic": False},
    "zero": {"atomic": 0},
    "none": {"atomic": None},
    "text_false": {"atomic": "false"},
    "empty_text": {"atomic": ""},
    "wrapped_false": wrapped(atomic=False),
    "wrapped_none": wrapped(atomic=None),
    "wrapped_text_false": wrapped(atomic="false"),
}


@pytest.mark.parametrize("case", list(ATOMIC))
def test_what_counts_as_atomic(make_node: Any, pinned: Any, files: Any, case: str) -> None:
    """Odd but relied on: the text `false` means atomic; only atomic writes are recorded."""
    node, transaction = make_node(), ModelTransaction(OPERATION)
    data = _write(files / "note.txt", **ATOMIC[case])
    seen = pinned.observe(lambda: node.effect_handlers[FILE](data, transaction))
    seen["transaction"] = transaction_facts(transaction)
    seen["files"] = files.left()
    pinned.check(seen)


DATA = {
    "text": {"data": "gr\u00fc\u00df\nDich"},
    "empty": {"data": ""},
    "number": {"data": 7},
    "wrapped_number": wrapped(data=7),
    "wrapped_fraction": wrapped(data=0.5),
    "wrapped_truth": wrapped(data=True),
    "dict": {"data": {"a": [1, None]}},
    "wrapped_dict": wrapped(data={"a": [1, None]}),
    "wrapped_list": wrapped(data=["a", 1]),
    "bytes": {"data": b"raw"},
    "none": {"data": None},
    "wrapped_none": wrapped(data=None),
}


@pytest.mark.parametrize("atomic", [True, False], ids=["atomic", "plain"])
@pytest.mark.parametrize("case", list(DATA))
def test_what_is_written(make_node: Any, pinned: Any, files: Any, case: str, atomic: bool) -> None:
    """Odd but relied on: whatever it is, its text is written, `None` included."""
    node = make_node()
    data = _write(files / "note.txt", atomic=atomic, **DATA[case])
    seen = pinned.observe(lambda: node.effect_handlers[FILE](data, None))
    seen["files"] = files.left()
    pinned.check(seen)


def test_without_data(make_node: Any, pinned: Any, files: Any) -> None:
    """Odd but relied on: without a `data` key the text `None` is written."""
    node = make_node()
    data = wrapped(operation_type="write", file_path=str(files / "note.txt"))
    seen = pinned.observe(lambda: _process(node, data))
    seen["files"] = files.left()
    pinned.check(seen)


@pytest.mark.parametrize("before", [None, "old"], ids=["new_file", "existing_file"])
def test_taken_back(make_node: Any, pinned: Any, files: Any, before: str | None) -> None:
    """Odd but relied on: undoing a write deletes the file, also one that had been there before."""
    node, between = make_node(), []
    builtin = node.effect_handlers[FILE]
    if before is not None:
        files.write("note.txt", before)

    async def fails_afterwards(data: Any, transaction: Any) -> None:
        await builtin(data, transaction)
        between.append([files.left(), transaction_facts(transaction)])
        raise RuntimeError("after the write")

    node.effect_handlers[FILE] = fails_afterwards
    seen = pinned.observe(lambda: _process(node, _write(files / "note.txt")))
    seen["between"] = between
    seen["files"] = files.left()
    pinned.check(seen)


def test_not_atomic_is_not_taken_back(make_node: Any, pinned: Any, files: Any) -> None:
    """Odd but relied on: the file stays although its transaction was rolled back."""
    node = make_node()
    builtin = node.effect_handlers[FILE]

    async def fails_afterwards(data: Any, transaction: Any) -> None:
        await builtin(data, transaction)
        raise RuntimeError("after the write")

    node.effect_handlers[FILE] = fails_afterwards
    seen = pinned.observe(lambda: _process(node, _write(files / "note.txt", atomic=False)))
    seen["files"] = files.left()
    pinned.check(seen)


def test_taken_back_when_the_file_is_gone(make_node: Any, pinned: Any, files: Any) -> None:
    """Undoing a write whose file somebody has removed meanwhile is no error."""
    node, transaction = make_node(), ModelTransaction(OPERATION)

    async def work() -> None:
        await node.effect_handlers[FILE](_write(files / "note.txt"), transaction)
        (files / "note.txt").unlink()
        await transaction.rollback()

    seen = pinned.observe(work)
    seen["transaction"] = transaction_facts(transaction)
    seen["files"] = files.left()
    pinned.check(seen)


def test_every_attempt_is_recorded(make_node: Any, pinned: Any, files: Any) -> None:
    """Odd but relied on: repeated writes are listed once per attempt."""
    node, attempts = make_node(), []
    builtin = node.effect_handlers[FILE]

    async def third_time_lucky(data: Any, transaction: Any) -> Any:
        attempts.append(data)
        result = await builtin(data, transaction)
        if len(attempts) < 3:
            raise RuntimeError("after the write")
        return result

    node.effect_handlers[FILE] = third_time_lucky
    data = _write(files / "note.txt")
    seen = pinned.observe(lambda: _process(node, data, retry_enabled=True))
    seen["files"] = files.left()
    pinned.check(seen)


@pytest.mark.parametrize("fails", [False, True], ids=["good", "failing"])
@pytest.mark.parametrize("atomic", [True, False], ids=["atomic", "plain"])
def test_stale_temporary_file(
    make_node: Any, pinned: Any, files: Any, atomic: bool, fails: bool
) -> None:
    """Odd but relied on: a foreign `.tmp` is overwritten silently, and deleted by a failure."""
    node = make_node()
    files.write("note.txt", "old")
    files.write("note.txt.tmp", "somebody else's")
    data = _write(files / "note.txt", atomic=atomic, data=NOT_ENCODABLE if fails else "new")
    seen = pinned.observe(lambda: _process(node, data))
    seen["files"] = files.left()
    pinned.check(seen)


@pytest.mark.parametrize("atomic", [True, False], ids=["atomic", "plain"])
def test_text_cannot_be_encoded(make_node: Any, pinned: Any, files: Any, atomic: bool) -> None:
    """An atomic write that fails leaves the old file; a plain one leaves it cut short."""
    node = make_node()
    files.write("note.txt", "old")
    data = _write(files / "note.txt", atomic=atomic, data=NOT_ENCODABLE)
    seen = pinned.observe(lambda: _process(node, data))
    seen["state"] = node_facts(node)
    seen["files"] = files.left()
    pinned.check(seen)


@pytest.mark.parametrize("atomic", [True, False], ids=["atomic", "plain"])
def test_no_such_folder(make_node: Any, pinned: Any, files: Any, atomic: bool) -> None:
    """Folders are never created."""
    node = make_node()
    data = _write(files / "absent" / "note.txt", atomic=atomic)
    seen = pinned.observe(lambda: _process(node, data))
    seen["files"] = files.left()
    pinned.check(seen)


@pytest.mark.parametrize(
    "name", ["note.txt", "note", ".hidden", "note.tar.gz", "with space.md", "note.tmp"]
)
def test_target_is_a_folder(make_node: Any, pinned: Any, files: Any, name: str) -> None:
    """The error tells the name of the temporary file, which is removed again."""
    node = make_node()
    (files / name).mkdir()
    seen = pinned.observe(lambda: _process(node, _write(files / name)))
    seen["files"] = files.left()
    pinned.check(seen)


def test_operation_cannot_be_recorded(make_node: Any, pinned: Any, files: Any) -> None:
    """Odd but relied on: the file is in place by then, and nothing takes it back."""
    node, transaction = make_node(), ModelTransaction(OPERATION)

    def refuses(*_arguments: Any) -> None:
        raise RuntimeError("too many operations")

    transaction.add_operation = refuses  # type: ignore[method-assign]
    data = _write(files / "note.txt")
    seen = pinned.observe(lambda: node.effect_handlers[FILE](data, transaction))
    seen["transaction"] = transaction.state
    seen["files"] = files.left()
    pinned.check(seen)
