"""The two envelopes: one carries anything, the other an event and its way."""

from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from omnibase_core.enums.enum_route_hop_type import EnumRouteHopType
from omnibase_core.enums.enum_routing_mode import EnumRoutingMode
from omnibase_core.models.core.model_event_envelope import (
    ModelEventEnvelope as ModelRoutingEnvelope,
)
from omnibase_core.models.core.model_route_spec import ModelRouteSpec
from omnibase_core.models.events import ModelEventEnvelope, ModelOnexEvent
from omnibase_core.models.events.model_node_shutdown_event import ModelNodeShutdownEvent
from omnibase_core.primitives.model_semver import ModelSemVer

NODE = UUID("11111111-2222-4333-8444-555555555555")
OTHER = UUID("99999999-2222-4333-8444-555555555555")
ASKED = UUID("77777777-2222-4333-8444-555555555555")


def happened(**fields: Any) -> ModelOnexEvent:
    return ModelOnexEvent(event_type="x.y", node_id=NODE, **fields)


def test_a_broadcast_names_its_source_as_text_and_no_target() -> None:
    envelope = ModelEventEnvelope.create_broadcast(happened(), NODE, correlation_id=ASKED)
    assert (envelope.source_tool, envelope.target_tool) == (str(NODE), None)
    assert (envelope.correlation_id, envelope.priority, envelope.retry_count) == (ASKED, 5, 0)
    assert envelope.onex_version == ModelSemVer(major=1, minor=0, patch=0)
    assert envelope.envelope_version == ModelSemVer(major=2, minor=0, patch=0)
    assert envelope.envelope_timestamp.tzinfo is not None


def test_a_directed_envelope_names_its_target_too() -> None:
    envelope = ModelEventEnvelope.create_directed("hello", NODE, OTHER, ASKED, priority=9)
    assert (envelope.source_tool, envelope.target_tool) == (str(NODE), str(OTHER))
    assert (envelope.payload, envelope.correlation_id, envelope.priority) == ("hello", ASKED, 9)


@pytest.mark.parametrize(
    ("fields", "match"),
    [
        ({"source_tool": NODE}, "source_tool"),
        ({"target_tool": NODE}, "target_tool"),
        ({"priority": 0}, "priority"),
        ({"priority": 11}, "priority"),
        ({"retry_count": -1}, "retry_count"),
        ({"timeout_seconds": 0}, "timeout_seconds"),
    ],
)
def test_an_envelope_refuses(fields: dict[str, Any], match: str) -> None:
    with pytest.raises(ValidationError, match=match):
        ModelEventEnvelope[str](payload="", **fields)


@given(st.none() | st.text() | st.booleans() | st.lists(st.text()))
def test_any_payload_is_carried_as_it_is(payload: object) -> None:
    envelope = ModelEventEnvelope.create_broadcast(payload, "tool")
    assert envelope.payload is payload
    assert ModelEventEnvelope.model_validate_json(envelope.model_dump_json()) == envelope


@pytest.mark.parametrize("kind", [ModelEventEnvelope, ModelEventEnvelope[ModelOnexEvent]])
def test_an_event_of_a_subclass_is_dumped_whole(kind: Any) -> None:
    event = ModelNodeShutdownEvent.create_graceful_shutdown(NODE, "tool", final_metrics={"a": 1})
    envelope = kind.create_broadcast(event, NODE)
    assert isinstance(envelope, ModelEventEnvelope)
    assert envelope.payload is event
    read: Any = ModelEventEnvelope.model_validate_json(envelope.model_dump_json()).payload
    assert ModelNodeShutdownEvent.model_validate(read) == event


def test_a_typed_envelope_gives_back_an_event() -> None:
    text = ModelEventEnvelope.create_broadcast(happened(data={"a": 1}), NODE).model_dump_json()
    assert isinstance(ModelEventEnvelope.model_validate_json(text).payload, dict)
    read = ModelEventEnvelope[ModelOnexEvent].model_validate_json(text)
    assert read.payload.data == {"a": 1}


