"""How many calls a node has got, and what became of them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

__all__ = ["InvocationCounts"]


@dataclass(slots=True)
class InvocationCounts:
    """Figures of one node; `total` includes calls that were meant for other nodes."""

    total: int = 0
    successful: int = 0
    failed: int = 0
    _callers: list[object] = field(default_factory=list)

    @property
    def success_rate(self) -> float:
        """The share of successes among the calls that were answered, 1.0 before the first."""
        answered = self.successful + self.failed
        return self.successful / answered if answered else 1.0

    @contextmanager
    def at_work(self, caller: object) -> Iterator[None]:
        """Count a call as active while the block is open; `caller` tells it from others."""
        self._callers.append(caller)
        try:
            yield
        finally:
            self._callers.remove(caller)

    def active(self, besides: object = None) -> int:
        """Return how many calls are at work, those of the caller `besides` left out."""
        return sum(1 for caller in self._callers if besides is None or caller is not besides)
