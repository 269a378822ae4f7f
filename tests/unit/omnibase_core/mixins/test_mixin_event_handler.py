"""Requests are answered over the bus by those who are meant, and by nobody else."""

import asyncio
import logging
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest

from omnibase_core.errors.error_codes import EnumCoreErrorCode
from omnibase_core.errors.model_onex_error import ModelOnexError
from omnibase_core.infrastructure.in_memory_event_bus import InMemoryEventBus
from omnibase_core.mixins.mixin_event_handler import MixinEventHandler
from omnibase_core.mixins.mixin_introspection_publisher import MixinIntrospectionPublisher
from omnibase_core.mixins.mixin_node_lifecycle import MixinNodeLifecycle
from omnibase_core.mixins.mixin_request_response_introspection import (
    MixinRequestResponseIntrospection,
)
from omnibase_core.models.contracts.subcontracts.model_event_bus_subcontract import (
    ModelEventBusSubcontract,
)
from omnibase_core.models.events.model_event_envelope import ModelEventEnvelope
from omnibase_core.models.events.model_event_type import ModelEventType
from omnibase_core.models.events.model_onex_event import ModelOnexEvent
from omnibase_core.models.events.model_onex_event_metadata import ModelOnexEventMetadata
from omnibase_core.models.events.model_request_introspection_event import (
    ModelRequestIntrospectionEvent,
)
from omnibase_core.models.events.node_ids import node_id_from_text

INTROSPECTION = "NODE_INTROSPECTION_REQUEST"
DISCOVERY = "NODE_DISCOVERY_REQUEST"


class SyncBus:
    """The calls of a bus that need no awaiting, over the one that offers all."""

    def __init__(self) -> None:
        self.inner = InMemoryEventBus()
        self.subscribe = self.inner.subscribe
        self.unsubscribe = self.inner.unsubscribe
        self.publish = self.inner.publish


class Deaf:
    def subscribe(self, handler: Any) -> None:
        raise ConnectionError(f"{handler.__name__} refused")

    def unsubscribe(self, handler: Any) -> None:
        raise ConnectionError(f"{handler.__name__} unknown")

    def publish(self, envelope: Any) -> None:
        raise ConnectionError(f"{type(envelope).__name__} refused")


class Clock(MixinEventHandler):
    def __init__(self, bus: Any = None, **more: Any) -> None:
        super().__init__()
        self._node_id: Any = uuid4()
        self.event_bus = bus
        for name, value in more.items():
            setattr(self, name, value)


class FullClock(MixinIntrospectionPublisher, Clock):
    pass


def request(event_type: Any = INTROSPECTION, **metadata: Any) -> ModelOnexEvent:
    told = ModelOnexEventMetadata(**metadata) if metadata else None
    return ModelOnexEvent(
        event_type=event_type, node_id=uuid4(), correlation_id=uuid4(), metadata=told
    )


def answers_on(bus: Any) -> list[Any]:
    taken: list[Any] = []
    bus.subscribe(
        lambda carried: (
            taken.append(carried) if getattr(carried, "source_tool", "asker") != "asker" else None
        )
    )
    return taken


def set_up(node: MixinEventHandler) -> list[Any]:
    node._setup_event_handlers()
    return answers_on(node.event_bus)  # type: ignore[attr-defined]


@pytest.mark.parametrize("bus", [InMemoryEventBus, SyncBus])
def test_a_request_for_introspection_is_answered_with_all_facts(bus: Any) -> None:
    node = FullClock(bus(), metadata_loader=SimpleNamespace(metadata=SimpleNamespace(name="tick")))
    taken = set_up(node)
    asked = request()
    node.event_bus.publish(asked)
    (envelope,) = taken
    assert isinstance(envelope, ModelEventEnvelope)
    answer = envelope.payload
    assert answer.event_type == "NODE_INTROSPECTION_RESPONSE"
    assert answer.node_id == node._node_id
    assert envelope.source_tool == str(node._node_id)
    assert envelope.correlation_id == answer.correlation_id == asked.correlation_id
    assert answer.data["node_name"] == "tick"
    assert sorted(answer.data) == [
        "capabilities",
        "health_endpoint",
        "node_name",
        "tags",
        "version",
    ]


