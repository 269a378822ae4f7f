"""What goes to the disk: edits of whole files, so that nobody ever sees half of one."""

import os
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from carve.errors import CarveError, Place

__all__ = [
    "Edit",
    "bytes_at",
    "lay",
    "make_folders",
    "replace_bytes",
    "require_fresh",
]


@dataclass(frozen=True, slots=True)
class Edit:
    """One file's new bytes, None to remove it; `before` is None for one that is to be made."""

    path: str
    after: bytes | None
    before: bytes | None = None


def replace_bytes(target: Path, data: bytes) -> None:
    """Write beside the file and rename; its mode stays, and a failure leaves nothing behind."""
    with tempfile.NamedTemporaryFile(dir=target.parent, prefix=".carve-", delete=False) as handle:
        beside = Path(handle.name)
    try:
        with beside.open("wb") as handle:
            handle.write(data)
            handle.flush()
            os.fsync(handle.fileno())
        beside.chmod(target.stat().st_mode & 0o7777)
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)


def make_folders(folder: Path) -> list[Path]:
    """Make the folder with all that is missing above it; return what was made, outermost first."""
    missing = [parent for parent in (folder, *folder.parents) if not parent.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    return missing[::-1]


def bytes_at(path: Path) -> bytes | None:
    """Return what the file holds, None when there is no such file."""
    return path.read_bytes() if path.is_file() else None


def lay(folder: Path, files: Mapping[str, bytes | None]) -> None:
    """Give the files below `folder` these bytes; None removes one."""
    for path, raw in files.items():
        if raw is None:
            (folder / path).unlink(missing_ok=True)
        else:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(raw)


def require_fresh(folder: Path, edits: Iterable[Edit]) -> None:
    """Refuse to write over a file that is not what the edits were planned on."""
    for edit in edits:
        if bytes_at(folder / edit.path) != edit.before:
            raise CarveError(
                f"{edit.path} has changed since the step was planned",
                where=Place(edit.path),
                instead="plan the step again",
            )
