"""A file's new bytes, with those that they were planned on."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from carve.errors import CarveError, Place
from carve.source.disk import bytes_at


@dataclass(frozen=True, slots=True)
class Edit:
    """One file's new bytes; `before` is None for a file that does not exist yet."""

    path: str
    after: bytes
    before: bytes | None = None


def require_fresh(folder: Path, edits: Iterable[Edit]) -> None:
    """Refuse to write over a file that is not what the edits were planned on."""
    for edit in edits:
        if bytes_at(folder / edit.path) != edit.before:
            raise CarveError(
                f"{edit.path} has changed since the step was planned",
                where=Place(edit.path),
                instead="plan the step again",
            )
