"""What a change of several files comes to, before any of them is touched."""

import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

__all__ = ["FilePlan"]


@dataclass(frozen=True, slots=True)
class FilePlan:
    """A file that is to be written.

    Attributes:
        path: Where.
        shown: The same as people are told.
        text: What will be in it.
        before: What is in it now; None if it is new.
    """

    path: Path
    shown: str
    text: str
    before: str | None = None

    @property
    def is_new(self) -> bool:
        """Whether there is no such file yet."""
        return self.before is None

    def diff(self) -> Iterator[str]:
        """Yield the lines of a patch."""
        before = (self.before or "").split("\n") if self.before else []
        after = self.text.removesuffix("\n").split("\n")
        if before and before[-1] == "":
            before.pop()
        old = "/dev/null" if self.is_new else f"a/{self.shown}"
        yield from difflib.unified_diff(before, after, old, f"b/{self.shown}", lineterm="")
