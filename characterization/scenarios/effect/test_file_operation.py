"""Files through `execute_file_operation`."""

from typing import Any

import pytest
from scenarios.effect.conftest import FILE, Handler, node_facts


def _captured(node: Any, results: list[Any]) -> Any:
    """Let the node note the orders it makes, without carrying them out."""

    async def notes(asked: Any, transaction: Any, op_id: Any) -> Any:
        results.append([asked, transaction is not None, asked.operation_id is op_id])
        return {"noted": True}

    node._execute_with_retry = notes


@pytest.mark.parametrize("atomic", [True, False], ids=["atomic", "plain"])
def test_write_read_delete(make_node: Any, pinned: Any, files: Any, atomic: bool) -> None:
    """The whole life of a file; the answers are plain dicts."""
    node, path = make_node(), files / "note.txt"
    life = []
    for arguments in (["write", str(path), "gr\u00fc\u00df"], ["read", path], ["delete", path]):
        life.append(
            pinned.observe(lambda a=arguments: node.execute_file_operation(*a, atomic=atomic))
        )
        life[-1]["files"] = files.left()
    pinned.check({"observed": life, "state": node_facts(node)})


@pytest.mark.parametrize(
    "arguments",
    [("read", "a.txt"), ("write", "a.txt", "text"), ("write", "a.txt", None, False)],
    ids=["read", "write", "plain"],
)
def test_order(make_node: Any, pinned: Any, arguments: Any) -> None:
    """Three retries after a second; a transaction only if atomic; never a breaker."""
    node, noted = make_node(), []
    _captured(node, noted)
    seen = pinned.observe(lambda: node.execute_file_operation(*arguments))
    seen["orders"] = noted
    pinned.check(seen)


def test_arguments_by_name(make_node: Any, pinned: Any) -> None:
    """Callers name the arguments."""
    node, noted = make_node(), []
    _captured(node, noted)
    named = {"operation_type": "write", "file_path": "a.txt", "data": 7, "atomic": False}
    seen = pinned.observe(lambda: node.execute_file_operation(**named))
    seen["orders"] = noted
    pinned.check(seen)


DATA = {
    "nothing": None,
    "number": 7,
    "truth": True,
    "dict": {"a": [1]},
    "list": ["a"],
    "empty": "",
}


@pytest.mark.parametrize("case", list(DATA))
def test_what_is_written(make_node: Any, pinned: Any, files: Any, case: str) -> None:
    """Odd but relied on: without data the four letters `null` are written."""
    node = make_node()
    path = files / "note.txt"
    seen = pinned.observe(lambda: node.execute_file_operation("write", path, DATA[case]))
    seen["files"] = files.left()
    pinned.check(seen)


def test_write_without_data(make_node: Any, pinned: Any, files: Any) -> None:
    """Odd but relied on: whoever forgets the data gets a file that says `null`."""
    node = make_node()
    seen = pinned.observe(lambda: node.execute_file_operation("write", files / "note.txt"))
    seen["files"] = files.left()
    pinned.check(seen)


@pytest.mark.parametrize("operation", ["read", "move"])
@pytest.mark.parametrize("atomic", [True, False], ids=["atomic", "plain"])
def test_hopeless(make_node: Any, pinned: Any, files: Any, operation: str, atomic: bool) -> None:
    """Odd but relied on: seven seconds pass before it is raised; the code is the outer one."""
    node = make_node()
    path = files / "absent.txt"
    seen = pinned.observe(lambda: node.execute_file_operation(operation, path, atomic=atomic))
    seen["state"] = node_facts(node)
    seen["files"] = files.left()
    pinned.check(seen)


RESULTS = {
    "true": True,
    "text": "done",
    "list": [1],
    "nothing": None,
    "dict": {"any": "thing"},
    "empty_dict": {},
}


@pytest.mark.parametrize("result", RESULTS.values(), ids=list(RESULTS))
def test_replaced_handler(make_node: Any, pinned: Any, result: Any) -> None:
    """Odd but relied on: anything but a dict is an error after the effect was committed."""
    node = make_node()
    node.effect_handlers[FILE] = handler = Handler(result)
    seen = pinned.observe(lambda: node.execute_file_operation("read", "a.txt"))
    seen["calls"] = handler.calls
    seen["state"] = node_facts(node)
    pinned.check(seen)


def test_goes_through_process(make_node: Any, pinned: Any) -> None:
    """Subclasses that override `process` see every file operation."""
    node, orders = make_node(), []

    async def refuses(asked: Any) -> None:
        orders.append(asked)
        raise PermissionError("not today")

    node.process = refuses
    seen = pinned.observe(lambda: node.execute_file_operation("delete", "a.txt"))
    seen["orders"] = orders
    pinned.check(seen)
