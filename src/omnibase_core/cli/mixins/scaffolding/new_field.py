"""A setting of a new mixin, as `--field name:type=default[:ge..le]` gives it."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

__all__ = ["Bounds", "NewField", "Value"]

Value = bool | int | float | str | list[str]
_STEP: Final = 1


class Bounds(NamedTuple):
    """The least and the greatest value of a number; None where there is no such bound."""

    least: float | None = None
    greatest: float | None = None

    def hold(self, value: float) -> bool:
        """Return whether a number is within."""
        low = -math.inf if self.least is None else self.least
        high = math.inf if self.greatest is None else self.greatest
        return low <= value <= high


_FREE: Final = Bounds()


@dataclass(frozen=True, slots=True)
class NewField:
    """A setting that has a default."""

    name: str
    type: str
    default: Value
    bounds: Bounds = _FREE

    @property
    def description(self) -> str:
        """A phrase made of the name."""
        words = self.name.replace("_", " ").strip()
        rest = words.removesuffix(" enabled").removeprefix("enable ")
        return f"Use {rest}" if self.type == "bool" and rest != words else words.capitalize()

    @property
    def other(self) -> Value | None:
        """Another value that is allowed, None if there is no such value."""
        return next((value for value in self._others() if value != self.default), None)

    def refused(self) -> Iterator[Any]:
        """Yield values that the model has to refuse."""
        yield None
        if self.bounds.least is not None:
            yield from _finite(self.bounds.least - max(_STEP, abs(self.bounds.least)))
        if self.bounds.greatest is not None:
            yield from _finite(self.bounds.greatest + max(_STEP, abs(self.bounds.greatest)))

    def _others(self) -> Iterator[Value]:
        if isinstance(self.default, bool):
            yield not self.default
        elif isinstance(self.default, str):
            yield from ("other", "another")
        elif isinstance(self.default, list):
            yield from ([], ["one"])
        else:
            near = (self.default + _STEP, self.default - _STEP, *self.bounds)
            yield from (each for each in near if each is not None and self.bounds.hold(each))


def _finite(value: float) -> Iterator[float]:
    if isinstance(value, int) or math.isfinite(value):
        yield value
