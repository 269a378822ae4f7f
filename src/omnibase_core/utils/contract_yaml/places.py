"""Where things stand in files, and how to name a way into data."""

from typing import NamedTuple

__all__ = ["Place", "Step", "Steps", "dotted"]

Step = str | int
"""One step down into data: a key of a mapping or an index of a list."""

Steps = tuple[Step, ...]
"""The way to a value, such as `("config", "states", 0)`."""


class Place(NamedTuple):
    """A position in a file; line and column count from 1."""

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        """Return `path:line:column`."""
        return f"{self.path}:{self.line}:{self.column}"


def dotted(steps: Steps) -> str:
    """Return a way as people write it: `config.states[0].name`."""
    parts = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps)
    return "".join(parts).removeprefix(".")
