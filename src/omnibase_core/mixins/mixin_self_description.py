"""Describes a node, its health, its metrics and what it holds."""

from typing import TYPE_CHECKING, Any

from omnibase_core.enums.enum_log_level import EnumLogLevel as LogLevel
from omnibase_core.logging.structured import emit_log_event_sync as emit_log_event

if TYPE_CHECKING:
    from uuid import UUID


class MixinSelfDescription:
    """Describes a node, its health, its metrics and what it holds.

    Needs `self._accept_probe`, `self._collect_metrics`, `self._count_resources`,
    `self._describe`, `self._describe_briefly`, `self.node_id`, `self.node_label`,
    `self.work_label` from the class that it is mixed into.
    """

    if TYPE_CHECKING:
        node_id: UUID
        node_label: str
        work_label: str

        def _accept_probe(self) -> None: ...

        def _collect_metrics(self) -> dict[str, Any]: ...

        def _count_resources(self) -> dict[str, Any]: ...

        def _describe(self) -> dict[str, Any]: ...

        def _describe_briefly(self, e: Any) -> dict[str, Any]: ...

    async def get_introspection_data(self) -> dict[str, Any]:
        """Describe what this node is, what it can do and how it fares.

        Returns:
            Capabilities, contract details, run-time information, what the node manages, the
            configuration and what concerns tickets. If any part of it cannot be made, a
            reduced description with the reason is returned instead.
        """
        try:
            return self._describe()

        except Exception as e:
            # Whoever asks is often looking for the cause of a trouble already, so a partial
            # answer is worth more to them than an error.
            emit_log_event(
                LogLevel.WARNING,
                f"Failed to generate full {self.node_label} introspection data: {e!s}, using fallback",
                {"node_id": self._shown_node_id(), "error": str(e)},
            )

            return self._describe_briefly(e)

    def _shown_node_id(self) -> Any:
        """Do what differs between the classes in `get_introspection_data`."""
        return self.node_id

    def _get_health_status(self) -> str:
        """Judge the health of the node by whether it still accepts a plain input.

        Returns:
            `healthy`, or `unhealthy` if the validation refuses the input.
        """
        try:
            self._accept_probe()
            return "healthy"

        except Exception:
            return "unhealthy"

    def _get_metrics_sync(self) -> dict[str, Any]:
        """Report the metrics of the node's work as they stand, without awaiting anything.

        Returns:
            The metrics of each kind of work and of what is open at the moment, or the
            status `unknown` with the error if they cannot be put together.
        """
        try:
            return self._collect_metrics()

        except Exception as e:
            emit_log_event(
                LogLevel.WARNING,
                f"Failed to get {self.work_label} metrics: {e!s}",
                {"node_id": self._shown_node_id(), "error": str(e)},
            )
            return {"status": "unknown", "error": str(e)}

    def _get_resource_usage(self) -> dict[str, Any]:
        """Count what the node holds at this moment.

        Returns:
            The number of each kind of thing that it holds, and the limits that these have;
            or the status `unknown` if they cannot be counted.
        """
        try:
            return self._count_resources()

        except Exception as e:
            emit_log_event(
                LogLevel.WARNING,
                f"Failed to get {self.node_label} resource usage: {e!s}",
                {"node_id": self._shown_node_id(), "error": str(e)},
            )
            return {"status": "unknown"}
