"""The names of the events that nodes send each other."""

from typing import Final

TOOL_INVOCATION: Final = "tool_invocation"
TOOL_RESPONSE: Final = "tool_response"

NODE_INTROSPECTION_EVENT: Final = "node_introspection_event"
REQUEST_REAL_TIME_INTROSPECTION: Final = "request_real_time_introspection"
REAL_TIME_INTROSPECTION_RESPONSE: Final = "real_time_introspection_response"

NODE_INTROSPECTION_REQUEST: Final = "NODE_INTROSPECTION_REQUEST"
NODE_INTROSPECTION_RESPONSE: Final = "NODE_INTROSPECTION_RESPONSE"
NODE_DISCOVERY_REQUEST: Final = "NODE_DISCOVERY_REQUEST"
NODE_DISCOVERY_RESPONSE: Final = "NODE_DISCOVERY_RESPONSE"

NODE_ANNOUNCE: Final = "NODE_ANNOUNCE"
NODE_SHUTDOWN_EVENT: Final = "node_shutdown_event"
NODE_START: Final = "node_start"
NODE_SUCCESS: Final = "node_success"
NODE_FAILURE: Final = "node_failure"
NODE_HEALTH_CHECK: Final = "node_health_check"
NODE_HEALTH_EVENT: Final = "node_health_event"

SERVICE_DISCOVERY: Final = "service_discovery"
TOOL_DISCOVERY_REQUEST: Final = "tool_discovery_request"
TOOL_DISCOVERY_RESPONSE: Final = "tool_discovery_response"
