"""A node that is asked how it is answers at once, and says so if it cannot."""

import time
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest

from omnibase_core.enums.enum_node_current_status import EnumNodeCurrentStatus as Status
from omnibase_core.enums.enum_node_type import EnumNodeType
from omnibase_core.infrastructure.in_memory_event_bus import InMemoryEventBus
from omnibase_core.mixins.mixin_request_response_introspection import (
    MixinRequestResponseIntrospection,
)
from omnibase_core.models.events.model_event_envelope import ModelEventEnvelope
from omnibase_core.models.events.model_introspection_filters import ModelIntrospectionFilters
from omnibase_core.models.events.model_introspection_response_event import (
    ModelIntrospectionResponseEvent,
)
from omnibase_core.models.events.model_node_capabilities import ModelNodeCapabilities
from omnibase_core.models.events.model_onex_event import ModelOnexEvent
from omnibase_core.models.events.model_request_introspection_event import (
    ModelRequestIntrospectionEvent as Request,
)
from omnibase_core.models.events.model_resource_usage import ModelResourceUsage
from omnibase_core.models.events.node_ids import node_id_from_text
from omnibase_core.primitives.model_semver import ModelSemVer


class Clock(MixinRequestResponseIntrospection):
    def __init__(self, bus: Any = None, **more: Any) -> None:
        super().__init__()
        self._event_bus = bus
        vars(self).update(more)


class FullClock(Clock):
    node_id = "clock-1"
    node_name = "clock"
    version = ModelSemVer(major=1, minor=2, patch=3)
    tags = ("time", "test")
    health_endpoint = "/health"
    node_type = EnumNodeType.TOOL
    _registry = SimpleNamespace(get_available_tools=lambda: ["wind", "tell"])

    def get_supported_actions(self) -> list[str]:
        return ["health_check", "tell"]

    def get_supported_protocols(self) -> list[str]:
        return ["event_bus", "mcp"]

    def get_metadata(self) -> dict[str, Any]:
        return {"author": "Ann"}

    def get_additional_info(self) -> dict[str, Any]:
        return {"mood": "calm"}


class Recorder:
    """A bus that keeps what it is told."""

    def __init__(self, *, connected: Any = True) -> None:
        self.calls: list[tuple[str, Any]] = []
        self.connected = connected

    def subscribe(self, handler: Any) -> None:
        self.calls.append(("subscribe", handler))

    def unsubscribe(self, handler: Any) -> None:
        self.calls.append(("unsubscribe", handler))

    def publish(self, envelope: Any) -> None:
        self.calls.append(("publish", envelope))

    def is_connected(self) -> Any:
        if isinstance(self.connected, Exception):
            raise self.connected
        return self.connected


def asked(**fields: Any) -> Request:
    return Request.create_discovery_request("asker", **fields)


def answers(node: Clock, *events: Any) -> list[ModelIntrospectionResponseEvent]:
    node._event_bus = node._event_bus or InMemoryEventBus()
    taken: list[Any] = []
    node._event_bus.subscribe(taken.append, "real_time_introspection_response")
    for event in events:
        node._handle_introspection_request(event)
    return [envelope.payload for envelope in taken]


def test_the_same_bound_method_is_subscribed_and_unsubscribed() -> None:
    bus = Recorder()
    node = Clock(bus)
    node._setup_request_response_introspection()
    node._teardown_request_response_introspection()
    handler = node._handle_introspection_request
    assert bus.calls == [("subscribe", handler), ("unsubscribe", handler)]


def test_setting_up_again_subscribes_once_until_torn_down() -> None:
    bus = Recorder()
    node = Clock(bus)
    node._setup_request_response_introspection()
    node._setup_request_response_introspection()
    node._teardown_request_response_introspection()
    node._setup_request_response_introspection()
    assert [name for name, _ in bus.calls] == ["subscribe", "unsubscribe", "subscribe"]


def test_without_a_bus_there_is_only_a_warning(caplog: pytest.LogCaptureFixture) -> None:
    node = Clock()
    node._setup_request_response_introspection()
    node._teardown_request_response_introspection()
    node._handle_introspection_request(asked())
    assert [record.levelname for record in caplog.records] == ["WARNING", "WARNING"]


