"""Remember where each key and value of a plan stands in its file."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from carve.errors import CarveError, Place

__all__ = ["Places", "Step", "first_of"]

Step = str | int
"""One step down into the data: a key of a mapping or an index of a list."""


@dataclass(frozen=True, slots=True)
class Places:
    """Positions by their path into the data, such as `("steps", 0, "members", 2)`."""

    path: str = "plan"
    keys: dict[tuple[Step, ...], Place] = field(default_factory=dict)
    values: dict[tuple[Step, ...], Place] = field(default_factory=dict)

    def of(self, *path: Step) -> Place:
        """Return where the value at `path` begins, or the nearest thing around it."""
        for end in range(len(path), -1, -1):
            if place := self.values.get(path[:end]):
                return place
        return Place(self.path)

    def of_key(self, *path: Step) -> Place:
        """Return where the key at the end of `path` stands, or the nearest thing around it."""
        return self.keys.get(path) or self.of(*path)


def first_of(problems: Iterable[CarveError]) -> CarveError | None:
    """Return the problem that comes first in the file; its message counts the others."""
    ordered = sorted(problems, key=_position)
    if not ordered:
        return None
    first, more = ordered[0], len(ordered) - 1
    if not more:
        return first
    return CarveError(
        f"{first.message} (and {more} more)", where=first.where, instead=first.instead
    )


def _position(problem: CarveError) -> tuple[int, int]:
    place = problem.where
    return (0, 0) if place is None else (place.line or 0, place.column or 0)
