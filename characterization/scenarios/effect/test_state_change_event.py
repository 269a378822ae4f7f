"""Events through `emit_state_change_event`."""

from typing import Any

import pytest
from scenarios.effect.conftest import EVENT, OPERATION, Bus, Container, Handler, node_facts

PAYLOAD = {"ticket": 7, "names": ["a"]}


def test_with_correlation_id(make_node: Any, pinned: Any) -> None:
    """Odd but relied on: the payload reaches the bus as the text of a dict."""
    bus = Bus()
    node = make_node(Container(bus))
    seen = pinned.observe(lambda: node.emit_state_change_event("closed", PAYLOAD, OPERATION))
    seen["calls"] = bus.calls
    seen["same id"] = bus.calls[0]["correlation_id"] == OPERATION
    seen["kinds"] = {key: type(value).__name__ for key, value in bus.calls[0].items()}
    seen["state"] = node_facts(node)
    pinned.check(seen)


@pytest.mark.parametrize("given", [(), (None,), ("",)], ids=["left_out", "none", "empty_text"])
def test_without_correlation_id(make_node: Any, pinned: Any, given: Any) -> None:
    """Odd but relied on: without an id nothing is emitted, however well the bus works."""
    bus = Bus()
    node = make_node(Container(bus))
    seen = pinned.observe(lambda: node.emit_state_change_event("closed", PAYLOAD, *given))
    seen["calls"] = bus.calls
    seen["state"] = node_facts(node)
    pinned.check(seen)


@pytest.mark.parametrize("error", [None, OSError("down")], ids=["no_bus", "failing_bus"])
def test_trouble_with_the_bus(make_node: Any, pinned: Any, error: Any) -> None:
    """The answer is False at once: trouble with the bus is not repeated."""
    node = make_node(Container(error and Bus(error)))
    seen = pinned.observe(lambda: node.emit_state_change_event("closed", PAYLOAD, OPERATION))
    seen["state"] = node_facts(node)
    pinned.check(seen)


def test_order(make_node: Any, pinned: Any) -> None:
    """Two retries, no transaction, no breaker; everything but scalars has become text."""
    node, noted = make_node(), []

    async def notes(asked: Any, transaction: Any, op_id: Any) -> Any:
        noted.append([asked, transaction, asked.operation_id is op_id])
        return True

    node._execute_with_retry = notes
    named = {"event_type": "closed", "payload": PAYLOAD, "correlation_id": OPERATION}
    first = pinned.observe(lambda: node.emit_state_change_event(**named))
    second = pinned.observe(lambda: node.emit_state_change_event("closed", {}))
    pinned.check({"named": first, "without id": second, "orders": noted})


RESULTS = {"dict": {"any": 1}, "text": "yes", "list": [True], "one": 1, "false": False}


@pytest.mark.parametrize("result", RESULTS.values(), ids=list(RESULTS))
def test_replaced_handler(make_node: Any, pinned: Any, result: Any) -> None:
    """Odd but relied on: anything but a boolean is an error, the number one included."""
    node = make_node()
    node.effect_handlers[EVENT] = handler = Handler(result)
    seen = pinned.observe(lambda: node.emit_state_change_event("closed", PAYLOAD, OPERATION))
    seen["calls"] = handler.calls
    seen["state"] = node_facts(node)
    pinned.check(seen)


def test_replaced_handler_fails(make_node: Any, pinned: Any) -> None:
    """A handler that raises is repeated twice, then the effect fails."""
    node = make_node()
    node.effect_handlers[EVENT] = handler = Handler(ConnectionError("down"))
    seen = pinned.observe(lambda: node.emit_state_change_event("closed", PAYLOAD, OPERATION))
    seen["calls"] = len(handler.calls)
    seen["state"] = node_facts(node)
    pinned.check(seen)
