"""The built-in file handler: reading, and what it makes of its data."""

from pathlib import Path
from typing import Any

import pytest
from scenarios.effect.conftest import FILE, node_facts, order, transaction_facts, wrapped

from omnibase_core.models.infrastructure.model_transaction import ModelTransaction

ONCE = {"retry_enabled": False}

CONTENTS = {
    "ascii": b"hello\n",
    "empty": b"",
    "two_bytes_a_letter": "gr\u00fc\u00df \u20ac".encode(),
    "carriage_returns": b"one\r\ntwo\rthree\n",
    "byte_order_mark": b"\xef\xbb\xbfhello",
    "not_utf_8": b"caf\xe9",
}


@pytest.mark.parametrize("transaction", [True, False], ids=["transaction", "no_transaction"])
@pytest.mark.parametrize("content", CONTENTS.values(), ids=list(CONTENTS))
def test_reads(make_node: Any, pinned: Any, files: Any, content: bytes, transaction: bool) -> None:
    """Odd but relied on: line ends become newlines, and the size is that of the text read."""
    node = make_node()
    path = files.write("note.txt", content)
    data = wrapped(operation_type="read", file_path=str(path))
    seen = pinned.observe(
        lambda: node.process(order(FILE, data, transaction_enabled=transaction, **ONCE))
    )
    seen["files"] = files.left()
    pinned.check(seen)


def test_missing_file(make_node: Any, pinned: Any, files: Any) -> None:
    """The code RESOURCE_UNAVAILABLE is visible in the cause only."""
    node = make_node()
    data = wrapped(operation_type="read", file_path=str(files / "absent.txt"))
    seen = pinned.observe(lambda: node.process(order(FILE, data, **ONCE)))
    seen["state"] = node_facts(node)
    seen["files"] = files.left()
    pinned.check(seen)


def test_folder(make_node: Any, pinned: Any, files: Any) -> None:
    """A folder exists, so it is opened, which the system refuses."""
    node = make_node()
    (files / "folder").mkdir()
    data = wrapped(operation_type="read", file_path=str(files / "folder"))
    pinned.check(pinned.observe(lambda: node.process(order(FILE, data, **ONCE))))


def test_retry_finds_a_file_that_comes_late(make_node: Any, pinned: Any, files: Any) -> None:
    """Whoever waits for a file may let the retries do it."""
    node = make_node()
    builtin, attempts = node.effect_handlers[FILE], []

    async def comes_late(data: Any, transaction: Any) -> Any:
        attempts.append(data)
        if len(attempts) == 3:
            files.write("late.txt", "here")
        return await builtin(data, transaction)

    node.effect_handlers[FILE] = comes_late
    data = wrapped(operation_type="read", file_path=str(files / "late.txt"))
    pinned.check(pinned.observe(lambda: node.process(order(FILE, data))))


RAW = {
    "raw_text": lambda path: {"operation_type": "read", "file_path": str(path)},
    "raw_path": lambda path: {"operation_type": "read", "file_path": path},
    "raw_operation": lambda path: {
        "operation_type": "read",
        **wrapped(file_path=str(path)),
    },
    "wrapped_operation": lambda path: {
        "file_path": path,
        **wrapped(operation_type="read"),
    },
    "more_than_needed": lambda path: {
        "operation_type": "read",
        "file_path": str(path),
        "data": "ignored",
        "atomic": "ignored",
        "encoding": "ignored",
    },
}


@pytest.mark.parametrize("case", list(RAW))
def test_wrapped_or_raw(make_node: Any, pinned: Any, files: Any, case: str) -> None:
    """Values come wrapped from typed callers and raw from others; both are understood."""
    node = make_node()
    path: Path = files.write("note.txt", "hello")
    pinned.check(pinned.observe(lambda: node.effect_handlers[FILE](RAW[case](path), None)))


@pytest.mark.parametrize(
    "data",
    [{}, {"operation_type": "read"}, {"file_path": "a.txt"}, {"path": "a.txt", "data": "b"}],
    ids=["nothing", "no_path", "no_operation", "other_names"],
)
def test_missing_keys(make_node: Any, pinned: Any, data: Any) -> None:
    """Odd but relied on: a missing key is reported by its bare name."""
    node = make_node()
    direct = pinned.observe(lambda: node.effect_handlers[FILE](data, None))
    whole = pinned.observe(lambda: node.process(order(FILE, data, **ONCE)))
    pinned.check({"direct": direct, "process": whole})


@pytest.mark.parametrize(
    "operation",
    ["move", "READ", "", " read", None, 7],
    ids=["move", "upper", "empty", "space", "none", "number"],
)
@pytest.mark.parametrize("way", ["raw", "wrapped"])
def test_unknown_operation(
    make_node: Any, pinned: Any, files: Any, operation: Any, way: str
) -> None:
    """Names are taken literally; the file is left alone."""
    node = make_node()
    path = files.write("note.txt", "hello")
    data: Any = {"operation_type": operation, "file_path": str(path)}
    transaction = ModelTransaction(order().operation_id)
    data = wrapped(**data) if way == "wrapped" else data
    seen = pinned.observe(lambda: node.effect_handlers[FILE](data, transaction))
    seen["transaction"] = transaction_facts(transaction)
    seen["files"] = files.left()
    pinned.check(seen)


def test_unknown_operation_as_an_effect(make_node: Any, pinned: Any, files: Any) -> None:
    """The code VALIDATION_ERROR is visible in the cause only."""
    node = make_node()
    data = wrapped(operation_type="move", file_path=str(files / "note.txt"))
    pinned.check(pinned.observe(lambda: node.process(order(FILE, data, **ONCE))))


def test_path_is_tidied(make_node: Any, pinned: Any, files: Any) -> None:
    """The answer names the path as `Path` spells it: no doubled slashes, no single dots."""
    node = make_node()
    files.write("sub/note.txt", "hello")
    data = {"operation_type": "read", "file_path": f"{files.folder}//sub/./note.txt"}
    pinned.check(pinned.observe(lambda: node.effect_handlers[FILE](data, None)))
