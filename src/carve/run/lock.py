"""One run at a time: a lock that the system releases, however the process ends."""

import contextlib
import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from carve.errors import CarveError, Place

__all__ = ["abandoned", "exclusive"]

# How long to wait for the git of a dead owner, and for an owner to say who it is.
_PATIENCE = 20.0
_MOMENT = 1.0
_POLL = 0.02


@contextmanager
def exclusive(folder: Path, *, bare: bool = False) -> Iterator[None]:
    """Hold the lock in `folder`, or say who does; with `bare` it is the folder that is locked.

    The kernel drops it with the process, so that nothing is left to clean up after a crash. Git
    inherits it: after a process that was killed, the lock is free when its last git is done.
    """
    path = folder if bare else folder / "lock"
    handle = _taken(path, bare=bare)
    try:
        os.set_inheritable(handle, True)
        if not bare:
            os.ftruncate(handle, 0)
            os.pwrite(handle, f"{os.getpid()}\n".encode(), 0)
        yield
    finally:
        if not bare:
            _remove(path)
        os.close(handle)


def abandoned(folder: Path) -> bool:
    """Tell whether there is a lock in `folder` that nobody holds: its owner was killed."""
    try:
        handle = os.open(folder / "lock", os.O_RDONLY)
    except OSError:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return _is_at(folder / "lock", handle)
    except BlockingIOError:
        return False
    finally:
        os.close(handle)


def _taken(path: Path, *, bare: bool) -> int:
    """Return the handle that holds the lock."""
    started = time.monotonic()
    while True:
        handle = _opened(path, bare=bare)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if bare or _is_at(path, handle):
                return handle
            os.close(handle)
        except BlockingIOError as error:
            owner = "" if bare else os.pread(handle, 32, 0).decode("ascii", "replace").strip()
            os.close(handle)
            if time.monotonic() - started >= _patience(owner):
                raise CarveError(
                    f"another run is going on in this repository (process {owner or 'unknown'})",
                    where=Place(str(path)),
                    instead="wait for it, or end that process; the lock goes with it",
                ) from error
            time.sleep(_POLL)


def _opened(path: Path, *, bare: bool) -> int:
    if bare:
        return os.open(path, os.O_RDONLY)
    while True:
        path.parent.mkdir(parents=True, exist_ok=True)
        # Whoever ends right now removes the folder as well.
        with contextlib.suppress(FileNotFoundError):
            return os.open(path, os.O_RDWR | os.O_CREAT, 0o644)


def _is_at(path: Path, handle: int) -> bool:
    """Tell whether the file that is held is still the one that others will find."""
    try:
        return os.path.samestat(path.stat(), os.fstat(handle))
    except FileNotFoundError:
        return False


def _remove(path: Path) -> None:
    """Remove the lock while it is held, and the folder if nothing else is in it."""
    with contextlib.suppress(OSError):
        path.unlink()
        path.parent.rmdir()


def _patience(owner: str) -> float:
    """Return how long to wait for a lock that `owner` has taken."""
    if not owner.isdigit():
        return _MOMENT
    try:
        os.kill(int(owner), 0)
    except ProcessLookupError:
        return _PATIENCE  # it has left a git that will end soon
    except PermissionError:
        return 0.0
    return 0.0
