"""Changes to the file system outside a scenario's own folder: refused, and told afterwards."""

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

__all__ = ["Watch", "watched"]

_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_DESCRIPTORS = "/proc/self/fd"
# For each event: where its paths stand, and where the folder that each is relative to.
_EVENTS: dict[str, tuple[tuple[int, int], ...]] = {
    "open": ((0, -1),),
    "os.chmod": ((0, 2),),
    "os.chown": ((0, 3),),
    "os.link": ((1, 3),),
    "os.mkdir": ((0, 2),),
    "os.remove": ((0, 1),),
    "os.rename": ((0, 2), (1, 3)),
    "os.rmdir": ((0, 1),),
    "os.symlink": ((1, 2),),
    "os.truncate": ((0, -1),),
    "os.utime": ((0, 3),),
}


@dataclass
class Watch:
    """The folder in which everything is allowed, and what was tried outside of it."""

    folder: str
    found: list[str] = field(default_factory=list)

    def take(self, event: str, args: tuple[Any, ...]) -> None:
        """Raise PermissionError if the event would change something outside."""
        if event == "open" and not (isinstance(args[2], int) and args[2] & _WRITING):
            return
        for path_at, folder_at in _EVENTS[event]:
            path = _resolved(args[path_at], args[folder_at] if folder_at >= 0 else -1)
            if path is not None and not self._allowed(path):
                self.found.append(f"{event.removeprefix('os.')} {path}")
                raise PermissionError(errno.EACCES, "lies outside the scenario's folder", path)

    def _allowed(self, path: str) -> bool:
        inside = path == self.folder or path.startswith(self.folder + os.sep)
        return inside or path.startswith("/dev/") or "__pycache__" in Path(path).parts


@contextmanager
def watched(folder: Path) -> Iterator[Watch]:
    """Refuse, in all threads, whatever would change a file outside `folder`."""
    _State.install()
    _State.current = watch = Watch(os.path.realpath(folder))
    try:
        yield watch
    finally:
        _State.current = None


class _State:
    """Which watch is on; the interpreter keeps a hook for good once it has one."""

    current: Watch | None = None
    installed = False

    @classmethod
    def install(cls) -> None:
        if not cls.installed:
            cls.installed = True
            sys.addaudithook(_heard)


def _heard(event: str, args: tuple[Any, ...]) -> None:
    watch = _State.current
    if watch is not None and event in _EVENTS:
        watch.take(event, args)


def _resolved(path: Any, folder: int) -> str | None:
    """Return the absolute path that is meant, None for an open file or an unknown folder."""
    if isinstance(path, int) or path is None:
        return None
    text = os.fsdecode(path)
    if folder >= 0 and not os.path.isabs(text):  # noqa: PTH117 - paths are text in an audit event
        if not Path(_DESCRIPTORS).is_dir():
            return None
        text = f"{_DESCRIPTORS}/{folder}/{text}"
    # A link itself is what is renamed or removed, so only its folder is followed.
    parent, name = os.path.split(os.path.abspath(text))  # noqa: PTH100 - as above
    return os.path.join(os.path.realpath(parent), name)  # noqa: PTH118 - as above
