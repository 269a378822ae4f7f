"""What `initialize` looks for, announces and leaves behind."""

import asyncio
from typing import Any

import pytest


def after(node: Any, seen: Any) -> Any:
    seen["state"] = dict(node.state)
    seen["metrics"] = dict(node.metrics)
    seen["contract"] = {"data": node.contract_data, "version": node.version}
    return seen


class Contracts:
    """A contract service that has one contract for every class."""

    def __init__(self, contract: Any) -> None:
        self.contract = contract
        self.asked: list[str] = []

    def get_node_contract(self, node_type: str) -> Any:
        self.asked.append(node_type)
        if isinstance(self.contract, Exception):
            raise self.contract
        return self.contract


def test_with_contract_service_and_bus(
    make_node: Any, pinned: Any, services: Any, bus: Any
) -> None:
    """Odd but relied on: the time of initialization turns from a clock reading into a duration."""
    contracts = Contracts({"version": "3.2.1", "name": "warehouse"})
    container = services(contract_service=contracts, event_bus=bus)
    node = make_node(container)
    seen = after(node, pinned.observe(node.initialize))
    seen["asked"] = container.asked
    seen["contracts asked"] = contracts.asked
    seen["events"] = bus.calls
    pinned.check(seen)


def test_resources_that_take_their_time(
    make_node: Any, pinned: Any, services: Any, bus: Any
) -> None:
    """The hook is called through the node; status and duration show it, the event comes last."""
    node = make_node(services(event_bus=bus))
    states: list[Any] = []

    async def slow() -> None:
        states.append(dict(node.state))
        await asyncio.sleep(0.25)
        states.append(dict(node.metrics))

    node._initialize_node_resources = slow
    seen = after(node, pinned.observe(node.initialize))
    seen["during"] = states
    seen["events"] = bus.calls
    pinned.check(seen)


def test_the_limits_of_the_moment_are_announced(make_node: Any, pinned: Any) -> None:
    """Limits are read when they are announced, and an id of text is announced as well."""
    node = make_node(node_id="node-7", max_concurrent_effects=3, default_timeout_ms=500)
    pinned.check(pinned.observe(node._initialize_node_resources))


def test_without_any_service(make_node: Any, pinned: Any, services: Any) -> None:
    """Odd but relied on: that nothing is found is not even logged."""
    container = services()
    node = make_node(container)
    seen = after(node, pinned.observe(node.initialize))
    seen["asked"] = container.asked
    pinned.check(seen)


def test_with_a_container_that_cannot_be_asked(make_node: Any, pinned: Any) -> None:
    """Odd but relied on: the status goes from initialized to failed, without a step between."""
    node = make_node()
    seen = pinned.observe(node.initialize)
    seen["cause"] = seen.error.__cause__
    pinned.check(after(node, seen))


class Interrupted:
    """A container that fails in a way nobody swallows, but notes the state it has seen."""

    def get_service(self, _name: str) -> Any:
        raise asyncio.CancelledError


def test_cancelled(make_node: Any, pinned: Any) -> None:
    """Odd: a cancelled initialization stays in `initializing`; nothing is counted."""
    node = make_node(Interrupted())
    pinned.check(after(node, pinned.observe(node.initialize)))


def test_resources_that_fail(make_node: Any, pinned: Any, services: Any, bus: Any) -> None:
    """Odd but relied on: an error is counted although no operation is; no event is emitted."""
    node = make_node(services(event_bus=bus))

    async def broken() -> None:
        raise OSError("no room")

    node._initialize_node_resources = broken
    first = after(node, pinned.observe(node.initialize))
    second = after(node, pinned.observe(node.initialize))
    pinned.check({"first": first, "second": second, "events": bus.calls})


def test_a_second_time(make_node: Any, pinned: Any, services: Any, bus: Any) -> None:
    """Nothing keeps a node from being initialized again."""
    node = make_node(services(event_bus=bus))
    first = pinned.observe(node.initialize)
    second = after(node, pinned.observe(node.initialize))
    pinned.check({"first": first, "second": second, "events": bus.calls})


@pytest.mark.parametrize(
    "service",
    [
        pytest.param(None, id="is_none"),
        pytest.param(object(), id="has_no_such_method"),
        pytest.param(Contracts({}), id="empty_contract"),
        pytest.param(Contracts(None), id="no_contract"),
        pytest.param(Contracts({"name": "warehouse"}), id="contract_without_version"),
        pytest.param(Contracts({"version": None}), id="version_none"),
        pytest.param(Contracts({"version": {"major": 3}}), id="version_mapping"),
        pytest.param(Contracts("3.0.0"), id="contract_of_text"),
        pytest.param(Contracts(["version"]), id="contract_of_list"),
        pytest.param(Contracts(LookupError("no such contract")), id="raises"),
        pytest.param(LookupError("no such service"), id="cannot_be_found"),
    ],
)
def test_contract_service(make_node: Any, pinned: Any, services: Any, service: Any) -> None:
    """Odd but relied on: any true object is a contract; versions are taken as they are."""
    node = make_node(services(contract_service=service))
    pinned.check(after(node, pinned.observe(node.initialize)))


def test_a_contract_service_that_must_be_awaited(
    make_node: Any, pinned: Any, services: Any
) -> None:
    """Odd but relied on: nobody awaits it, so the coroutine itself becomes the contract."""

    class Awaited:
        async def get_node_contract(self, node_type: str) -> Any:
            return {"name": node_type}

    node = make_node(services(contract_service=Awaited()))
    pinned.check(after(node, pinned.observe(node.initialize)))


def test_a_bus_that_fails(make_node: Any, pinned: Any, services: Any, bus: Any) -> None:
    """An event that is lost is logged; the node is ready all the same."""
    bus.error = ConnectionError("bus is down")
    node = make_node(services(event_bus=bus))
    seen = after(node, pinned.observe(node.initialize))
    seen["events"] = bus.calls
    pinned.check(seen)


def test_a_bus_without_the_method(make_node: Any, pinned: Any, services: Any) -> None:
    """Such a bus is passed over without a word."""
    node = make_node(services(event_bus=object()))
    pinned.check(after(node, pinned.observe(node.initialize)))


def test_a_bus_as_attribute_is_not_used(
    make_node: Any, pinned: Any, services: Any, bus: Any
) -> None:
    """Odd but relied on: lifecycle events use the lookup, effects use the attribute."""
    container = services()
    container.event_bus = bus
    node = make_node(container)
    seen = after(node, pinned.observe(node.initialize))
    seen["events"] = bus.calls
    pinned.check(seen)
