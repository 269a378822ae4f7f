"""The built-in event handler: what reaches the bus, and what happens without one."""

import asyncio
from typing import Any
from uuid import UUID

import pytest
from scenarios.effect.conftest import (
    EVENT,
    OPERATION,
    Bus,
    Container,
    Handler,
    node_facts,
    order,
    wrapped,
)

EVENT_DATA = {"event_type": "ticket.closed", "payload": {"ticket": 7, "names": ["a", None]}}


class EmptyBus(Bus):
    """A bus that looks false, as one with no subscribers may."""

    def __len__(self) -> int:
        return 0


class SynchronousBus(Bus):
    """A bus whose method cannot be awaited."""

    def emit_event(self, **call: Any) -> None:  # type: ignore[override]
        self.calls.append(call)


class NarrowBus(Bus):
    """A bus that knows fewer arguments than it is given."""

    async def emit_event(self, event_type: str) -> None:  # type: ignore[override]
        self.calls.append({"event_type": event_type})


class BrokenContainer:
    """A container that cannot make the bus it promises."""

    @property
    def event_bus(self) -> Any:
        raise RuntimeError("no broker")


CONTAINERS = {
    "no_attribute": Container,
    "none": lambda: Container(None),
    "empty_bus": lambda: Container(EmptyBus()),
    "without_method": lambda: Container(object()),
    "good": lambda: Container(Bus()),
    "failing": lambda: Container(Bus(ConnectionError("broker down"))),
    "failing_without_text": lambda: Container(Bus(ConnectionError())),
    "synchronous": lambda: Container(SynchronousBus()),
    "narrow": lambda: Container(NarrowBus()),
    "broken_container": BrokenContainer,
}


@pytest.mark.parametrize("case", list(CONTAINERS))
def test_bus(make_node: Any, pinned: Any, case: str) -> None:
    """Odd but relied on: trouble with the bus is logged, and the effect counts as a success."""
    container = CONTAINERS[case]()
    node = make_node(container)
    asked = order(EVENT, wrapped(**EVENT_DATA), circuit_breaker_enabled=True)
    seen = pinned.observe(lambda: node.process(asked))
    bus = None if case == "broken_container" else getattr(container, "event_bus", None)
    seen["calls"] = getattr(bus, "calls", None)
    seen["state"] = node_facts(node)
    pinned.check(seen)


def test_bus_raises_cancellation(make_node: Any, pinned: Any) -> None:
    """A cancelled emission is no trouble with the bus: it ends the effect."""
    node = make_node(Container(Bus(asyncio.CancelledError())))
    asked = order(EVENT, wrapped(**EVENT_DATA), transaction_enabled=False)
    seen = pinned.observe(lambda: node.process(asked))
    seen["state"] = node_facts(node)
    pinned.check(seen)


def test_bus_comes_and_goes(make_node: Any, pinned: Any) -> None:
    """The bus is looked up for every event, on the container that the node has by then."""
    container, first, second = Container(), Bus(), Bus()
    node = make_node(container)
    results = []

    async def emit() -> None:
        results.append(await node.effect_handlers[EVENT](dict(EVENT_DATA), None))

    looks = [pinned.observe(emit)]
    container.event_bus = first
    looks.append(pinned.observe(emit))
    node.container = Container(second)
    looks.append(pinned.observe(emit))
    node.container = None
    looks.append(pinned.observe(emit))
    calls = {"first": len(first.calls), "second": len(second.calls)}
    pinned.check({"results": results, "observed": looks, "calls": calls})


IDS = {
    "not_given": {},
    "none": {"correlation_id": None},
    "wrapped_none": wrapped(correlation_id=None),
    "empty": {"correlation_id": ""},
    "id": {"correlation_id": OPERATION},
    "text": {"correlation_id": str(OPERATION)},
    "wrapped_text": wrapped(correlation_id=str(OPERATION)),
    "without_dashes": {"correlation_id": OPERATION.hex},
    "braces": {"correlation_id": f"{{{OPERATION}}}"},
    "nil": {"correlation_id": UUID(int=0)},
    "null_text": {"correlation_id": "null"},
    "garbage": {"correlation_id": "ticket-7"},
    "number": {"correlation_id": 7},
    "zero": {"correlation_id": 0},
}


