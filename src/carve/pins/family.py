"""Processes that end together: whoever was started ends with the one that started it."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

__all__ = ["children", "die_with", "end_group", "guarded", "leading"]

# A signal at the parent's death, where there is one, reaches the child alone: it is not inherited
# by those whom the child has started. That a pipe has ended is seen however its owner has ended.
_GUARD = """
import os, sys
if not os.read(0, 1):
    os.killpg(int(sys.argv[1]), 9)
"""
_DIES_WITH_PARENT = 1  # PR_SET_PDEATHSIG


@contextmanager
def leading(command: Sequence[str], **choices: Any) -> "Iterator[subprocess.Popen[bytes]]":
    """Start a process in a session of its own, and end all of its group in the end.

    What a scenario has started and forgotten is in that group too.
    """
    made = subprocess.Popen(  # noqa: S603 - our own command line
        command, start_new_session=True, **choices
    )
    with made as process:
        try:
            with guarded(process.pid):
                yield process
        finally:
            end_group(process.pid)


@contextmanager
def guarded(leader: int) -> Iterator[None]:
    """Have the group of `leader` ended as well if this process is killed meanwhile."""
    command = [sys.executable, "-I", "-S", "-c", _GUARD, str(leader)]
    guard = subprocess.Popen(  # noqa: S603 - our own command line
        command, stdin=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True
    )
    with guard:
        try:
            yield
        finally:
            if guard.stdin is not None:
                with contextlib.suppress(OSError):
                    os.write(guard.stdin.fileno(), b".")


def end_group(leader: int) -> None:
    """Kill everybody in the group of `leader`, who may have ended already."""
    with contextlib.suppress(OSError):
        os.killpg(leader, signal.SIGKILL)


def die_with(parent: int, by: signal.Signals = signal.SIGKILL) -> None:
    """Let this process get a signal when `parent` ends, where the system can do that."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_DIES_WITH_PARENT, by)
        if os.getppid() != parent:
            os._exit(1)


def children() -> dict[int, str]:
    """Return the processes that this one has started and that still run, with their commands."""
    if not _has_children():
        return {}
    own = os.getpid()
    found = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            state, parent = path.read_text(errors="replace").rpartition(")")[2].split()[:2]
            if int(parent) == own and state != "Z":
                words = (path.parent / "cmdline").read_bytes().split(b"\0")
                found[int(path.parent.name)] = b" ".join(words).decode(errors="replace").strip()
    return found


def _has_children() -> bool:
    """Tell whether there are any, which is a thousand times cheaper than to look who they are."""
    try:
        os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
    except ChildProcessError:
        return False
    return True
