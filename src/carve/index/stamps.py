"""Whether a file is still the one that was read, as git tells it: by what the system notes of it.

A stamp is size, time of the last write, time of the last change of any kind, and inode. The third
is the one that no tool can set: a file that gets other bytes, or is replaced, under the same size
and time of writing still shows. Times are no finer than the system's clock, so the stamp of a file
that had just changed when it was read is not kept (git calls such a file racily clean).
"""

import os
import stat
import time

__all__ = ["NO_STAMP", "read", "read_with_stamp", "seen_at", "stamp_of"]

NO_STAMP = b""
_FLAGS = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


def seen_at(path: bytes) -> os.stat_result | None:
    """Return what the system notes of a regular file; None for all else, and where nothing is."""
    try:
        seen = os.lstat(path)
    except OSError:
        return None
    return seen if stat.S_ISREG(seen.st_mode) else None


def stamp_of(seen: os.stat_result) -> bytes:
    """Return the stamp of a file."""
    return b"%d %d %d %d" % (seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns, seen.st_ino)


def read(path: bytes) -> bytes | None:
    """Return the bytes of a regular file; None for all else."""
    try:
        handle = os.open(path, _FLAGS)
    except OSError:
        return None
    try:
        seen = os.fstat(handle)
        return _read(handle, seen.st_size) if stat.S_ISREG(seen.st_mode) else None
    finally:
        os.close(handle)


def read_with_stamp(path: bytes, settled: float) -> tuple[bytes, bytes] | None:
    """Return the bytes of a regular file and the stamp that proves them, or NO_STAMP.

    It does when the file has not changed for as many seconds.
    """
    try:
        handle = os.open(path, _FLAGS)
    except OSError:
        return None
    try:
        now = time.time_ns()
        before = os.fstat(handle)
        if not stat.S_ISREG(before.st_mode):
            return None
        raw, stamp = _read(handle, before.st_size), stamp_of(before)
        proves = stamp == stamp_of(os.fstat(handle)) and _age(before, now) > settled * 1e9
    finally:
        os.close(handle)
    return raw, stamp if proves else NO_STAMP


def _read(handle: int, size: int) -> bytes:
    raw = os.read(handle, size + 1)
    if len(raw) == size:
        return raw
    parts = [raw]
    while parts[-1]:
        parts.append(os.read(handle, 1 << 20))
    return b"".join(parts)


def _age(seen: os.stat_result, now: int) -> int:
    return now - max(seen.st_mtime_ns, seen.st_ctime_ns)
