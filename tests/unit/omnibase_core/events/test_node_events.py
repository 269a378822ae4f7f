"""The events that nodes send about themselves: fixed types, bounds and factories."""

from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from omnibase_core.enums.enum_node_current_status import EnumNodeCurrentStatus
from omnibase_core.models.core.model_node_metadata_block import ModelNodeMetadataBlock
from omnibase_core.models.events.model_introspection_filters import ModelIntrospectionFilters
from omnibase_core.models.events.model_introspection_response_event import (
    ModelIntrospectionResponseEvent,
)
from omnibase_core.models.events.model_node_announce_event import ModelNodeAnnounceEvent
from omnibase_core.models.events.model_node_capabilities import ModelNodeCapabilities
from omnibase_core.models.events.model_node_event import ModelNodeEvent
from omnibase_core.models.events.model_node_introspection_event import (
    ModelNodeIntrospectionEvent,
)
from omnibase_core.models.events.model_node_shutdown_event import ModelNodeShutdownEvent
from omnibase_core.models.events.model_onex_event import ModelOnexEvent
from omnibase_core.models.events.model_performance_metrics import ModelPerformanceMetrics
from omnibase_core.models.events.model_request_introspection_event import (
    ModelRequestIntrospectionEvent,
)
from omnibase_core.models.events.model_resource_usage import ModelResourceUsage
from omnibase_core.models.events.model_tool_invocation_event import ModelToolInvocationEvent
from omnibase_core.models.events.model_tool_response_event import ModelToolResponseEvent
from omnibase_core.primitives.model_semver import ModelSemVer

NODE = UUID("11111111-2222-4333-8444-555555555555")
ASKED = UUID("77777777-2222-4333-8444-555555555555")
VERSION = ModelSemVer(major=1, minor=2, patch=3)


def block(**fields: Any) -> ModelNodeMetadataBlock:
    required = {
        "name": "tool",
        "uuid": str(NODE),
        "author": "somebody",
        "created_at": "2020-01-01T00:00:00Z",
        "last_modified_at": "2020-01-01T00:00:00Z",
        "hash": "0" * 64,
        "entrypoint": "python://tool.py",
        "namespace": "py://omnibase.tool",
    }
    return ModelNodeMetadataBlock.model_validate({**required, **fields})


def invocation(**fields: Any) -> ModelToolInvocationEvent:
    required = {
        "node_id": NODE,
        "target_node_id": "mailer",
        "target_node_name": "mailer",
        "tool_name": "mail",
        "action": "send",
    }
    return ModelToolInvocationEvent.model_validate({**required, **fields})


def ready(**fields: Any) -> ModelIntrospectionResponseEvent:
    required = {
        "version": VERSION,
        "capabilities": ModelNodeCapabilities(actions=["send"]),
        "response_time_ms": 0.5,
    }
    return ModelIntrospectionResponseEvent.create_ready_response(
        ASKED, NODE, "tool", **{**required, **fields}
    )


EVENTS: dict[str, ModelNodeEvent] = {
    "node_introspection_event": ModelNodeIntrospectionEvent.create_from_node_info(
        NODE, "tool", VERSION, ["send"], tags=["node"], service_id="s", datacenter="d"
    ),
    "request_real_time_introspection": (
        ModelRequestIntrospectionEvent.create_mcp_discovery_request(NODE)
    ),
    "real_time_introspection_response": ready(
        resource_usage=ModelResourceUsage(cpu_percent=120.0),
        performance_metrics=ModelPerformanceMetrics(uptime_seconds=1.0),
        tools=[{"tool_name": "mail"}],
    ),
    "tool_invocation": invocation(parameters={"to": "x"}, requester_id=ASKED),
    "tool_response": ModelToolResponseEvent.create_success_response(
        invocation(), {"sent": 1, "to": ["x"], "how": {"fast": True}}, 12.5
    ),
    "node_shutdown_event": ModelNodeShutdownEvent.create_graceful_shutdown(
        NODE, "tool", replacement_node_id="other"
    ),
    "NODE_ANNOUNCE": ModelNodeAnnounceEvent.create_from_metadata_block(block(inputs=["x"])),
}


