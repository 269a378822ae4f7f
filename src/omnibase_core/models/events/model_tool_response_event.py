"""The event in which a node answers a tool invocation."""

from typing import Any, Literal, Self
from uuid import UUID

from pydantic import Field, JsonValue

from omnibase_core.constants.event_types import TOOL_RESPONSE
from omnibase_core.models.events.model_node_event import ModelNodeEvent
from omnibase_core.models.events.model_resource_usage import ModelResourceUsage
from omnibase_core.models.events.model_tool_invocation_event import ModelToolInvocationEvent
from omnibase_core.models.events.node_ids import NodeId, TextId


class ModelToolResponseEvent(ModelNodeEvent):
    """What came of a tool invocation; the result is a mapping of what JSON knows."""

    event_type: Literal["tool_response"] = Field(
        default=TOOL_RESPONSE, description="Always this type"
    )
    correlation_id: UUID = Field(description="The invocation that is answered")
    source_node_id: NodeId = Field(description="The node that ran the tool")
    source_node_name: str = Field(min_length=1, description="What that node is called")
    tool_name: str = Field(min_length=1, description="The tool that was run")
    action: str = Field(min_length=1, description="What it was to do")
    success: bool = Field(description="Whether it did it")
    result: dict[str, JsonValue] | None = Field(default=None, description="What it returned")
    error: str | None = Field(default=None, description="Why it failed")
    error_code: str | None = Field(default=None, description="The kind of failure")
    execution_time_ms: float = Field(ge=0.0, description="How long it ran")
    queue_time_ms: float | None = Field(
        default=None, ge=0.0, description="How long the invocation waited before"
    )
    execution_priority: str = Field(default="normal", description="How urgent it was")
    execution_mode: str = Field(
        default="synchronous", description="Whether the requester waited: synchronous or not"
    )
    target_node_id: NodeId | None = Field(default=None, description="For which node this is")
    requester_id: TextId | None = Field(default=None, description="Who had asked")
    output_metadata: dict[str, Any] = Field(
        default_factory=dict, description="Facts about the result"
    )
    resource_usage: ModelResourceUsage | None = Field(
        default=None, description="What running it used"
    )

    @classmethod
    def create_success_response(
        cls,
        invocation: ModelToolInvocationEvent,
        result: dict[str, JsonValue],
        execution_time_ms: float,
        **fields: Any,
    ) -> Self:
        """Return the answer of a tool that did what it was asked for."""
        outcome = {"success": True, "result": result, "execution_time_ms": execution_time_ms}
        return cls._answer(invocation, outcome | fields)

    @classmethod
    def create_error_response(
        cls,
        invocation: ModelToolInvocationEvent,
        error: str,
        execution_time_ms: float,
        **fields: Any,
    ) -> Self:
        """Return the answer of a tool that failed."""
        outcome = {"success": False, "error": error, "execution_time_ms": execution_time_ms}
        return cls._answer(invocation, outcome | fields)

    @classmethod
    def create_timeout_response(
        cls, invocation: ModelToolInvocationEvent, execution_time_ms: float, **fields: Any
    ) -> Self:
        """Return the answer for a tool that took longer than the requester waits."""
        error = f"Tool execution timed out after {invocation.timeout_ms} ms"
        preset = {"error_code": "TOOL_EXECUTION_TIMEOUT"}
        return cls.create_error_response(invocation, error, execution_time_ms, **(preset | fields))

    @classmethod
    def _answer(cls, invocation: ModelToolInvocationEvent, fields: dict[str, Any]) -> Self:
        mode = "asynchronous" if invocation.async_execution else "synchronous"
        copied = {
            "node_id": invocation.target_node_id,
            "correlation_id": invocation.correlation_id,
            "source_node_id": invocation.target_node_id,
            "source_node_name": invocation.target_node_name,
            "tool_name": invocation.tool_name,
            "action": invocation.action,
            "execution_priority": invocation.priority,
            "execution_mode": mode,
            "target_node_id": invocation.requester_node_id,
            "requester_id": invocation.requester_id,
        }
        return cls(**(copied | fields))
