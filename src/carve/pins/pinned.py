"""What a scenario holds in its hand: observe some work, then check the observation once."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest

from carve.errors import CarveError
from carve.pins.clock import Clock
from carve.pins.normalise import normalise
from carve.pins.observe import Observation, observe
from carve.pins.scrub import measure

__all__ = ["PINNED", "Pinned"]


@dataclass
class Pinned:
    """The pin of one scenario, as the scenario sees it.

    With `scrubbing` it is also measured what the rules hide in the observation.
    """

    scenario: str
    clock: Clock
    roots: Mapping[str, str]
    data: dict[str, Any] | None = None
    masked: dict[str, int] = field(default_factory=dict)
    scrubbing: bool = False
    scrubbed: dict[str, Any] = field(default_factory=dict)

    def observe(self, work: Callable[[], Any] | Awaitable[Any]) -> Observation:
        """Run `work` and return what it showed; what it raises is part of that.

        Args:
            work: A callable without arguments, a coroutine function or a coroutine.
        """
        return observe(work, self.clock)

    def check(self, observation: Mapping[str, Any]) -> None:
        """Hold `observation` against the pin; to be called once, at the end of a scenario.

        The values are read now, so objects that changed since they were observed show their
        present state. The verdict falls when the scenario ends.
        """
        if self.data is not None:
            raise CarveError(f"{self.scenario!r} checks twice; put both parts in one observation")
        if not isinstance(observation, Mapping):
            raise CarveError(
                f"{self.scenario!r} checks a {type(observation).__name__}, not a mapping",
                instead="pinned.check({'result': ...})",
            )
        plain = normalise(observation, roots=self.roots)
        self.data, self.masked = plain.data, plain.masked
        if self.scrubbing:
            self.scrubbed = measure(observation, self.roots)


PINNED = pytest.StashKey[Pinned]()