@pytest.mark.parametrize("event_type", EVENTS)
def test_the_type_of_an_event_is_fixed(event_type: str) -> None:
    event = EVENTS[event_type]
    assert isinstance(event, ModelOnexEvent)
    assert event.event_type == event_type
    with pytest.raises(ValidationError, match="event_type"):
        type(event).model_validate({**event.model_dump(), "event_type": "other"})


@pytest.mark.parametrize("event_type", EVENTS)
def test_an_event_survives_json_and_refuses_further_fields(event_type: str) -> None:
    event = EVENTS[event_type]
    dumped = event.model_dump(mode="json")
    assert type(event).model_validate(dumped) == event
    assert type(event).model_validate_json(event.model_dump_json()) == event
    with pytest.raises(ValidationError, match="Extra inputs are not permitted"):
        type(event).model_validate({**dumped, "more": 1})


@given(st.text())
def test_a_node_that_is_known_by_a_text_has_an_id_made_from_it(text: str) -> None:
    event = ModelNodeEvent.model_validate({"event_type": "x", "node_id": text})
    try:
        wanted = UUID(text)
    except ValueError:
        wanted = UUID(sha256(f"node:{text}".encode()).hexdigest()[:32])
    assert event.node_id == wanted


@given(st.uuids())
def test_an_id_that_is_a_uuid_is_kept(node_id: UUID) -> None:
    assert ModelNodeEvent(event_type="x", node_id=node_id).node_id == node_id
    read = ModelNodeEvent.model_validate({"event_type": "x", "node_id": str(node_id)})
    assert read.node_id == node_id


def test_a_node_has_one_ability_made_of_its_name_and_actions() -> None:
    event = ModelNodeIntrospectionEvent.create_from_node_info("t", "mailer", VERSION, ["a", "b"])
    assert event.capabilities.name == "mailer"
    assert event.capabilities.actions == ["a", "b"]
    assert event.capabilities.description == "mailer: a, b"
    assert event.capabilities.protocols == ["event_bus"]
    assert (event.health_endpoint, event.tags) == (None, [])


def test_a_request_has_a_correlation_id_of_its_own() -> None:
    one, two = (ModelRequestIntrospectionEvent(node_id=NODE) for _ in range(2))
    assert one.correlation_id != two.correlation_id
    assert (one.timeout_ms, one.filters, one.max_responses) == (5000, None, None)


@pytest.mark.parametrize(
    ("field", "value"),
    [("timeout_ms", 99), ("timeout_ms", 60001), ("max_responses", 0), ("max_responses", 1001)],
)
def test_a_request_is_bounded(field: str, value: int) -> None:
    with pytest.raises(ValidationError, match=field):
        ModelRequestIntrospectionEvent.model_validate({"node_id": NODE, field: value})


def test_requests_come_in_three_presets() -> None:
    discovery = ModelRequestIntrospectionEvent.create_discovery_request(NODE, requester_id="me")
    mcp = ModelRequestIntrospectionEvent.create_mcp_discovery_request(NODE)
    health = ModelRequestIntrospectionEvent.create_health_check_request(NODE)
    assert (discovery.timeout_ms, discovery.filters, discovery.requester_id) == (5000, None, "me")
    assert mcp.filters == ModelIntrospectionFilters.model_validate(
        {"protocols": ["mcp"], "status": ["ready", "busy"]}
    )
    assert (mcp.timeout_ms, mcp.include_resource_usage) == (3000, True)
    assert mcp.include_performance_metrics is False
    assert (health.timeout_ms, health.include_resource_usage) == (2000, True)
    assert health.include_performance_metrics is True
    given_one = ModelRequestIntrospectionEvent.create_health_check_request(NODE, timeout_ms=100)
    assert given_one.timeout_ms == 100


def test_a_ready_node_answers_with_its_abilities() -> None:
    event = ready()
    assert (event.correlation_id, event.node_name) == (ASKED, "tool")
    assert event.current_status is EnumNodeCurrentStatus.READY
    assert (event.tools, event.resource_usage, event.additional_info) == ([], None, None)


def test_a_node_that_failed_to_look_answers_why() -> None:
    event = ModelIntrospectionResponseEvent.create_error_response(
        ASKED, "tool", "tool", "no disk", version=VERSION, response_time_ms=1
    )
    assert event.current_status is EnumNodeCurrentStatus.ERROR
    assert event.capabilities.metadata == {"error": "no disk"}
    assert event.additional_info == {"error_message": "no disk"}


