"""What a gate says: where, what is the matter, and what to do about it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that must not stay as it is.

    Attributes:
        path: The file, as seen from the root that was searched.
        line: Where in it.
        message: What is the matter.
        instead: What to do about it.
    """

    path: str
    line: int
    message: str
    instead: str

    def __str__(self) -> str:
        """Return the place and the message, and on a second line the way out."""
        return f"{self.path}:{self.line}  {self.message}\n  {self.instead}"
