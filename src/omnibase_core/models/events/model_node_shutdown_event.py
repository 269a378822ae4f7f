"""The event with which a node takes its leave."""

from datetime import datetime
from typing import Any, Literal, Self
from uuid import UUID

from pydantic import Field

from omnibase_core.constants.event_types import NODE_SHUTDOWN_EVENT
from omnibase_core.enums.enum_node_current_status import EnumNodeCurrentStatus
from omnibase_core.models.events.model_node_event import ModelNodeEvent
from omnibase_core.models.events.node_ids import NodeId


def _now() -> datetime:
    return datetime.now()  # noqa: DTZ005 - the time of an event is local by contract


class ModelNodeShutdownEvent(ModelNodeEvent):
    """Why a node stops, what it leaves behind, and whether it will be back."""

    event_type: Literal["node_shutdown_event"] = Field(
        default=NODE_SHUTDOWN_EVENT, description="Always this type"
    )
    node_name: str = Field(min_length=1, description="What the node is called")
    shutdown_reason: str = Field(min_length=1, description="Why it stops")
    shutdown_initiated_at: datetime = Field(
        default_factory=_now, description="When it began to stop, in local time"
    )
    final_status: EnumNodeCurrentStatus = Field(
        default=EnumNodeCurrentStatus.STOPPING, description="The last status it had"
    )
    uptime_seconds: float | None = Field(default=None, ge=0.0, description="How long it ran")
    requests_processed: int | None = Field(default=None, ge=0, description="What it got done")
    cleanup_actions: list[str] = Field(default_factory=list, description="What it cleared up")
    cleanup_errors: list[str] = Field(
        default_factory=list, description="What went wrong on the way out"
    )
    restart_expected: bool = Field(default=False, description="Whether it will be back")
    restart_delay_seconds: float | None = Field(default=None, ge=0.0, description="And when")
    replacement_node_id: NodeId | None = Field(default=None, description="Who takes over")
    service_id: str | None = Field(default=None, description="The service it is part of")
    final_metrics: dict[str, Any] = Field(default_factory=dict, description="Its last figures")

    @classmethod
    def create_graceful_shutdown(cls, node_id: UUID | str, node_name: str, **fields: Any) -> Self:
        """Return the event of a node that stops because its work is done."""
        return cls._stopping(node_id, node_name, {"shutdown_reason": "graceful"} | fields)

    @classmethod
    def create_error_shutdown(
        cls, node_id: UUID | str, node_name: str, error_message: str, **fields: Any
    ) -> Self:
        """Return the event of a node that an error stops."""
        preset = {
            "shutdown_reason": "error",
            "final_status": EnumNodeCurrentStatus.ERROR,
            "cleanup_errors": [error_message],
        }
        return cls._stopping(node_id, node_name, preset | fields)

    @classmethod
    def create_maintenance_shutdown(
        cls, node_id: UUID | str, node_name: str, **fields: Any
    ) -> Self:
        """Return the event of a node that is stopped for a while and will be back."""
        preset = {"shutdown_reason": "maintenance", "restart_expected": True}
        return cls._stopping(node_id, node_name, preset | fields)

    @classmethod
    def create_forced_shutdown(cls, node_id: UUID | str, node_name: str, **fields: Any) -> Self:
        """Return the event of a node that is stopped with work left undone."""
        return cls._stopping(node_id, node_name, {"shutdown_reason": "forced"} | fields)

    @classmethod
    def _stopping(cls, node_id: UUID | str, node_name: str, fields: dict[str, Any]) -> Self:
        return cls(node_id=node_id, node_name=node_name, **fields)


__all__ = ["ModelNodeShutdownEvent"]
