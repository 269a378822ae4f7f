"""What events and their types accept, and that they survive being written and read."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from omnibase_core.models.events import (
    ModelEventType,
    ModelOnexEvent,
    ModelOnexEventMetadata,
    create_event_type_from_registry,
    is_event_equal,
)
from omnibase_core.models.events.event_type_registry import REGISTERED_EVENT_TYPES
from omnibase_core.models.events.model_discovery_request_metadata import (
    ModelDiscoveryRequestMetadata,
)
from omnibase_core.models.events.model_discovery_response_metadata import (
    ModelDiscoveryResponseMetadata,
)
from omnibase_core.primitives.model_semver import ModelSemVer

NODE = UUID("11111111-2222-4333-8444-555555555555")
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
NAMES = st.from_regex(r"[A-Z][A-Z0-9_]*", fullmatch=True)


def test_an_event_needs_a_type_and_a_node_and_fills_in_the_rest() -> None:
    event = ModelOnexEvent(event_type="x.y", node_id=NODE)
    assert isinstance(event.event_id, UUID)
    assert event.timestamp.tzinfo is None
    assert (event.metadata, event.correlation_id, event.data) == (None, None, None)


@pytest.mark.parametrize("missing", ["event_type", "node_id"])
def test_what_an_event_needs_cannot_be_left_out(missing: str) -> None:
    fields = {"event_type": "x", "node_id": NODE}
    del fields[missing]
    with pytest.raises(ValidationError, match=rf"{missing}\n  Field required"):
        ModelOnexEvent.model_validate(fields)


@pytest.mark.parametrize(
    ("extra", "match"),
    [
        ({"message": "done"}, "Extra inputs are not permitted"),
        ({"data": "text"}, "valid dictionary"),
        ({"data": ["x"]}, "valid dictionary"),
        ({"data": ModelOnexEventMetadata()}, "valid dictionary"),
        ({"node_id": "tool-7"}, "valid UUID"),
        ({"correlation_id": "c"}, "valid UUID"),
        ({"event_type": None}, "valid string"),
    ],
)
def test_an_event_refuses(extra: dict[str, Any], match: str) -> None:
    with pytest.raises(ValidationError, match=match):
        ModelOnexEvent.model_validate({"event_type": "x", "node_id": NODE, **extra})


@given(
    event_type=st.text() | NAMES.map(create_event_type_from_registry),
    data=st.none() | st.dictionaries(st.text(), JSON, max_size=4),
    correlation_id=st.none() | st.uuids(),
)
def test_an_event_survives_json(
    event_type: str | ModelEventType, data: dict[str, Any] | None, correlation_id: UUID | None
) -> None:
    event = ModelOnexEvent(
        event_type=event_type, node_id=NODE, data=data, correlation_id=correlation_id
    )
    back = ModelOnexEvent.model_validate_json(event.model_dump_json())
    assert back == event
    assert type(back.event_type) is type(event_type)


def test_metadata_keeps_every_key() -> None:
    metadata = ModelOnexEventMetadata.model_validate({"domain": "x", "deep": {"a": [1]}})
    event = ModelOnexEvent(event_type="x", node_id=NODE, metadata=metadata)
    assert event.model_dump()["metadata"] == {"domain": "x", "deep": {"a": [1]}}
    assert getattr(event.metadata, "domain", None) == "x"
    assert getattr(event.metadata, "absent", None) is None


def test_metadata_of_a_subclass_travels_whole_and_can_be_rebuilt() -> None:
    request = ModelDiscoveryRequestMetadata(node_types=["Tool"], filter_criteria={"a": 1})
    event = ModelOnexEvent(event_type="DISCOVERY_REQUEST", node_id=NODE, metadata=request)
    assert event.metadata is request
    back = ModelOnexEvent.model_validate_json(event.model_dump_json())
    assert back.metadata is not None
    assert ModelDiscoveryRequestMetadata.model_validate(back.metadata.model_dump()) == request


def test_a_discovery_response_says_who_answers() -> None:
    made = ModelDiscoveryResponseMetadata(
        request_id=uuid4(), node_id=NODE, introspection={}, node_type="Tool", response_time_ms=0.5
    )
    assert made.version == ModelSemVer(major=0, minor=0, patch=0)
    assert (made.health_status, made.capabilities, made.event_channels) == ("healthy", [], [])
    assert ModelDiscoveryResponseMetadata.model_validate_json(made.model_dump_json()) == made


def test_factories_name_who_the_event_comes_from() -> None:
    core = ModelOnexEvent.create_core_event("core.node.start", NODE, data={"a": 1})
    user = ModelOnexEvent.create_user_event("shop", "sold", NODE)
    plugin = ModelOnexEvent.create_plugin_event("mail", "sent", NODE, correlation_id=NODE)
    assert (core.event_type, core.data) == ("core.node.start", {"a": 1})
    assert user.event_type == "user.shop.sold"
    assert (plugin.event_type, plugin.correlation_id) == ("plugin.mail.sent", NODE)


@given(NAMES)
def test_a_type_equals_its_name_and_every_type_of_that_name(name: str) -> None:
    fresh = create_event_type_from_registry(name)
    other = ModelEventType(event_name=name, namespace="elsewhere", severity="error")
    assert str(fresh) == name
    assert fresh == name
    assert name == fresh
    assert fresh == other
    assert len({fresh, other, name}) == 1
    assert fresh != name + "_"
    assert fresh != 1
    assert is_event_equal(fresh, name)
    assert is_event_equal(name, other)
    assert not is_event_equal(fresh, "A" + name)


@pytest.mark.parametrize("name", ["", "node_start", "1A", "_A", "A-B", "A\n", "A.B", "Ä"])
def test_a_type_refuses_names_that_are_not_upper_case(name: str) -> None:
    with pytest.raises(ValidationError, match="event_name"):
        ModelEventType(event_name=name)


def test_a_type_cannot_be_changed() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        ModelEventType(event_name="A").event_name = "B"  # type: ignore[misc]


def test_the_registered_types_are_found_by_name() -> None:
    assert set(REGISTERED_EVENT_TYPES) == {
        "NODE_START",
        "NODE_SUCCESS",
        "NODE_FAILURE",
        "NODE_REGISTER",
        "TELEMETRY_OPERATION_START",
        "TELEMETRY_OPERATION_SUCCESS",
        "TELEMETRY_OPERATION_ERROR",
        "STRUCTURED_LOG",
        "HEALTH_CHECK",
        "PERFORMANCE_METRIC",
    }
    known = create_event_type_from_registry("NODE_FAILURE")
    assert known is REGISTERED_EVENT_TYPES["NODE_FAILURE"]
    assert (known.namespace, known.category, known.severity) == ("onex", "lifecycle", "error")
    assert create_event_type_from_registry("MINE").description == ""