def test_a_request_on_the_bus_is_answered_with_all_that_is_known() -> None:
    bus = InMemoryEventBus()
    taken: list[Any] = []
    bus.subscribe(taken.append, "real_time_introspection_response")
    node = FullClock(bus)
    node._setup_request_response_introspection()
    request = asked()
    bus.publish(ModelEventEnvelope.create_broadcast(request, "asker"))
    (envelope,) = taken
    answer = envelope.payload
    assert isinstance(answer, ModelIntrospectionResponseEvent)
    assert envelope.correlation_id == answer.correlation_id == request.correlation_id
    assert envelope.source_tool == str(answer.node_id)
    assert (answer.node_id, answer.node_name) == (node_id_from_text("clock-1"), "clock")
    assert (answer.version, answer.current_status) == (node.version, Status.READY)
    assert answer.capabilities.model_dump() == {
        "actions": ["health_check", "tell"],
        "protocols": ["event_bus", "mcp"],
        "metadata": {"author": "Ann"},
    }
    assert [(tool.tool_name, tool.status, tool.execution_count) for tool in answer.tools] == [
        ("wind", Status.READY, 0),
        ("tell", Status.READY, 0),
    ]
    assert (answer.tags, answer.health_endpoint) == (["time", "test"], "/health")
    assert answer.resource_usage is answer.performance_metrics is None
    assert answer.response_time_ms > 0
    assert answer.additional_info is not None
    assert answer.additional_info.keys() == {"startup_time", "mood"}
    assert not bus.failures


def test_after_tearing_down_nobody_answers() -> None:
    bus = InMemoryEventBus()
    taken: list[Any] = []
    bus.subscribe(taken.append, "real_time_introspection_response")
    node = Clock(bus)
    node._setup_request_response_introspection()
    node._teardown_request_response_introspection()
    bus.publish(asked())
    assert taken == []


def test_a_node_of_which_little_is_known_answers_too() -> None:
    (answer,) = answers(Clock(), asked())
    assert (answer.node_name, str(answer.version)) == ("clock", "1.0.0")
    assert answer.capabilities == ModelNodeCapabilities()
    assert (answer.tools, answer.tags, answer.health_endpoint) == ([], [], None)


def test_what_the_node_does_not_say_itself_is_in_its_metadata() -> None:
    metadata = SimpleNamespace(name="tick", version="7.8.9")
    (answer,) = answers(Clock(metadata_loader=SimpleNamespace(metadata=metadata)), asked())
    assert (answer.node_name, str(answer.version)) == ("tick", "7.8.9")


def test_a_version_may_be_a_text_and_an_id_private() -> None:
    own = uuid4()
    (answer,) = answers(Clock(version="4.5.6", _node_id=own), asked())
    assert (str(answer.version), answer.node_id) == ("4.5.6", own)


@pytest.mark.parametrize(
    "wrap",
    [
        lambda event: event,
        lambda event: SimpleNamespace(payload=event),
        lambda event: {"payload": event},
    ],
)
@pytest.mark.parametrize(
    "form",
    [
        lambda event: event,
        lambda event: event.model_dump(),
        lambda event: event.model_dump(mode="json"),
        lambda event: SimpleNamespace(**dict(event)),
    ],
)
def test_a_request_may_come_in_any_form(wrap: Any, form: Any) -> None:
    request = asked(include_performance_metrics=True)
    (answer,) = answers(Clock(), wrap(form(request)))
    assert answer.correlation_id == request.correlation_id
    assert answer.performance_metrics is not None


def test_a_plain_event_of_the_type_is_a_request() -> None:
    event = ModelOnexEvent(event_type="request_real_time_introspection", node_id=uuid4())
    assert len(answers(Clock(), event)) == 1


def test_other_events_are_ignored() -> None:
    other = ModelOnexEvent(event_type="NODE_INTROSPECTION_REQUEST", node_id=uuid4())
    assert answers(Clock(), other, {}, None, 7) == []


def test_a_request_that_cannot_be_read_is_warned_of(caplog: pytest.LogCaptureFixture) -> None:
    unreadable = {"event_type": "request_real_time_introspection", "timeout_ms": "soon"}
    assert answers(Clock(), unreadable) == []
    assert "Cannot read a real-time request" in caplog.text


@pytest.mark.parametrize(
    ("wanted", "meant"),
    [
        ({}, True),
        ({"node_type": ["TOOL", "EFFECT"]}, True),
        ({"node_type": ["EFFECT"]}, False),
        ({"node_names": ["clock"]}, True),
        ({"node_names": ["watch"]}, False),
        ({"capabilities": ["tell"]}, True),
        ({"capabilities": ["tell", "wind"]}, False),
        ({"protocols": ["mcp"]}, True),
        ({"protocols": ["http"]}, False),
        ({"tags": ["time"]}, True),
        ({"tags": ["time", "space"]}, False),
        ({"status": [Status.READY, Status.BUSY]}, True),
        ({"status": [Status.BUSY]}, False),
        ({"node_names": ["clock"], "tags": ["space"]}, False),
    ],
)
def test_a_node_answers_if_it_meets_every_condition(
    wanted: dict[str, Any], *, meant: bool
) -> None:
    filters = ModelIntrospectionFilters(**wanted)
    node = FullClock()
    assert node._matches_introspection_filters(filters) is meant
    assert len(answers(node, asked(filters=filters))) == meant


