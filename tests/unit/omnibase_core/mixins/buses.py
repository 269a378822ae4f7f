"""Buses that the tests of mixins share: one that keeps what passes, and one that is awaited."""

from typing import Any

from omnibase_core.infrastructure.in_memory_event_bus import InMemoryEventBus, event_type_of


class Bus(InMemoryEventBus):
    """Keeps what passes, and knows who listens."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[Any] = []
        self.subscribe(self._keep)

    def _keep(self, envelope: Any) -> None:
        self.seen.append(envelope.payload)

    def types(self) -> list[str]:
        return [event_type_of(event) for event in self.seen]

    def of_type(self, event_type: str) -> list[Any]:
        return [event for event in self.seen if event_type_of(event) == event_type]

    def listeners(self) -> int:
        return len(self._subscriptions) - 1


class AwaitedBus:
    """Wraps a bus whose every call is a coroutine."""

    def __init__(self, bus: Bus) -> None:
        self.bus = bus

    async def subscribe(self, *args: Any) -> Any:
        return self.bus.subscribe(*args)

    async def unsubscribe(self, subscriber: Any) -> bool:
        return self.bus.unsubscribe(subscriber)

    async def publish(self, envelope: Any) -> None:
        self.bus.publish(envelope)
