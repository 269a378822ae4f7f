"""One run at a time: a lock that the system releases, however the process ends."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from carve.errors import CarveError, Place

__all__ = ["exclusive"]


@contextmanager
def exclusive(folder: Path) -> Iterator[None]:
    """Hold the lock in `folder`, or say who does.

    The kernel drops it with the process, so that nothing is left to clean up after a crash.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "lock"
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            owner = os.read(handle, 32).decode("ascii", "replace").strip()
            raise CarveError(
                f"another run is going on in this repository (process {owner or 'unknown'})",
                where=Place(str(path)),
                instead="wait for it, or end that process; the lock goes with it",
            ) from error
        os.ftruncate(handle, 0)
        os.pwrite(handle, f"{os.getpid()}\n".encode(), 0)
        yield
        os.ftruncate(handle, 0)
    finally:
        os.close(handle)
