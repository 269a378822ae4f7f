"""Emits deferred calls of other nodes and keeps those that wait."""

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from omnibase_core.enums.enum_log_level import EnumLogLevel as LogLevel
from omnibase_core.enums.enum_workflow_execution import EnumThunkType
from omnibase_core.logging.structured import emit_log_event_sync as emit_log_event
from omnibase_core.models.orchestrator.model_thunk import ModelThunk


class MixinThunkEmission:
    """Emits deferred calls of other nodes and keeps those that wait.

    Needs `self.node_id` from the class that it is mixed into.
    """

    if TYPE_CHECKING:
        node_id: UUID

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Give the instance 3 attributes of its own."""
        super().__init__(*args, **kwargs)
        # Whether the work of the steps is handed out. Steps are run and counted all the same
        # when it is not.
        self.thunk_emission_enabled: bool = True
        # How many thunks the node is expected to hold at most, as it is reported.
        self.max_thunk_queue_size: int = 1000
        # Everything that has been handed out, under the workflow that it was handed out for.
        # That is the id itself for workflows of this node, and whatever the caller of
        # `emit_thunk` has put into the operation data otherwise.
        self.emitted_thunks: dict[UUID | str, list[ModelThunk]] = {}

    async def emit_thunk(
        self,
        thunk_type: EnumThunkType,
        target_node_type: str,
        operation_data: dict[str, Any],
        dependencies: list[UUID] | None = None,
        priority: int = 1,
        timeout_ms: int = 30000,
    ) -> ModelThunk:
        """Hand out one deferred operation.

        The thunk is put down in the table of the node, under the workflow that the operation
        data name. Whoever dispatches thunks takes them from there.

        Args:
            thunk_type: The kind of the operation.
            target_node_type: The kind of node that is to carry it out.
            operation_data: What the operation works on. Its `workflow_id`, if there is one,
                decides where the thunk is put down.
            dependencies: The ids of the thunks that must have been carried out before.
            priority: How urgent the operation is, from 1 to 10.
            timeout_ms: How long the operation may take.

        Returns:
            The new thunk. It has an id of its own.
        """
        thunk = ModelThunk(
            thunk_id=uuid4(),
            thunk_type=thunk_type,
            target_node_type=target_node_type,
            operation_data=operation_data,
            dependencies=dependencies or [],
            priority=priority,
            timeout_ms=timeout_ms,
            retry_count=0,
            metadata={
                "emitted_by": self.node_id,
                "emission_time": datetime.now().isoformat(),
            },
        )

        # The workflow id is taken as it comes: an object stays an object.
        workflow_key = operation_data.get("workflow_id", "default")
        if workflow_key not in self.emitted_thunks:
            self.emitted_thunks[workflow_key] = []
        self.emitted_thunks[workflow_key].append(thunk)

        emit_log_event(
            LogLevel.INFO,
            f"Thunk emitted: {thunk_type.value} -> {target_node_type}",
            {
                "node_id": self.node_id,
                "thunk_id": thunk.thunk_id,
                "thunk_type": thunk_type.value,
                "target_node_type": target_node_type,
                "priority": priority,
                "dependencies": len(dependencies or []),
            },
        )

        return thunk

    def _get_thunk_emission_status(self) -> dict[str, Any]:
        """Describe how the node emits thunks at this moment.

        Returns:
            Whether it does and up to which limit, the types that there are, and what the
            emission can do.
        """
        return {
            "thunk_emission_enabled": self.thunk_emission_enabled,
            "max_thunk_queue_size": self.max_thunk_queue_size,
            "supported_thunk_types": [thunk_type.value for thunk_type in EnumThunkType],
            "thunk_emission_performance": "async_non_blocking",
            "priority_based_emission": True,
            "timeout_configurable": True,
        }