@pytest.mark.parametrize(
    "wrap",
    [
        lambda event: event,
        lambda event: ModelEventEnvelope.create_broadcast(event, "asker"),
        lambda event: event.model_dump(mode="json"),
        lambda event: {"payload": event.model_dump(mode="json")},
    ],
)
def test_a_request_may_come_bare_or_wrapped_or_as_plain_data(wrap: Any) -> None:
    node = Clock(InMemoryEventBus())
    taken = set_up(node)
    node.event_bus.publish(wrap(request(target_node_name="clock")))
    assert [envelope.payload.event_type for envelope in taken] == ["NODE_INTROSPECTION_RESPONSE"]


def test_an_event_type_may_be_a_model() -> None:
    node = Clock(InMemoryEventBus())
    taken = set_up(node)
    node.event_bus.publish(request(ModelEventType(event_name=INTROSPECTION)))
    assert len(taken) == 1


def test_only_the_requested_facts_are_told() -> None:
    node = FullClock(InMemoryEventBus())
    taken = set_up(node)
    node.event_bus.publish(request(requested_types=["node_name", "tags", "shoe_size"]))
    assert sorted(taken[0].payload.data) == ["node_name", "tags"]


def test_a_node_that_gathers_nothing_tells_its_name() -> None:
    node = Clock(InMemoryEventBus())
    taken = set_up(node)
    node.event_bus.publish(request())
    assert taken[0].payload.data == {"node_name": "clock"}


def test_a_request_for_discovery_is_answered_with_who_the_node_is() -> None:
    node = FullClock(InMemoryEventBus())
    taken = set_up(node)
    asked = request(DISCOVERY)
    node.event_bus.publish(asked)
    (envelope,) = taken
    assert envelope.payload.event_type == "NODE_DISCOVERY_RESPONSE"
    assert envelope.correlation_id == asked.correlation_id
    assert envelope.payload.data["node_type"] == "FullClock"
    assert envelope.payload.data["node_name"] == "fullclock"


def test_malformed_and_foreign_events_are_not_discovery() -> None:
    node = Clock(InMemoryEventBus())
    taken = answers_on(node.event_bus)
    for event in (None, 7, {}, SimpleNamespace(payload=None), request("NODE_START")):
        node._handle_node_discovery_request(event)
    assert taken == []


def test_a_request_without_a_correlation_id_is_answered_under_its_own() -> None:
    node = Clock(InMemoryEventBus())
    taken = set_up(node)
    asked = ModelOnexEvent(event_type=INTROSPECTION, node_id=uuid4())
    node.event_bus.publish(asked)
    assert taken[0].correlation_id == asked.event_id


@pytest.mark.parametrize("own", ["clock-1", None])
def test_an_id_that_is_no_uuid_stands_for_one(own: Any) -> None:
    node = Clock(InMemoryEventBus(), _node_id=own)
    taken = set_up(node)
    node.event_bus.publish(request())
    assert taken[0].payload.node_id == node_id_from_text(str(own))


@pytest.mark.parametrize(
    ("metadata", "meant"),
    [
        ({}, True),
        ({"other": 1}, True),
        ({"target_node_id": "0b*"}, True),
        ({"target_node_id": "0b5bc3ae-3ff3-4c6a-a2a8-0e6d8cbf3f5d"}, True),
        ({"target_node_id": "1*"}, False),
        ({"target_node_name": "cl?ck"}, True),
        ({"target_node_name": "watch"}, False),
        ({"target_node_id": "1*", "target_node_name": "clock"}, False),
    ],
)
def test_a_request_may_mean_nodes_by_id_or_else_by_name(
    metadata: dict[str, Any], *, meant: bool
) -> None:
    own = "0b5bc3ae-3ff3-4c6a-a2a8-0e6d8cbf3f5d"
    node = Clock(_node_id=own)
    assert node._should_respond_to_request(request(**metadata)) is meant


