"""What an instance looks like from outside at a moment, cheap enough to be asked at every call.

Of immutable values the value counts, of all others type and size; they are made plain only where
they have changed.
"""

import datetime as dt
import enum
from collections import deque
from collections.abc import Callable
from typing import Any

from .state import state_of

__all__ = ["UNSET", "Outlines"]

_SIMPLE = (bool, int, float, str, bytes, enum.Enum, dt.date)
_KEPT = frozenset(map(id, (str, int, type(None))))
_TYPED = frozenset(map(id, (bool, float, bytes)))  # 1 equals True and 1.0
_SIZED = frozenset(map(id, (list, tuple, set, frozenset, deque, dict)))
UNSET = "<unset>"


class Outlines:
    """The last outline of each instance that is looked at."""

    def __init__(self, plain: Callable[[Any], Any]) -> None:
        """Take what makes a value plain."""
        self._plain = plain
        self._known: dict[int, dict[str, Any]] = {}

    def begin(self, value: Any) -> None:
        """Take the outline of an instance."""
        self._known[id(value)] = self._marks(value)

    def end(self, value: Any) -> None:
        """Forget it."""
        self._known.pop(id(value), None)

    def changed(self, value: Any) -> dict[str, Any]:
        """Return the attributes that differ from the last outline, and keep the new one."""
        known = self._known.get(id(value))
        if known is None:
            return {}
        now = self._marks(value)
        if now == known:
            return {}
        self._known[id(value)] = now
        state = dict(state_of(value))
        names = [
            name for name in {**now, **known} if known.get(name, UNSET) != now.get(name, UNSET)
        ]
        return {str(name): self._told(state[name]) if name in state else UNSET for name in names}

    def _marks(self, value: Any) -> dict[str, Any]:
        return {name: self._mark(state) for name, state in state_of(value)}

    def _mark(self, state: Any) -> Any:
        cls = type(state)
        if id(cls) in _KEPT:
            return state
        if id(cls) in _TYPED:
            return id(cls), state
        if issubclass(cls, _SIMPLE):
            return id(cls), self._plain(state)
        return id(cls), len(state) if id(cls) in _SIZED else None

    def _told(self, state: Any) -> Any:
        cls = type(state)
        if state is None or issubclass(cls, _SIMPLE):
            return self._plain(state)
        size = f" of {len(state)}" if id(cls) in _SIZED else ""
        return f"<{cls.__name__}{size}>"
