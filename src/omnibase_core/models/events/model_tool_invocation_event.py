"""The event that asks a node to run one of its tools."""

from typing import Any, Literal
from uuid import UUID, uuid4

from pydantic import Field

from omnibase_core.constants.event_types import TOOL_INVOCATION
from omnibase_core.models.events.model_node_event import ModelNodeEvent
from omnibase_core.models.events.node_ids import NodeId, TextId


class ModelToolInvocationEvent(ModelNodeEvent):
    """Which tool of which node is to do what, and with which parameters."""

    event_type: Literal["tool_invocation"] = Field(
        default=TOOL_INVOCATION, description="Always this type"
    )
    correlation_id: UUID = Field(
        default_factory=uuid4, description="What the answer to this request carries"
    )
    target_node_id: NodeId = Field(description="The node that is asked")
    target_node_name: str = Field(min_length=1, description="What that node is called")
    tool_name: str = Field(min_length=1, description="The tool to run")
    action: str = Field(min_length=1, description="What the tool is to do")
    parameters: dict[str, Any] = Field(default_factory=dict, description="What it works on")
    timeout_ms: int = Field(
        default=30000, ge=1000, le=300000, description="How long the requester waits"
    )
    priority: str = Field(default="normal", description="How urgent it is")
    async_execution: bool = Field(
        default=False, description="Whether the requester goes on without the answer"
    )
    requester_id: TextId | None = Field(default=None, description="Who asks")
    requester_node_id: NodeId | None = Field(
        default=None, description="The node that wants the answer"
    )
    routing_hints: dict[str, Any] = Field(
        default_factory=dict, description="What helps to route the request"
    )
