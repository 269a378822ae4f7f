"""One run at a time: a lock that the system releases, however the process ends."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from carve.errors import CarveError, Place

__all__ = ["exclusive"]

_PATIENCE = 20.0
_POLL = 0.02


@contextmanager
def exclusive(folder: Path, *, bare: bool = False) -> Iterator[None]:
    """Hold the lock in `folder`, or say who does; with `bare` it is the folder that is locked.

    The kernel drops it with the process, so that nothing is left to clean up after a crash. Git
    inherits it: after a process that was killed, the lock is free when its last git is done.
    """
    path = folder if bare else folder / "lock"
    if not bare:
        folder.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_RDONLY if bare else os.O_RDWR | os.O_CREAT, 0o644)
    try:
        _take(handle, path, bare=bare)
        os.set_inheritable(handle, True)
        if not bare:
            os.ftruncate(handle, 0)
            os.pwrite(handle, f"{os.getpid()}\n".encode(), 0)
        yield
        if not bare:
            os.ftruncate(handle, 0)
    finally:
        os.close(handle)


def _take(handle: int, path: Path, *, bare: bool) -> None:
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            owner = "" if bare else os.pread(handle, 32, 0).decode("ascii", "replace").strip()
            if _is_alive(owner) or time.monotonic() > until:
                raise CarveError(
                    f"another run is going on in this repository (process {owner or 'unknown'})",
                    where=Place(str(path)),
                    instead="wait for it, or end that process; the lock goes with it",
                ) from error
            time.sleep(_POLL)
        else:
            return


def _is_alive(owner: str) -> bool:
    """Tell whether the owner is there; one that is not has left a git that will end soon."""
    if not owner.isdigit():
        return True
    try:
        os.kill(int(owner), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
