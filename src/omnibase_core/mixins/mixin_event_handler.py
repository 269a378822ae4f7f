"""Answers the requests for introspection and discovery that arrive over a bus."""

import asyncio
import inspect
from fnmatch import fnmatchcase
from functools import cached_property
from typing import Any

from pydantic import BaseModel

from omnibase_core.constants.event_types import (
    NODE_DISCOVERY_REQUEST,
    NODE_DISCOVERY_RESPONSE,
    NODE_INTROSPECTION_REQUEST,
    NODE_INTROSPECTION_RESPONSE,
)
from omnibase_core.enums.enum_log_level import EnumLogLevel as LogLevel
from omnibase_core.errors.error_codes import EnumCoreErrorCode
from omnibase_core.errors.model_onex_error import ModelOnexError
from omnibase_core.infrastructure.in_memory_event_bus import event_type_of
from omnibase_core.logging.structured import emit_log_event_sync as emit_log_event
from omnibase_core.models.contracts.subcontracts.model_event_bus_subcontract import (
    ModelEventBusSubcontract,
)
from omnibase_core.models.events.model_event_envelope import ModelEventEnvelope
from omnibase_core.models.events.model_onex_event import ModelOnexEvent
from omnibase_core.models.events.node_ids import node_id_from_text
from omnibase_core.utils.bus_calls import settled, unwrapped, value_of

__all__ = ["MixinEventHandler"]


