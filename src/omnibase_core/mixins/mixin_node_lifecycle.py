"""Announces a node, its starts, successes and failures, and its end."""

import atexit
import time
from collections.abc import Callable
from enum import Enum
from typing import Any
from uuid import UUID, uuid4
from weakref import WeakMethod

from omnibase_core.constants.event_types import NODE_FAILURE, NODE_START, NODE_SUCCESS
from omnibase_core.enums.enum_log_level import EnumLogLevel as LogLevel
from omnibase_core.logging.structured import emit_log_event_sync as emit_log_event
from omnibase_core.models.events.model_event_envelope import ModelEventEnvelope
from omnibase_core.models.events.model_node_announce_event import ModelNodeAnnounceEvent
from omnibase_core.models.events.model_node_shutdown_event import ModelNodeShutdownEvent
from omnibase_core.models.events.model_onex_event import ModelOnexEvent
from omnibase_core.models.events.model_onex_event_metadata import ModelOnexEventMetadata
from omnibase_core.utils.bus_calls import settled
from omnibase_core.utils.node_facts import metadata_block_of, simple_node_name

__all__ = ["MixinNodeLifecycle"]


class MixinNodeLifecycle:
    """Publishes the stages in the life of a node, and never fails at it: errors are logged.

    Needs `event_bus`, without which nothing is published, and `_node_id`; one that is no
    UUID is replaced by a random id, always the same for one node. Uses `metadata_loader`,
    `execution_mode` and `cleanup_event_handlers` if there are any.
    """

    # Defaults on the class serve hosts whose constructors stop short of this one.
    _lifecycle_began_at: float | None = None
    _lifecycle_made_up_id: UUID | None = None
    _lifecycle_exit_hook: Callable[[], None] | None = None
    _lifecycle_has_ended: bool = False
    _lifecycle_is_closing: bool = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Note the time, and pass all arguments on."""
        super().__init__(*args, **kwargs)
        self._lifecycle_began_at = time.monotonic()
        emit_log_event(
            LogLevel.DEBUG,
            "MIXIN_INIT: MixinNodeLifecycle",
            {"mixin_class": type(self).__name__},
        )

    def emit_node_start(
        self, metadata: dict[str, Any] | None = None, correlation_id: UUID | None = None
    ) -> UUID:
        """Publish that work begins; return the correlation id, new if none is given."""
        return self._emit_stage(NODE_START, metadata, correlation_id)

    def emit_node_success(
        self, metadata: dict[str, Any] | None = None, correlation_id: UUID | None = None
    ) -> UUID:
        """Publish that work is done; return the correlation id, new if none is given."""
        return self._emit_stage(NODE_SUCCESS, metadata, correlation_id)

    def emit_node_failure(
        self, metadata: dict[str, Any] | None = None, correlation_id: UUID | None = None
    ) -> UUID:
        """Publish that work has failed; return the correlation id, new if none is given."""
        return self._emit_stage(NODE_FAILURE, metadata, correlation_id)

    def cleanup_lifecycle_resources(self) -> None:
        """Publish the end of the node and drop its event handlers.

        A `cleanup_event_handlers` that calls this method in turn finds nothing left to do.
        """
        if self._lifecycle_is_closing:
            return
        self._lifecycle_is_closing = True
        try:
            self._publish_shutdown_event()
            self._forget_shutdown_hook()
            if cleanup := getattr(self, "cleanup_event_handlers", None):
                cleanup()
        except Exception as error:  # noqa: BLE001 - a node that ends must not be held up
            self._log_lifecycle_failure("clean up", error)
        finally:
            self._lifecycle_is_closing = False

    def _register_node(self) -> None:
        """Publish that the node is there, with its metadata."""
        self._lifecycle_has_ended = False
        self._publish_stage(self._announcement)

    def _register_shutdown_hook(self) -> None:
        """See to it that the end is published when the process exits, if the node still exists.

        The hook does not keep the node alive, and is registered once.
        """
        if self._lifecycle_exit_hook is not None:
            return
        end = WeakMethod(self._publish_shutdown_event)

        def hook() -> None:
            if publish := end():
                publish()

        self._lifecycle_exit_hook = atexit.register(hook)

    def _forget_shutdown_hook(self) -> None:
        if self._lifecycle_exit_hook is not None:
            atexit.unregister(self._lifecycle_exit_hook)
            self._lifecycle_exit_hook = None

    def _publish_shutdown_event(self) -> None:
        """Publish that the node has ended as it should; once, until it is registered again."""
        if not self._lifecycle_has_ended:
            self._lifecycle_has_ended = self._publish_stage(self._farewell)

    def _announcement(self) -> ModelOnexEvent:
        node_id = self._lifecycle_node_id()
        # Other mixins have an `execution_mode` too, which is None before the first execution.
        mode = getattr(self, "execution_mode", None)
        text = mode.value if isinstance(mode, Enum) else mode
        known = {"execution_mode": text} if isinstance(text, str) and text else {}
        return ModelNodeAnnounceEvent.create_from_metadata_block(
            metadata_block_of(self, node_id), node_id=node_id, correlation_id=uuid4(), **known
        )

    def _farewell(self) -> ModelOnexEvent:
        began = self._lifecycle_began_at
        return ModelNodeShutdownEvent.create_graceful_shutdown(
            self._lifecycle_node_id(),
            simple_node_name(self),
            uptime_seconds=None if began is None else time.monotonic() - began,
            correlation_id=uuid4(),
        )

    def _emit_stage(
        self, event_type: str, metadata: dict[str, Any] | None, correlation_id: UUID | None
    ) -> UUID:
        known_as = correlation_id or uuid4()

        def event() -> ModelOnexEvent:
            told = None if metadata is None else ModelOnexEventMetadata.model_validate(metadata)
            return ModelOnexEvent.create_core_event(
                event_type, self._lifecycle_node_id(), correlation_id=known_as, metadata=told
            )

        self._publish_stage(event)
        return known_as

    def _publish_stage(self, make_event: Callable[[], ModelOnexEvent]) -> bool:
        """Tell whether the event was made and handed to the bus."""
        bus = getattr(self, "event_bus", None)
        if bus is None:
            return False
        try:
            event = make_event()
            envelope = ModelEventEnvelope[ModelOnexEvent].create_broadcast(
                event, event.node_id, event.correlation_id
            )
            settled(bus.publish(envelope))
        except Exception as error:  # noqa: BLE001 - work goes on, whether others hear of it or not
            self._log_lifecycle_failure("publish", error)
            return False
        return True

    def _lifecycle_node_id(self) -> UUID:
        try:
            return UUID(str(getattr(self, "_node_id", None)))
        except ValueError:
            self._lifecycle_made_up_id = self._lifecycle_made_up_id or uuid4()
            return self._lifecycle_made_up_id

    def _log_lifecycle_failure(self, intent: str, error: Exception) -> None:
        facts = {"node": type(self).__name__, "error": repr(error)}
        emit_log_event(LogLevel.ERROR, f"The lifecycle of a node could not {intent}", facts)