def test_a_routed_envelope_takes_the_correlation_id_of_its_event() -> None:
    envelope = ModelRoutingEnvelope.create_broadcast(happened(correlation_id=ASKED), NODE)
    assert (envelope.correlation_id, envelope.source_node_id) == (ASKED, NODE)
    assert envelope.route_spec.routing_mode is EnumRoutingMode.BROADCAST
    assert envelope.route_spec.final_destination == "broadcast://all"
    assert envelope.envelope_version == ModelSemVer(major=1, minor=0, patch=0)
    given_one = ModelRoutingEnvelope.create_broadcast(
        happened(correlation_id=ASKED), NODE, correlation_id=OTHER, metadata={"a": 1}
    )
    assert (given_one.correlation_id, given_one.metadata) == (OTHER, {"a": 1})


def test_a_routed_envelope_cannot_do_without_a_correlation_id() -> None:
    with pytest.raises(ValidationError, match="correlation_id"):
        ModelRoutingEnvelope.create_direct(happened(), "node://x", NODE)


def test_a_routed_envelope_carries_events_only() -> None:
    with pytest.raises(ValidationError, match="payload"):
        ModelRoutingEnvelope.create_broadcast("text", NODE, correlation_id=ASKED)  # type: ignore[arg-type]


def test_a_routed_envelope_comes_from_a_node_with_an_id() -> None:
    event = happened(correlation_id=ASKED)
    with pytest.raises(ValidationError, match="source_node_id"):
        ModelRoutingEnvelope.create_broadcast(event, "tool")  # type: ignore[arg-type]


def test_direct_and_anycast_go_where_they_are_told() -> None:
    event = happened(correlation_id=ASKED)
    direct = ModelRoutingEnvelope.create_direct(event, f"node://{OTHER}", NODE)
    anycast = ModelRoutingEnvelope.create_anycast(event, "service://mail", NODE)
    assert direct.route_spec.next_hop == f"node://{OTHER}"
    assert direct.route_spec.routing_mode is EnumRoutingMode.DIRECT
    assert anycast.route_spec.next_hop == "service://mail"
    assert anycast.route_spec.routing_mode is EnumRoutingMode.ANYCAST


def test_an_explicit_route_is_gone_hop_by_hop_and_leaves_a_trace() -> None:
    way = ModelRouteSpec.create_explicit_route(["node://a", "node://b"], "node://c")
    envelope = ModelRoutingEnvelope.create_explicit(happened(correlation_id=ASKED), way, NODE)
    envelope.record_hop(NODE, EnumRouteHopType.SOURCE)
    assert envelope.route_spec.next_hop == "node://a"
    envelope.record_hop(OTHER)
    assert envelope.route_spec.next_hop == "node://b"
    envelope.record_hop(OTHER)
    assert envelope.route_spec.next_hop == "node://c"
    envelope.record_hop(OTHER)
    assert envelope.route_spec.next_hop == "node://c"
    assert [hop.node_id for hop in envelope.trace] == [NODE, OTHER, OTHER, OTHER]
    assert envelope.current_hop_count == 4
    assert way.remaining_hops == ("node://a", "node://b")


def test_deliveries_are_counted_and_the_last_error_kept() -> None:
    envelope = ModelRoutingEnvelope.create_broadcast(happened(correlation_id=ASKED), NODE)
    envelope.record_delivery("nobody there")
    assert (envelope.is_delivered, envelope.last_delivery_error) == (False, "nobody there")
    envelope.record_delivery()
    assert (envelope.is_delivered, envelope.last_delivery_error) == (True, None)
    assert envelope.delivery_attempts == 2


def test_a_routed_envelope_survives_json_with_an_event_of_a_subclass() -> None:
    event = ModelNodeShutdownEvent.create_forced_shutdown(NODE, "tool", correlation_id=ASKED)
    envelope = ModelRoutingEnvelope.create_broadcast(event, NODE)
    assert envelope.payload is event
    dumped = envelope.model_dump(mode="json")
    assert ModelNodeShutdownEvent.model_validate(dumped["payload"]) == event
    plain = ModelRoutingEnvelope.create_broadcast(happened(correlation_id=ASKED), NODE)
    assert ModelRoutingEnvelope.model_validate_json(plain.model_dump_json()) == plain


def test_a_destination_is_not_empty() -> None:
    with pytest.raises(ValidationError, match="final_destination"):
        ModelRouteSpec.create_direct_route("")