class MixinEventHandler:
    """Subscribes a node to both kinds of request and publishes its answers.

    Needs `event_bus`, without which nothing happens, and `_node_id`; answers with what
    `_gather_introspection_data` gives if the node has it. A host may set
    `event_bus_settings`: whether it listens at all, whether an event without a type is an
    error, what is logged, whether answers carry the id of the request, and whether a failure
    of the bus is merely logged.

    What the bus calls is private to this mixin, so another mixin's `_handle_introspection_request`
    can neither replace it nor be subscribed twice. `_handle_introspection_request` remains
    the documented name, and one that is put on the instance, to log around it, is called.
    """

    # Defaults on the class serve hosts whose constructors stop short of this one.
    _event_handlers_are_subscribed: bool = False
    _event_handlers_starting: asyncio.Task[None] | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Pass all arguments on."""
        super().__init__(*args, **kwargs)
        emit_log_event(
            LogLevel.DEBUG,
            "MIXIN_INIT: MixinEventHandler",
            {"mixin_class": type(self).__name__},
        )

    @cached_property
    def event_bus_settings(self) -> ModelEventBusSubcontract:
        """The settings; a host may assign others, on the class or on the instance."""
        return ModelEventBusSubcontract()

    def _setup_event_handlers(self) -> None:
        """Subscribe, unless there is no bus; over one that has to be awaited, as a task.

        Without a running loop, the subscription is complete when this returns in any case.
        """
        bus = self._bus_to_listen_to()
        if bus is None or self._event_handlers_are_subscribed:
            return
        self._event_handlers_are_subscribed = True
        if not _has_to_be_awaited(bus):
            self._subscribe_now(bus)
            return
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            asyncio.run(self._subscribe_async(bus))
        else:
            self._event_handlers_starting = loop.create_task(self._subscribe_async(bus))

    async def start_async_event_handlers(self) -> None:
        """Subscribe, unless that is done, and return when both handlers are subscribed."""
        self._setup_event_handlers()
        if starting := self._event_handlers_starting:
            await asyncio.shield(starting)

    def cleanup_event_handlers(self) -> None:
        """End both subscriptions, or the attempt to make them; errors are logged."""
        if starting := self._event_handlers_starting:
            starting.cancel()
        self._event_handlers_starting = None
        bus = getattr(self, "event_bus", None)
        if bus is None or not self._event_handlers_are_subscribed:
            return
        self._event_handlers_are_subscribed = False
        for handler in self._bus_handlers():
            try:
                settled(bus.unsubscribe(handler))
            except Exception as error:  # noqa: BLE001 - the other handler must go as well
                self._log_handling(LogLevel.ERROR, "Cannot unsubscribe", error=repr(error))

    def _subscribe_now(self, bus: Any) -> None:
        try:
            for handler in self._bus_handlers():
                settled(bus.subscribe(handler))
        except Exception as error:
            self._note_failed_subscription(error)
            if not self.event_bus_settings.graceful_degradation:
                raise

    async def _subscribe_async(self, bus: Any) -> None:
        try:
            for handler in self._bus_handlers():
                await bus.subscribe_async(handler)
        except Exception as error:
            self._note_failed_subscription(error)
            if not self.event_bus_settings.graceful_degradation:
                raise

    def _note_failed_subscription(self, error: Exception) -> None:
        self._event_handlers_are_subscribed = False
        self._log_handling(LogLevel.ERROR, "Cannot subscribe", error=repr(error))

    def _bus_to_listen_to(self) -> Any:
        return (
            getattr(self, "event_bus", None) if self.event_bus_settings.event_bus_enabled else None
        )

    def _bus_handlers(self) -> tuple[Any, Any]:
        return self._receive_introspection_request, self._handle_node_discovery_request

    def _receive_introspection_request(self, carried: Any) -> None:
        # Only its own events, so that a documented name that answers other kinds too is safe.
        if event_type_of(unwrapped(carried)) in ("", NODE_INTROSPECTION_REQUEST):
            wrapped = vars(self).get("_handle_introspection_request")
            (wrapped or self._answer_introspection_request)(carried)

    def _handle_introspection_request(self, carried: Any) -> None:
        """Answer NODE_INTROSPECTION_REQUEST, bare or in an envelope; ignore other types.

        The answer holds all facts, or those that `requested_types` in the metadata names.
        """
        self._answer_introspection_request(carried)

    def _answer_introspection_request(self, carried: Any) -> None:
        request = unwrapped(carried)
        event_type = event_type_of(request)
        if not event_type and self.event_bus_settings.enable_event_validation:
            raise ModelOnexError(
                f"Cannot handle {type(carried).__name__}: an event needs an event_type",
                EnumCoreErrorCode.VALIDATION_FAILED,
                node=type(self).__name__,
            )
        if event_type != NODE_INTROSPECTION_REQUEST or not self._should_respond_to_request(
            request
        ):
            return
        wanted = value_of(value_of(request, "metadata"), "requested_types")
        facts = self._filter_introspection_data(self._known_facts(), wanted)
        self._publish_answer(request, NODE_INTROSPECTION_RESPONSE, facts)

    def _handle_node_discovery_request(self, carried: Any) -> None:
        """Answer NODE_DISCOVERY_REQUEST with who this node is; ignore anything else."""
        request = unwrapped(carried)
        if event_type_of(request) == NODE_DISCOVERY_REQUEST and self._should_respond_to_request(
            request
        ):
            facts = {"node_type": type(self).__name__, **self._known_facts()}
            self._publish_answer(request, NODE_DISCOVERY_RESPONSE, facts)

    def _should_respond_to_request(self, event: Any) -> bool:
        """Tell whether the metadata means this node, by id or else by name; in doubt it does.

        Both may have shell wildcards; the name is that of the class in lower case.
        """
        try:
            metadata = value_of(event, "metadata")
            if wanted_id := value_of(metadata, "target_node_id"):
                return fnmatchcase(str(getattr(self, "_node_id", "")), str(wanted_id))
            if wanted_name := value_of(metadata, "target_node_name"):
                return fnmatchcase(type(self).__name__.lower(), str(wanted_name))
        except Exception as error:  # noqa: BLE001 - an answer too many does no harm
            self._log_handling(LogLevel.WARNING, "Cannot tell who is meant", error=repr(error))
        return True

    @staticmethod
    def _filter_introspection_data(data: Any, types: Any) -> dict[str, Any]:
        """Return the facts that `types` names and `data` has, all of them if it names none."""
        facts = data.model_dump(mode="json") if isinstance(data, BaseModel) else dict(data)
        return {key: facts[key] for key in types if key in facts} if types else facts

    def _known_facts(self) -> dict[str, Any]:
        gather = getattr(self, "_gather_introspection_data", None)
        if gather is None:
            return {"node_name": type(self).__name__.lower()}
        return self._filter_introspection_data(gather(), None)

    def _publish_answer(self, request: Any, event_type: str, facts: dict[str, Any]) -> None:
        bus = self._bus_to_listen_to()
        if bus is None:
            return
        known_as = value_of(request, "correlation_id") or value_of(request, "event_id")
        answer = ModelOnexEvent(
            event_type=event_type,
            node_id=node_id_from_text(str(getattr(self, "_node_id", type(self).__name__))),
            correlation_id=known_as if self.event_bus_settings.correlation_tracking else None,
            data=facts,
        )
        envelope = ModelEventEnvelope[ModelOnexEvent].create_broadcast(
            answer, answer.node_id, answer.correlation_id
        )
        try:
            settled(bus.publish(envelope))
        except Exception as error:
            self._log_handling(LogLevel.ERROR, "Cannot publish an answer", error=repr(error))
            if not self.event_bus_settings.graceful_degradation:
                raise
        else:
            self._log_handling(LogLevel.INFO, "Answered a request", event_type=event_type)

    def _log_handling(self, level: LogLevel, message: str, **facts: Any) -> None:
        if self.event_bus_settings.enable_event_logging:
            emit_log_event(level, message, {"node": type(self).__name__, **facts})


def _has_to_be_awaited(bus: Any) -> bool:
    return inspect.iscoroutinefunction(getattr(bus, "subscribe_async", None))
