"""An event bus within one process, for every way in which nodes call theirs."""

import asyncio
import inspect
from collections import deque
from threading import Lock
from typing import Any, Final
from uuid import UUID, uuid4

from omnibase_core.errors.error_codes import EnumCoreErrorCode
from omnibase_core.errors.model_onex_error import ModelOnexError
from omnibase_core.infrastructure.event_delivery import EventDelivery
from omnibase_core.infrastructure.event_failure import EventFailure
from omnibase_core.infrastructure.event_subscription import EventHandler, EventSubscription
from omnibase_core.infrastructure.topic_message import TopicMessage
from omnibase_core.models.events.model_event_type import ModelEventType
from omnibase_core.models.events.model_onex_event import ModelOnexEvent

_FAILURES_KEPT: Final = 1000


class InMemoryEventBus:
    """Delivers events to handlers by type, and messages to topics, in order of subscription.

    A plain handler runs before `publish` returns. One that is a coroutine function runs in
    the running loop, and to its end at once where there is none. What a handler raises
    reaches neither the publisher nor other handlers: `failures` keeps the last thousand.
    Nothing is stored: an event that nobody wants at the moment is gone.
    """

    def __init__(self) -> None:
        """Start connected, without subscribers."""
        self.node_id: UUID = uuid4()
        self.failures: deque[EventFailure] = deque(maxlen=_FAILURES_KEPT)
        self._subscriptions: tuple[EventSubscription, ...] = ()
        self._running: set[asyncio.Task[None]] = set()
        self._lock = Lock()
        self._connected = True

    def is_connected(self) -> bool:
        """Tell whether events can be published."""
        return self._connected

    def disconnect(self) -> None:
        """Refuse events from now on; subscriptions stay."""
        self._connected = False

    def connect(self) -> None:
        """Take events again."""
        self._connected = True

    def subscribe(self, *args: Any, **options: Any) -> EventSubscription:
        """Return the new subscription of a handler to event types or to a topic.

        `args` are a handler and an event type, in any order and the type optional; both may be
        named instead (`handler`, `event_type`). A type may have shell wildcards, and none means
        all. `topic`, `on_message` and optionally `group_id` subscribe to a topic; a message goes
        to one subscriber of each group, the one that came first.
        """
        subscription = EventSubscription(end=self.unsubscribe, **_wish(args, options))
        with self._lock:
            self._subscriptions = (*self._subscriptions, subscription)
        return subscription

    async def subscribe_async(self, *args: Any, **options: Any) -> EventSubscription:
        """Return the new subscription; the arguments are those of `subscribe`."""
        return self.subscribe(*args, **options)

    def unsubscribe(self, subscriber: EventSubscription | EventHandler) -> bool:
        """End a subscription, or all of a handler; tell whether there was any."""
        with self._lock:
            before = self._subscriptions
            kept = tuple(each for each in before if subscriber not in (each, each.handler))
            self._subscriptions = kept
        return len(kept) < len(before)

    def publish(
        self,
        event: object = None,
        *,
        topic: str | None = None,
        key: bytes | None = None,
        value: bytes = b"",
    ) -> EventDelivery:
        """Deliver an envelope or event by its type, or else `value` to the readers of `topic`."""
        if (event is None) == (topic is None):
            raise ModelOnexError(
                "Cannot publish: give either an event or a topic",
                EnumCoreErrorCode.INVALID_PARAMETER,
            )
        if topic is None:
            return self._deliver(event, self._wanting(event_type_of(event)))
        return self._deliver(TopicMessage(topic, value, key), self._reading(topic))

    def publish_async(self, event: object) -> EventDelivery:
        """Deliver like `publish`; the result may be awaited and need not be."""
        return self.publish(event)

    async def emit_event(
        self,
        event_type: str | ModelEventType,
        payload: object = None,
        correlation_id: UUID | None = None,
    ) -> bool:
        """Deliver an event made of these facts, whose node is the bus; True once all is done.

        A payload that is no mapping is found in the event's data under `payload`.
        """
        data = payload if payload is None or isinstance(payload, dict) else {"payload": payload}
        event = ModelOnexEvent(
            event_type=event_type, node_id=self.node_id, correlation_id=correlation_id, data=data
        )
        return bool(await self.publish(event))

    async def drain(self) -> None:
        """Return when no handler is at work, those included that were started meanwhile."""
        while self._running:
            await asyncio.wait(self._running)

    def _wanting(self, event_type: str) -> list[EventSubscription]:
        return [each for each in self._subscriptions if each.wants(event_type)]

    def _reading(self, topic: str) -> list[EventSubscription]:
        readers = [each for each in self._subscriptions if each.topic == topic]
        groups: dict[object, EventSubscription] = {}
        for reader in readers:
            groups.setdefault(reader if reader.group_id is None else reader.group_id, reader)
        return list(groups.values())

    def _deliver(self, event: object, readers: list[EventSubscription]) -> EventDelivery:
        if not self._connected:
            raise ModelOnexError(
                "The event bus is disconnected; call connect() first",
                EnumCoreErrorCode.SERVICE_UNAVAILABLE,
            )
        delivery = EventDelivery(event, len(readers))
        for reader in readers:
            self._hand_over(delivery, reader.handler)
        return delivery

    def _hand_over(self, delivery: EventDelivery, handler: EventHandler) -> None:
        try:
            answer = handler(delivery.event)
        except Exception as error:  # noqa: BLE001 - no handler may harm the publisher
            self._note(delivery, handler, error)
            return
        if not inspect.isawaitable(answer):
            return
        if task := delivery.run(self._await(delivery, handler, answer)):
            self._running.add(task)
            task.add_done_callback(self._running.discard)

    async def _await(self, delivery: EventDelivery, handler: EventHandler, answer: Any) -> None:
        try:
            await answer
        except Exception as error:  # noqa: BLE001 - no handler may harm the publisher
            self._note(delivery, handler, error)

    def _note(self, delivery: EventDelivery, handler: EventHandler, error: Exception) -> None:
        failure = EventFailure(delivery.event, handler, error)
        delivery.failures.append(failure)
        self.failures.append(failure)


def event_type_of(event: object) -> str:
    """Return the type of an event, in an envelope or not, as text; "" if it has none."""
    for carried in (getattr(event, "payload", event), event):
        known = carried.get("event_type") if isinstance(carried, dict) else None
        known = known or getattr(carried, "event_type", None)
        if known:
            return str(known)
    return ""


def _wish(args: tuple[Any, ...], options: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of a subscription that these arguments of `subscribe` ask for."""
    given = dict(options)
    for value in args:
        name = "handler" if callable(value) else "event_type"
        if name in given:
            raise _unclear(f"two values for {name!r}")
        given[name] = value
    unknown = given.keys() - {"handler", "event_type", "topic", "group_id", "on_message"}
    if unknown:
        raise _unclear(f"unknown argument {min(unknown)!r}")
    topic = given.get("topic")
    handler = given.get("handler" if topic is None else "on_message")
    if not callable(handler):
        raise _unclear("no handler")
    if topic is not None:
        return {"handler": handler, "topic": topic, "group_id": given.get("group_id")}
    wanted = given.get("event_type")
    return {"handler": handler, "pattern": "*" if wanted is None else str(wanted)}


def _unclear(reason: str) -> ModelOnexError:
    return ModelOnexError(
        f"Cannot subscribe: {reason}; give a handler, or a topic with on_message",
        EnumCoreErrorCode.INVALID_PARAMETER,
    )


__all__ = ["InMemoryEventBus", "event_type_of"]