def test_an_answer_of_any_status_needs_all_its_facts() -> None:
    event = ModelIntrospectionResponseEvent.create_response(
        ASKED,
        NODE,
        "tool",
        version=VERSION,
        current_status="busy",
        capabilities=ModelNodeCapabilities(),
        response_time_ms=0,
    )
    assert event.current_status is EnumNodeCurrentStatus.BUSY
    with pytest.raises(ValidationError, match="response_time_ms"):
        ready(response_time_ms=-0.1)
    with pytest.raises(ValidationError, match="current_status"):
        ModelIntrospectionResponseEvent.create_response(ASKED, NODE, "tool", version=VERSION)


@pytest.mark.parametrize("timeout_ms", [999, 300001])
def test_an_invocation_is_bounded(timeout_ms: int) -> None:
    with pytest.raises(ValidationError, match="timeout_ms"):
        invocation(timeout_ms=timeout_ms)


def test_an_invocation_has_patient_defaults() -> None:
    made = invocation()
    assert (made.timeout_ms, made.priority, made.async_execution) == (30000, "normal", False)
    assert (made.parameters, made.routing_hints, made.requester_id) == ({}, {}, None)


def test_a_response_says_which_invocation_it_answers() -> None:
    asked = invocation(
        requester_id="me", requester_node_id=NODE, priority="high", async_execution=True
    )
    event = ModelToolResponseEvent.create_success_response(asked, {"sent": True}, 3.0)
    assert event.correlation_id == asked.correlation_id
    assert event.node_id == event.source_node_id == asked.target_node_id
    assert (event.tool_name, event.action, event.success) == ("mail", "send", True)
    assert (event.target_node_id, event.requester_id) == (NODE, "me")
    assert (event.execution_priority, event.execution_mode) == ("high", "asynchronous")
    assert (event.result, event.error, event.execution_time_ms) == ({"sent": True}, None, 3.0)


def test_a_failed_tool_says_why() -> None:
    event = ModelToolResponseEvent.create_error_response(
        invocation(), "no address", 1.0, error_code="TOOL_EXECUTION_ERROR"
    )
    assert (event.success, event.error, event.result) == (False, "no address", None)
    assert (event.error_code, event.execution_mode) == ("TOOL_EXECUTION_ERROR", "synchronous")


def test_a_tool_that_took_too_long_has_a_code_of_its_own() -> None:
    event = ModelToolResponseEvent.create_timeout_response(invocation(timeout_ms=2000), 2000.0)
    assert (event.success, event.error_code) == (False, "TOOL_EXECUTION_TIMEOUT")
    assert event.error == "Tool execution timed out after 2000 ms"


def test_a_result_is_what_json_knows() -> None:
    with pytest.raises(ValidationError, match="result"):
        ModelToolResponseEvent.create_success_response(
            invocation(),
            {"id": uuid4()},  # type: ignore[dict-item]
            1.0,
        )


def test_nodes_stop_for_four_reasons() -> None:
    graceful = ModelNodeShutdownEvent.create_graceful_shutdown("tool", "tool", uptime_seconds=2)
    failed = ModelNodeShutdownEvent.create_error_shutdown(NODE, "tool", "no disk")
    pausing = ModelNodeShutdownEvent.create_maintenance_shutdown(NODE, "tool")
    forced = ModelNodeShutdownEvent.create_forced_shutdown(NODE, "tool", final_metrics={"a": 1})
    assert (graceful.shutdown_reason, graceful.final_status) == ("graceful", "stopping")
    assert (graceful.uptime_seconds, graceful.restart_expected) == (2.0, False)
    assert (failed.shutdown_reason, failed.final_status) == ("error", "error")
    assert failed.cleanup_errors == ["no disk"]
    assert (pausing.shutdown_reason, pausing.restart_expected) == ("maintenance", True)
    assert (forced.shutdown_reason, forced.final_metrics) == ("forced", {"a": 1})


def test_a_node_is_announced_under_the_id_in_its_metadata() -> None:
    event = ModelNodeAnnounceEvent.create_from_metadata_block(block(inputs=["x"]), node_name="n")
    assert (event.node_id, event.node_name, event.inputs, event.outputs) == (NODE, "n", ["x"], [])
    assert (event.status, event.execution_mode) == ("ready", "direct")
    assert event.version == event.metadata_block.version
