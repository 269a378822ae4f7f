"""A folder for all temporary files of one process, removed by the next one if it could not be."""

import contextlib
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

__all__ = ["room", "sweep"]

_PREFIX = "carve-room-"


@contextmanager
def room() -> Iterator[None]:
    """Keep temporary files in a folder of this process, and remove what dead ones have left."""
    before, above = tempfile.tempdir, _above()
    folder, handle = _taken(above)
    tempfile.tempdir = str(folder)
    try:
        sweep(above)
        yield
    finally:
        tempfile.tempdir = before
        shutil.rmtree(folder, ignore_errors=True)
        os.close(handle)
        # What was killed a moment before the beginning may have held its lock until now.
        sweep(above)


def sweep(above: Path) -> None:
    """Remove the folders whose processes are no more, as nobody holds their locks."""
    for folder in above.glob(f"{_PREFIX}*"):
        with contextlib.suppress(OSError):
            if folder.is_symlink() or folder.stat().st_uid != os.getuid():
                continue
            handle = os.open(folder, os.O_RDONLY)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(folder, ignore_errors=True)
            finally:
                os.close(handle)


def _above() -> Path:
    """Return the folder for temporary files; to ask for it can leave a file there."""
    wanted = os.environ.get("TMPDIR")
    if tempfile.tempdir is None and wanted and os.access(wanted, os.W_OK | os.X_OK):
        return Path(wanted)
    if tempfile.tempdir is None and os.access("/tmp", os.W_OK | os.X_OK):  # noqa: S108
        return Path("/tmp")  # noqa: S108 - each process has a folder of its own in it
    return Path(tempfile.gettempdir())


def _taken(above: Path) -> tuple[Path, int]:
    """Return a new folder with its lock; one that was swept away meanwhile is no loss."""
    while True:
        folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=above))
        try:
            handle = os.open(folder, os.O_RDONLY)
        except FileNotFoundError:
            continue
        with contextlib.suppress(BlockingIOError):
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if folder.is_dir():
                return folder, handle
        os.close(handle)
