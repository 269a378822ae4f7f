"""What goes to the disk: edits of whole files, so that nobody ever sees half of one."""

import hashlib
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from carve.errors import CarveError, Place

__all__ = [
    "Edit",
    "beside",
    "bytes_at",
    "lay",
    "make_folders",
    "put_bytes",
    "require_fresh",
    "sync",
]


@dataclass(frozen=True, slots=True)
class Edit:
    """One file's new bytes, None to remove it; `before` is None for one that is to be made."""

    path: str
    after: bytes | None
    before: bytes | None = None


def beside(target: Path) -> Path:
    """Return where the new bytes of a file stand before they take its place.

    The name is known, so that what a kill leaves there can be told from a file of somebody else's.
    """
    name = hashlib.sha256(os.fsencode(target.name)).hexdigest()[:16]
    return target.with_name(f".carve-{name}.tmp")


def put_bytes(target: Path, data: bytes) -> None:
    """Write beside the file and rename; its mode stays, and a failure leaves nothing behind."""
    umask = os.umask(0)
    os.umask(umask)
    mode = target.stat().st_mode & 0o7777 if target.exists() else 0o666 & ~umask
    _write(target, data, mode)


def sync(path: Path) -> None:
    """Let a file, or the names in a folder, reach the disk itself."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _write(target: Path, data: bytes, mode: int) -> None:
    new = beside(target)
    new.unlink(missing_ok=True)
    try:
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as handle:
            handle.write(data)
            handle.flush()
            os.fsync(handle.fileno())
        new.chmod(mode)
        new.replace(target)
    except OSError as error:  # nobody knows the file beside
        raise OSError(error.errno, error.strerror, str(target)) from error
    finally:
        new.unlink(missing_ok=True)


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
        if raw is None or (folder / path).is_symlink():  # what a link leads to is not meant
            (folder / path).unlink(missing_ok=True)
        if raw is not None:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(raw)


def require_fresh(folder: Path, edits: Iterable[Edit]) -> None:
    """Refuse to write over a file that is not what the edits were planned on, or is a link."""
    for edit in edits:
        target = folder / edit.path
        if target.is_symlink():
            raise CarveError(
                f"{edit.path} is a symbolic link, and would become a file of its own",
                where=Place(edit.path),
                instead=f"put the file in its place, or carve {target.readlink()}",
            )
        if bytes_at(target) != edit.before:
            raise CarveError(
                f"{edit.path} has changed since the step was planned",
                where=Place(edit.path),
                instead="plan the step again",
            )
