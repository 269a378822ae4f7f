"""Makes a node that lives on a bus: announced, found, asked and shut down there."""

from typing import Any, Final
from uuid import UUID

from omnibase_core.enums.enum_log_level import EnumLogLevel as LogLevel
from omnibase_core.errors.error_codes import EnumCoreErrorCode
from omnibase_core.errors.model_onex_error import ModelOnexError
from omnibase_core.logging.structured import emit_log_event_sync as emit_log_event
from omnibase_core.mixins.mixin_event_handler import MixinEventHandler
from omnibase_core.mixins.mixin_introspection_publisher import MixinIntrospectionPublisher
from omnibase_core.mixins.mixin_node_lifecycle import MixinNodeLifecycle
from omnibase_core.mixins.mixin_request_response_introspection import (
    MixinRequestResponseIntrospection,
)

__all__ = ["MixinEventDrivenNode"]

_LOADER_TOOL: Final = "tool_metadata_loader"
_CAPABILITIES: Final = ("introspection", "discovery", "lifecycle")
_NO_VERSION: Final = "0.0.0"


class MixinEventDrivenNode(
    MixinEventHandler,
    MixinNodeLifecycle,
    MixinIntrospectionPublisher,
    MixinRequestResponseIntrospection,
):
    """Joins the bus when it is constructed, and stays until `cleanup_event_handlers`.

    A host may set `event_bus_settings`: whether the node joins at all, and whether a bus that
    is away at that moment is an error.
    """

    _node_id: UUID
    _on_bus = False

    def __init__(
        self,
        node_id: UUID,
        event_bus: Any,
        metadata_loader: Any = None,
        registry: Any = None,
        **kwargs: Any,
    ) -> None:
        """Join the bus, after the other bases have had all other arguments.

        Args:
            node_id: The id of the node; one that another base makes up gives way to it.
            event_bus: Any of the known kinds of bus.
            metadata_loader: Has the `metadata` of the node.
            registry: Where the loader is asked for if there is none: `get_tool` returns it,
                or its class.
            **kwargs: For the other bases.

        Raises:
            ModelOnexError: MISSING_REQUIRED_PARAMETER without a bus or a loader.
        """
        super().__init__(**kwargs)
        self._node_id = node_id
        self._registry = registry
        self.event_bus = self._event_bus = _required(event_bus, "event_bus")
        self.metadata_loader = _required(
            _loader_of(registry) if metadata_loader is None else metadata_loader,
            "metadata_loader",
        )
        emit_log_event(
            LogLevel.DEBUG,
            "MIXIN_INIT: MixinEventDrivenNode",
            {"mixin_class": type(self).__name__, "node_id": str(node_id)},
        )
        if self.event_bus_settings.event_bus_enabled:
            self._join_bus()

    @property
    def node_id(self) -> UUID:
        """The id of the node."""
        return self._node_id

    @node_id.setter
    def node_id(self, node_id: UUID) -> None:
        """Replace the id, as bases do that make up one."""
        self._node_id = node_id

    def get_node_name(self) -> str:
        """Return the name of the node's class in lower case."""
        return type(self).__name__.lower()

    def get_node_version(self) -> str:
        """Return the version in the metadata, 0.0.0 if there is none."""
        try:
            metadata = getattr(self.metadata_loader, "metadata", None)
            version = getattr(metadata, "version", None)
        except Exception as error:
            raise ModelOnexError(
                f"Cannot load the metadata of {self.get_node_name()}: {error}",
                error_code=EnumCoreErrorCode.METADATA_LOAD_FAILED,
                node_id=str(self.node_id),
            ) from error
        return _NO_VERSION if version is None else str(version)

    def get_capabilities(self) -> list[str]:
        """Return what others may ask of the node."""
        return list(_CAPABILITIES)

    def supports_introspection(self) -> bool:
        """Tell that the node can describe itself."""
        return True

    def get_introspection_data(self) -> Any:
        """Return how the node describes itself, or what is known of it if that fails."""
        try:
            return self._gather_introspection_data()
        except Exception as error:  # noqa: BLE001 - an override may fail, the answer may not
            self._log_bus_failure("gather its introspection data", error)
            return {
                "node_id": str(self.node_id),
                "node_name": self.get_node_name(),
                "capabilities": self.get_capabilities(),
            }

    def cleanup_event_handlers(self) -> None:
        """Drop every subscription and announce the end, once for each time the bus was joined."""
        if not self._on_bus:
            return
        self._on_bus = False
        try:
            self._teardown_request_response_introspection()
        except Exception as error:  # noqa: BLE001 - the other subscriptions must go as well
            self._log_bus_failure("unsubscribe from real-time requests", error)
        super().cleanup_event_handlers()
        self.cleanup_lifecycle_resources()

    def _handle_introspection_request(self, carried: Any) -> None:
        """Answer the general kind of request; real-time requests have a handler of their own."""
        super()._handle_introspection_request(carried)

    def _join_bus(self) -> None:
        """Subscribe and make the node known; leave again if that fails."""
        self._on_bus = True
        try:
            self._setup_event_handlers()
            self._setup_request_response_introspection()
            self._register_node()
            self._announce()
            self._register_shutdown_hook()
        except BaseException:
            self.cleanup_event_handlers()
            raise

    def _announce(self) -> None:
        """Publish what the node is; real-time answers tell the same."""
        self._cached_introspection = self._gather_introspection_data()
        try:
            self._publish_introspection_event()
        except Exception as error:
            if not self.event_bus_settings.graceful_degradation:
                raise
            self._log_bus_failure("make itself known", error)

    def _log_bus_failure(self, intent: str, error: Exception) -> None:
        facts = {"node": type(self).__name__, "error": repr(error)}
        emit_log_event(LogLevel.WARNING, f"A node on a bus could not {intent}", facts)


def _loader_of(registry: Any) -> Any:
    """Return the loader that a registry has, made if that is a class."""
    find = getattr(registry, "get_tool", None)
    tool = find(_LOADER_TOOL) if callable(find) else None
    return tool() if isinstance(tool, type) else tool


def _required(value: Any, name: str) -> Any:
    if value is None:
        raise ModelOnexError(
            f"An event-driven node needs {name!r}; give one to its constructor",
            error_code=EnumCoreErrorCode.MISSING_REQUIRED_PARAMETER,
            parameter=name,
        )
    return value
