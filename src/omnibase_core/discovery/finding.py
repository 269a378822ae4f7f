"""One thing that a check of a composition has to say."""

from dataclasses import dataclass
from typing import Literal

__all__ = ["Finding"]


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found, in which classes, and what can be done.

    Attributes:
        kind: What sort of thing it is, in words joined by hyphens.
        severity: A conflict must be resolved; a note is good to know.
        message: What is the matter.
        classes: The classes that take part; the first is the one that wins or offends.
        name: The member that it is about.
        where: File and line.
        instead: What to do about it.
    """

    kind: str
    severity: Literal["conflict", "note"]
    message: str
    classes: tuple[str, ...] = ()
    name: str | None = None
    where: str | None = None
    instead: str | None = None
