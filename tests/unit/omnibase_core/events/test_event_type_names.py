"""The names of events are a public fact."""

import pytest

from omnibase_core.constants import event_types


def test_the_names_are_these() -> None:
    names = {value for name, value in vars(event_types).items() if name.isupper()}
    assert names == {
        "tool_invocation",
        "tool_response",
        "node_introspection_event",
        "request_real_time_introspection",
        "real_time_introspection_response",
        "NODE_INTROSPECTION_REQUEST",
        "NODE_INTROSPECTION_RESPONSE",
        "NODE_DISCOVERY_REQUEST",
        "NODE_DISCOVERY_RESPONSE",
        "NODE_ANNOUNCE",
        "node_shutdown_event",
        "node_start",
        "node_success",
        "node_failure",
        "node_health_check",
        "node_health_event",
        "service_discovery",
        "tool_discovery_request",
        "tool_discovery_response",
    }


@pytest.mark.parametrize("name", ["TOOL_INVOCATION", "NODE_START", "TOOL_DISCOVERY_RESPONSE"])
def test_a_constant_is_called_like_its_value(name: str) -> None:
    assert getattr(event_types, name) == name.lower()
