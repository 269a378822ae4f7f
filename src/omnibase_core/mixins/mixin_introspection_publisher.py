"""Tells everybody on the bus what a node is and what it can do."""

import re
from typing import Any, Final
from uuid import UUID, uuid4

from omnibase_core.enums.enum_log_level import EnumLogLevel as LogLevel
from omnibase_core.logging.structured import emit_log_event_sync as emit_log_event
from omnibase_core.mixins.mixin_node_introspection_data import MixinNodeIntrospectionData
from omnibase_core.models.core.model_event_envelope import ModelEventEnvelope
from omnibase_core.models.events.model_event_envelope import (
    ModelEventEnvelope as ModelAnyEnvelope,
)
from omnibase_core.models.events.model_node_capabilities import ModelNodeCapabilities
from omnibase_core.models.events.model_node_capability import ModelNodeCapability
from omnibase_core.models.events.model_node_introspection_event import (
    ModelNodeIntrospectionEvent,
)
from omnibase_core.models.events.model_onex_event import ModelOnexEvent
from omnibase_core.primitives.model_semver import ModelSemVer
from omnibase_core.utils.bus_calls import settled
from omnibase_core.utils.node_actions import actions_of
from omnibase_core.utils.node_facts import metadata_value, semver_of

__all__ = ["MixinIntrospectionPublisher"]

_DEFAULT_VERSION: Final = ModelSemVer(major=1, minor=0, patch=0)
_WORD_STARTS: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_TAG_WORDS: Final = ("node", "cli", "registry", "manager", "generator", "logger")
_PROTOCOLS: Final = ("mcp", "graphql", "http")
_NAMESPACE_PARTS: Final = 3  # fewer parts do not say where the node is