def test_without_conditions_every_node_is_meant() -> None:
    assert Clock()._matches_introspection_filters(None)


def test_type_and_name_count_only_for_nodes_that_have_them() -> None:
    filters = ModelIntrospectionFilters(node_type=["EFFECT"], node_names=["watch"])
    assert Clock()._matches_introspection_filters(filters)


@pytest.mark.parametrize(
    ("state", "connected", "status"),
    [
        ({}, True, Status.READY),
        ({"_is_starting": True}, True, Status.STARTING),
        ({"_is_starting": True, "_is_shutting_down": True}, False, Status.STOPPING),
        ({}, False, Status.DEGRADED),
        ({}, ConnectionError("gone"), Status.DEGRADED),
    ],
)
def test_the_status_says_what_keeps_the_node_from_work(
    state: dict[str, Any], connected: Any, status: Status
) -> None:
    assert Clock(Recorder(connected=connected), **state)._get_current_node_status() is status


def test_a_bus_that_cannot_be_asked_counts_as_connected() -> None:
    assert Clock()._get_current_node_status() is Status.READY
    assert Clock(object())._get_current_node_status() is Status.READY


def test_abilities_found_out_before_are_not_asked_for_again() -> None:
    known = ModelNodeCapabilities(actions=["only this"])
    node = FullClock(_cached_introspection=SimpleNamespace(capabilities=known))
    assert node._get_current_capabilities() is known


def test_a_host_that_fails_to_tell_has_the_usual_abilities(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fails() -> Any:
        raise RuntimeError("not now")

    names = ("get_supported_actions", "get_supported_protocols", "get_metadata")
    node = Clock(**dict.fromkeys((*names, "get_additional_info"), fails))
    (answer,) = answers(node, asked())
    assert answer.capabilities == ModelNodeCapabilities()
    assert answer.additional_info is not None
    assert answer.additional_info.keys() == {"startup_time"}
    assert "get_metadata failed" in caplog.text


def test_usage_is_measured_only_for_those_who_ask() -> None:
    class Measured(Clock):
        def _get_current_resource_usage(self) -> ModelResourceUsage:
            return ModelResourceUsage(memory_mb=5.0)

    asking, other = answers(Measured(), asked(include_resource_usage=True), asked())
    assert asking.resource_usage == ModelResourceUsage(memory_mb=5.0)
    assert other.resource_usage is None


def test_the_uptime_is_real_and_what_nobody_measures_is_zero() -> None:
    node = Clock()
    time.sleep(0.01)
    (answer,) = answers(node, asked(include_performance_metrics=True))
    assert answer.performance_metrics is not None
    told = answer.performance_metrics.model_dump()
    assert 0.01 <= told.pop("uptime_seconds") < 60
    assert set(told.values()) == {0}


class Failing(FullClock):
    @property
    def _registry(self) -> Any:
        raise LookupError("no tools today")


def test_an_error_is_the_answer() -> None:
    request = asked()
    (answer,) = answers(Failing(), request)
    assert answer.correlation_id == request.correlation_id
    assert answer.current_status is Status.ERROR
    assert answer.additional_info == {"error_message": "no tools today"}
    assert answer.capabilities.metadata["error"] == "no tools today"
    assert (answer.node_name, answer.tools) == ("clock", [])


def test_if_even_that_fails_it_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    class Deaf(Recorder):
        def publish(self, envelope: Any) -> None:
            raise ConnectionError(f"{type(envelope).__name__} refused")

    FullClock(Deaf())._handle_introspection_request(asked())
    assert "Cannot publish that an answer failed" in caplog.text


def test_a_constructor_that_stops_short_does_no_harm() -> None:
    class Short(Clock):
        def __init__(self) -> None:
            self._event_bus = None

    (answer,) = answers(Short(), asked(include_performance_metrics=True))
    assert answer.performance_metrics is None
    assert answer.additional_info == {}


def test_arguments_are_passed_on() -> None:
    class Base:
        def __init__(self, given: int, *, named: int) -> None:
            self.got = (given, named)

    class Host(MixinRequestResponseIntrospection, Base):
        pass

    assert Host(1, named=2).got == (1, 2)
