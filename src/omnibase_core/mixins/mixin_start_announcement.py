"""Announces the limits that a node starts with."""

from typing import TYPE_CHECKING, Any

from omnibase_core.enums.enum_log_level import EnumLogLevel as LogLevel
from omnibase_core.logging.structured import emit_log_event_sync as emit_log_event


class MixinStartAnnouncement:
    """Announces the limits that a node starts with.

    Needs `self._start_facts`, `self.node_class_name` from the class that it is mixed
    into.
    """

    if TYPE_CHECKING:
        node_class_name: str

        def _start_facts(self) -> Any: ...

    async def _initialize_node_resources(self) -> None:
        """Announce the limits that the node starts with.

        Nothing has to be acquired: whatever the node needs exists since the construction.
        """
        emit_log_event(
            LogLevel.INFO,
            f"{self.node_class_name} resources initialized",
            self._start_facts(),
        )