def test_an_id_may_be_a_uuid_on_both_sides() -> None:
    node = Clock()
    assert node._should_respond_to_request(request(target_node_id=node._node_id))
    assert not node._should_respond_to_request(request(target_node_id=uuid4()))


def test_in_doubt_a_request_is_answered() -> None:
    class Odd:
        @property
        def metadata(self) -> Any:
            raise RuntimeError("unreadable")

    assert Clock()._should_respond_to_request(Odd())
    assert Clock()._should_respond_to_request(SimpleNamespace())


def test_who_is_not_meant_stays_silent() -> None:
    node = Clock(InMemoryEventBus())
    taken = set_up(node)
    node.event_bus.publish(request(target_node_name="watch"))
    node.event_bus.publish(request(DISCOVERY, target_node_name="watch"))
    node.event_bus.publish(request("NODE_START"))
    assert taken == []


def test_facts_of_a_model_can_be_filtered() -> None:
    data = FullClock()._gather_introspection_data()
    keep = MixinEventHandler._filter_introspection_data
    assert keep(data, ["node_name", "absent"]) == {"node_name": "fullclock"}
    assert keep({"a": 1, "b": 2}, ["b"]) == {"b": 2}
    assert keep({"a": 1}, None) == {"a": 1}


@pytest.mark.parametrize("event", [{}, SimpleNamespace(), SimpleNamespace(payload=object())])
def test_an_event_without_a_type_is_an_error(event: Any) -> None:
    with pytest.raises(ModelOnexError, match="needs an event_type") as raised:
        Clock()._handle_introspection_request(event)
    assert raised.value.error_code is EnumCoreErrorCode.VALIDATION_FAILED


def test_without_a_bus_nothing_happens() -> None:
    node = Clock()
    node._setup_event_handlers()
    node._handle_introspection_request(request())
    asyncio.run(node.start_async_event_handlers())
    node.cleanup_event_handlers()


@pytest.mark.parametrize("bus", [InMemoryEventBus, SyncBus])
def test_setting_up_twice_answers_once_and_cleaning_up_ends_it(bus: Any) -> None:
    node = Clock(bus())
    node._setup_event_handlers()
    taken = set_up(node)
    node.event_bus.publish(request())
    assert len(taken) == 1
    node.cleanup_event_handlers()
    node.cleanup_event_handlers()
    node.event_bus.publish(request())
    assert len(taken) == 1
    node._setup_event_handlers()
    node.event_bus.publish(request())
    assert len(taken) == 2


def test_in_a_running_loop_the_subscription_is_a_task() -> None:
    async def main() -> list[Any]:
        node = Clock(InMemoryEventBus())
        taken = set_up(node)
        node._setup_event_handlers()
        node.event_bus.publish(request())
        assert taken == []
        await node.start_async_event_handlers()
        await node.start_async_event_handlers()
        node.event_bus.publish(request())
        return taken

    assert len(asyncio.run(main())) == 1


def test_cleaning_up_stops_a_subscription_that_is_under_way() -> None:
    async def main() -> list[Any]:
        node = Clock(InMemoryEventBus())
        taken = set_up(node)
        node.cleanup_event_handlers()
        await asyncio.sleep(0)
        node.event_bus.publish(request())
        return taken

    assert asyncio.run(main()) == []


def test_over_a_bus_without_awaiting_starting_async_subscribes_too() -> None:
    node = Clock(SyncBus())
    asyncio.run(node.start_async_event_handlers())
    taken = answers_on(node.event_bus)
    node.event_bus.publish(request())
    assert len(taken) == 1


def test_failures_of_the_bus_are_logged(caplog: pytest.LogCaptureFixture) -> None:
    node = Clock(Deaf())
    node._setup_event_handlers()
    node._handle_introspection_request(request())
    node._event_handlers_are_subscribed = True
    node.cleanup_event_handlers()
    assert caplog.text.count("Cannot unsubscribe") == 2
    assert "Cannot subscribe" in caplog.text
    assert "Cannot publish an answer" in caplog.text


def test_a_subscription_that_failed_can_be_repeated() -> None:
    node = Clock(Deaf())
    node._setup_event_handlers()
    node.event_bus = InMemoryEventBus()
    taken = set_up(node)
    node.event_bus.publish(request())
    assert len(taken) == 1