class MixinIntrospectionPublisher:
    """Gathers the facts of a node, even if some cannot be had, and publishes them once.

    Needs `event_bus` and `_node_id`, and uses `metadata_loader` if there is one. Whatever
    `_node_id` is, facts are gathered; only under one that is a UUID, or spells one, can
    they be published.
    """

    _node_id: UUID | str

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Pass all arguments on."""
        super().__init__(*args, **kwargs)
        emit_log_event(
            LogLevel.DEBUG,
            "MIXIN_INIT: MixinIntrospectionPublisher",
            {"mixin_class": type(self).__name__},
        )

    def _publish_introspection_event(self) -> None:
        """Publish the facts under a new correlation id; do nothing without a bus."""
        if getattr(self, "event_bus", None) is None:
            return
        try:
            self._publish_with_retry(self._introspection_event())
        except Exception as error:
            self._log_publishing("Cannot publish the introspection event", error)
            raise

    def _introspection_event(self) -> ModelNodeIntrospectionEvent:
        facts = self._gather_introspection_data()
        able = facts.capabilities
        return ModelNodeIntrospectionEvent(
            node_id=self._node_id,
            node_name=facts.node_name,
            version=facts.version,
            capabilities=ModelNodeCapability.create_from_actions(
                facts.node_name, able.actions, protocols=able.protocols, metadata=able.metadata
            ),
            tags=facts.tags,
            health_endpoint=facts.health_endpoint,
            correlation_id=uuid4(),
        )

    def _gather_introspection_data(self) -> MixinNodeIntrospectionData:
        """Return all facts, or the few that are always known if gathering them fails."""
        try:
            return MixinNodeIntrospectionData(
                node_name=self._extract_node_name(),
                version=self._extract_node_version(),
                capabilities=self._extract_node_capabilities(),
                tags=self._generate_discovery_tags(),
                health_endpoint=self._detect_health_endpoint(),
            )
        except Exception as error:  # noqa: BLE001 - a node that knows little still says so
            self._log_publishing("Cannot gather all facts of the node", error)
            return self._known_in_any_case()

    def _known_in_any_case(self) -> MixinNodeIntrospectionData:
        return MixinNodeIntrospectionData(
            node_name=type(self).__name__.lower(),
            version=_DEFAULT_VERSION,
            capabilities=ModelNodeCapabilities(
                actions=["health_check"], protocols=["event_bus"], metadata=_default_metadata()
            ),
            tags=["event_driven"],
        )

    def _extract_node_name(self) -> str:
        """Return the name in the metadata, in its namespace, or else that of the class."""
        if name := metadata_value(self, "name"):
            return str(name)
        namespace = metadata_value(self, "namespace")
        parts = str(namespace).split(".")
        if len(parts) >= _NAMESPACE_PARTS and parts[-1].startswith("node_"):
            return parts[-1]
        own = type(self).__name__
        return (_WORD_STARTS.sub("_", own) if own.startswith("Node") else own).lower()

    def _extract_node_version(self) -> ModelSemVer:
        """Return the version in the metadata, 1.0.0 if it has no valid one."""
        return semver_of(metadata_value(self, "version")) or _DEFAULT_VERSION

    def _extract_node_capabilities(self) -> ModelNodeCapabilities:
        """Return the actions, the protocols, and what the metadata says about the node."""
        told = {
            name: metadata_value(self, name) for name in ("description", "author", "copyright")
        }
        known = {name: str(value) for name, value in told.items() if value}
        return ModelNodeCapabilities(
            actions=self._extract_node_actions(),
            protocols=self._detect_supported_protocols(),
            metadata=_default_metadata() | known,
        )

    def _extract_node_actions(self) -> list[str]:
        """Return what the node can be asked for; its health is always among it."""
        return actions_of(self)

    def _detect_supported_protocols(self) -> list[str]:
        """Return the bus, and each protocol that the node has a server or a switch for."""
        return [
            "event_bus",
            *(
                name
                for name in _PROTOCOLS
                if hasattr(self, f"{name}_server") or hasattr(self, f"supports_{name}")
            ),
        ]

    def _generate_discovery_tags(self) -> list[str]:
        """Return words to find the node by, each once and in no order."""
        own = type(self).__name__.lower()
        words = [word for word in _TAG_WORDS if word in own]
        spoken = [name for name in ("mcp", "graphql") if getattr(self, f"supports_{name}", False)]
        return list({"event_driven", *words, *spoken})

    def _detect_health_endpoint(self) -> str | None:
        """Return where the health of the node can be read, None if it cannot be asked for it."""
        return f"/health/{self._node_id}" if hasattr(self, "health_check") else None

    def _publish_with_retry(self, event: Any, max_retries: int = 3) -> None:
        """Publish what has a correlation id, at the last of `max_retries` attempts or before.

        An event travels in a routing envelope, anything else in one for any payload. The
        error of the last attempt is logged and raised; without a bus nothing is done.
        """
        bus = getattr(self, "event_bus", None)
        if bus is None:
            return
        envelope = self._introspection_envelope(event)
        for attempt in range(1, max_retries + 1):
            try:
                settled(bus.publish(envelope))
            except Exception as error:
                if attempt == max_retries:
                    self._log_publishing(f"Attempt {attempt} to publish was the last", error)
                    raise
            else:
                return

    def _introspection_envelope(self, event: Any) -> object:
        if isinstance(event, ModelOnexEvent):
            return ModelEventEnvelope.create_broadcast(
                event,
                self._node_id,  # type: ignore[arg-type] # a text is read as a UUID or refused
                correlation_id=event.correlation_id or uuid4(),
            )
        return ModelAnyEnvelope[Any].create_broadcast(
            event, self._node_id, correlation_id=event.correlation_id
        )

    def _log_publishing(self, message: str, error: Exception) -> None:
        facts = {"node": type(self).__name__, "error": repr(error)}
        emit_log_event(LogLevel.ERROR, message, facts)


def _default_metadata() -> dict[str, Any]:
    return {"description": "Event-driven ONEX node", "author": "ONEX"}
