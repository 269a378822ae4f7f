"""What a subscriber holds: the way to end its subscription."""

from collections.abc import Awaitable, Callable, Generator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

EventHandler = Callable[[Any], Any]


@dataclass(frozen=True, slots=True, eq=False)
class EventSubscription:
    """One handler and the events it wants; each subscription equals only itself.

    Awaited, it gives a callable that ends it and has to be awaited in turn.
    """

    handler: EventHandler
    end: Callable[[Any], bool]
    pattern: str = "*"
    topic: str | None = None
    group_id: str | None = None

    def wants(self, event_type: str) -> bool:
        """Tell whether events of this type go to the handler; messages of a topic never do."""
        fits = self.pattern == event_type or fnmatchcase(event_type, self.pattern)
        return self.topic is None and fits

    async def unsubscribe(self) -> None:
        """End the subscription; ending it twice is no error."""
        self.end(self)

    def __await__(self) -> Generator[Any, None, Callable[[], Awaitable[None]]]:
        """Give `unsubscribe` at once."""
        yield from ()
        return self.unsubscribe
