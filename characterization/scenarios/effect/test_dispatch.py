"""Which handler an effect goes to."""

import asyncio
from typing import Any

import pytest
from scenarios.effect.conftest import API, DATABASE, EVENT, FILE, Handler, node_facts, order

ONCE = {"retry_enabled": False}


def test_unknown_type(make_node: Any, pinned: Any) -> None:
    """The error names the types that have a handler, built-in ones first."""
    node = make_node()
    node.effect_handlers[API] = Handler("ok")
    seen = pinned.observe(lambda: node.process(order(DATABASE, **ONCE)))
    seen["state"] = node_facts(node)
    pinned.check(seen)


def test_no_handlers_at_all(make_node: Any, pinned: Any) -> None:
    """The whole table may be replaced at run time."""
    node = make_node(effect_handlers={})
    pinned.check(pinned.observe(lambda: node.process(order(FILE, **ONCE))))


def test_called_directly(make_node: Any, pinned: Any) -> None:
    """Subclasses dispatch themselves: the raw result and the raw error come out."""
    node = make_node()
    node.effect_handlers[API] = handler = Handler((1, 2), OSError("end"))
    good = pinned.observe(lambda: node._execute_effect(order(), None))
    bad = pinned.observe(lambda: node._execute_effect(order(), None))
    unknown = pinned.observe(lambda: node._execute_effect(order(DATABASE), None))
    pinned.check({"good": good, "bad": bad, "unknown": unknown, "calls": handler.calls})


@pytest.mark.parametrize("result", [{"ok": True}, None], ids=["dict", "none"])
def test_synchronous_handler(make_node: Any, pinned: Any, result: Any) -> None:
    """Odd but relied on: it runs, with its side effects, and fails when the result is awaited."""
    node, calls = make_node(), []

    def synchronous(data: Any, _transaction: Any) -> Any:
        calls.append(data)
        return result

    node.effect_handlers[API] = synchronous
    seen = pinned.observe(lambda: node.process(order(max_retries=1)))
    seen["calls"] = len(calls)
    pinned.check(seen)


def test_handler_assigned_later(make_node: Any, pinned: Any) -> None:
    """The table is read for every attempt, so a handler that comes late is found by a retry."""
    node = make_node()

    async def work() -> Any:
        task = asyncio.create_task(node.process(order(DATABASE)))
        await asyncio.sleep(0.5)
        node.effect_handlers[DATABASE] = Handler("here now")
        return await task

    pinned.check(pinned.observe(work))


def test_builtin_replaced(make_node: Any, pinned: Any) -> None:
    """The built-in handlers have no privilege: callers put their own in their place."""
    node = make_node()
    builtin = list(node.effect_handlers)
    node.effect_handlers[FILE] = files = Handler({"files": "elsewhere"})
    node.effect_handlers[EVENT] = events = Handler(True)
    first = pinned.observe(lambda: node.process(order(FILE)))
    second = pinned.observe(lambda: node.process(order(EVENT)))
    third = pinned.observe(lambda: node.execute_file_operation("any", "any.txt", {"a": 1}))
    fourth = pinned.observe(lambda: node.emit_state_change_event("any", {"a": 1}))
    pinned.check(
        {
            "registered first": builtin,
            "file": first,
            "event": second,
            "file operation": third,
            "state change": fourth,
            "calls": {"files": files.calls, "events": events.calls},
        }
    )


def test_builtin_registered_again(make_node: Any, pinned: Any, files: Any) -> None:
    """Registering the built-in handlers again takes them back and leaves the others alone."""
    node = make_node()
    node.effect_handlers[FILE] = Handler("mine")
    node.effect_handlers[API] = Handler("mine")
    node._register_builtin_effect_handlers()
    path = files.write("note.txt", "hello")
    read = pinned.observe(lambda: node.execute_file_operation("read", path))
    other = pinned.observe(lambda: node.process(order()))
    pinned.check({"read": read, "other": other, "types": list(node.effect_handlers)})