def test_a_node_that_cannot_do_without_its_bus_says_so() -> None:
    class DeafLater(Deaf):
        async def subscribe_async(self, handler: Any) -> None:
            self.subscribe(handler)

    strict = ModelEventBusSubcontract(graceful_degradation=False)
    for bus in (Deaf(), DeafLater()):
        node = Clock(bus, event_bus_settings=strict)
        with pytest.raises(ConnectionError, match="_request refused"):
            node._setup_event_handlers()
        with pytest.raises(ConnectionError, match="_request refused"):
            asyncio.run(node.start_async_event_handlers())
        with pytest.raises(ConnectionError, match=r"ModelEventEnvelope.* refused"):
            node._handle_introspection_request(request())


def test_a_node_may_be_told_not_to_listen() -> None:
    node = Clock(
        InMemoryEventBus(), event_bus_settings=ModelEventBusSubcontract(event_bus_enabled=False)
    )
    taken = set_up(node)
    node.event_bus.publish(request())
    node._handle_introspection_request(request())
    assert taken == []


def test_answers_may_do_without_the_id_of_the_request() -> None:
    settings = ModelEventBusSubcontract(correlation_tracking=False)
    node = Clock(InMemoryEventBus(), event_bus_settings=settings)
    taken = set_up(node)
    node.event_bus.publish(request())
    assert taken[0].correlation_id is taken[0].payload.correlation_id is None


def test_events_without_a_type_may_be_ignored() -> None:
    settings = ModelEventBusSubcontract(enable_event_validation=False)
    Clock(event_bus_settings=settings)._handle_introspection_request({})


@pytest.mark.parametrize(("logs", "said"), [(True, 1), (False, 0)])
def test_answers_are_logged_if_that_is_wanted(
    *, logs: bool, said: int, caplog: pytest.LogCaptureFixture
) -> None:
    settings = ModelEventBusSubcontract(enable_event_logging=logs)
    node = Clock(InMemoryEventBus(), event_bus_settings=settings)
    set_up(node)
    with caplog.at_level(logging.INFO, "omnibase"):
        node.event_bus.publish(request())
    assert caplog.text.count("Answered a request") == said


def test_a_handler_put_on_the_instance_later_is_called() -> None:
    node = Clock(InMemoryEventBus())
    taken = set_up(node)
    original, seen = node._handle_introspection_request, []

    def logged(carried: Any) -> None:
        seen.append(carried)
        original(carried)

    vars(node)["_handle_introspection_request"] = logged
    node.event_bus.publish(request())
    assert len(seen) == 1
    assert len(taken) == 1


class HandlerFirst(
    MixinEventHandler,
    MixinNodeLifecycle,
    MixinIntrospectionPublisher,
    MixinRequestResponseIntrospection,
):
    pass


class HandlerLast(MixinRequestResponseIntrospection, MixinIntrospectionPublisher, Clock):
    pass


@pytest.mark.parametrize("kind", [HandlerFirst, HandlerLast])
def test_both_kinds_of_introspection_are_answered_by_one_node_once(kind: Any) -> None:
    node = kind()
    node._node_id = uuid4()
    node.event_bus = node._event_bus = InMemoryEventBus()
    taken = set_up(node)
    node._setup_request_response_introspection()
    node.event_bus.publish(request())
    node.event_bus.publish(
        ModelEventEnvelope.create_broadcast(
            ModelRequestIntrospectionEvent.create_discovery_request("asker"), "asker"
        )
    )
    assert [envelope.payload.event_type for envelope in taken] == [
        "NODE_INTROSPECTION_RESPONSE",
        "real_time_introspection_response",
    ]
    assert {envelope.payload.node_id for envelope in taken} == {node._node_id}
    assert not node.event_bus.failures


def test_arguments_are_passed_on() -> None:
    class Base:
        def __init__(self, given: int, *, named: int) -> None:
            self.got = (given, named)

    class Host(MixinEventHandler, Base):
        pass

    assert Host(1, named=2).got == (1, 2)