@pytest.mark.parametrize("case", list(IDS))
def test_correlation_id(make_node: Any, pinned: Any, case: str) -> None:
    """Odd but relied on: the text `null` is taken for an id, so nothing is emitted."""
    bus = Bus()
    node = make_node(Container(bus))
    seen = pinned.observe(lambda: node.effect_handlers[EVENT]({**EVENT_DATA, **IDS[case]}, None))
    seen["calls"] = bus.calls
    seen["kinds"] = [type(call["correlation_id"]).__name__ for call in bus.calls]
    seen["as given"] = [call["correlation_id"] == OPERATION for call in bus.calls]
    pinned.check(seen)


PAYLOADS = {
    "raw_dict": {"payload": {"a": {"b": 1}}},
    "wrapped_dict": wrapped(payload={"a": {"b": 1}}),
    "wrapped_list": wrapped(payload=[1, "two"]),
    "wrapped_text": wrapped(payload="{'a': 1}"),
    "none": {"payload": None},
    "object": {"payload": OPERATION},
}


@pytest.mark.parametrize("case", list(PAYLOADS))
def test_payload(make_node: Any, pinned: Any, case: str) -> None:
    """A payload keeps its kind on the way to the bus, if it had one when it was wrapped."""
    bus = Bus()
    node = make_node(Container(bus))
    data = {"event_type": "any", **PAYLOADS[case]}
    seen = pinned.observe(lambda: node.process(order(EVENT, data)))
    seen["calls"] = bus.calls
    seen["kinds"] = [type(call["payload"]).__name__ for call in bus.calls]
    pinned.check(seen)


@pytest.mark.parametrize("case", ["wrapped", "raw_number", "none", "not_json"])
def test_event_type(make_node: Any, pinned: Any, case: str) -> None:
    """Odd but relied on: any event type goes, unless it must be logged and cannot be."""
    types = {"wrapped": wrapped(a="ticket.closed")["a"], "raw_number": 7, "none": None}
    data = {"event_type": types.get(case, {1, 2} if case == "not_json" else None), "payload": {}}
    bus = Bus()
    with_bus = make_node(Container(bus))
    good = pinned.observe(lambda: with_bus.effect_handlers[EVENT](data, None))
    without_bus = make_node(Container())
    bad = pinned.observe(lambda: without_bus.effect_handlers[EVENT](data, None))
    pinned.check({"with bus": good, "without bus": bad, "calls": bus.calls})


@pytest.mark.parametrize(
    "data",
    [{}, {"event_type": "any"}, {"payload": {}}],
    ids=["nothing", "no_payload", "no_event_type"],
)
def test_missing_keys(make_node: Any, pinned: Any, data: Any) -> None:
    """A missing key is an error of the effect, not trouble with the bus."""
    bus = Bus()
    node = make_node(Container(bus))
    direct = pinned.observe(lambda: node.effect_handlers[EVENT](data, None))
    whole = pinned.observe(lambda: node.process(order(EVENT, data, retry_enabled=False)))
    pinned.check({"direct": direct, "process": whole, "calls": bus.calls})


def test_transaction_is_not_used(make_node: Any, pinned: Any) -> None:
    """An event cannot be taken back, so it is not recorded either."""
    bus = Bus()
    node = make_node(Container(bus))
    builtin, noting = node.effect_handlers[EVENT], Handler(None)

    async def fails_afterwards(data: Any, transaction: Any) -> None:
        await builtin(data, transaction)
        await noting(data, transaction)
        raise RuntimeError("after the event")

    node.effect_handlers[EVENT] = fails_afterwards
    asked = order(EVENT, dict(EVENT_DATA), retry_enabled=False)
    seen = pinned.observe(lambda: node.process(asked))
    seen["bus"] = bus.calls
    seen["calls"] = noting.calls
    pinned.check(seen)
