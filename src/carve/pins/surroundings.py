"""What a scenario shares with all others in its process, and whether it left that as it was."""

import contextlib
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from carve.pins.family import children

__all__ = ["Surroundings"]

_OWN = "PYTEST_CURRENT_TEST"  # pytest changes it between the phases of a test
_PATIENCE = 0.5
_BLINK = 0.005
_MOST = 3
# Python itself starts these and keeps them until it ends.
_HELPERS = ("multiprocessing.resource_tracker", "multiprocessing.forkserver")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The environment, folder, umask, modules, threads and children of this process once."""

    environment: dict[str, str]
    folder: str
    umask: int
    modules: dict[str, ModuleType]
    threads: frozenset[threading.Thread]
    processes: frozenset[int]

    @classmethod
    def now(cls) -> "Surroundings":
        """Return the present ones."""
        environment, threads = dict(os.environ), frozenset(threading.enumerate())
        modules, processes = dict(sys.modules), frozenset(children())
        return cls(environment, _folder(), _umask(), modules, threads, processes)

    def restore(self) -> Iterator[str]:
        """Put everything back and yield what had been left changed; a thread cannot be ended."""
        if changed := self._environment():
            yield f"left the environment changed: {_some(changed)}"
        if (found := _folder()) != self.folder:
            os.chdir(self.folder)
            yield f"left the working directory changed: {found}"
        if (mask := _umask()) != self.umask:
            os.umask(self.umask)
            yield f"left the umask changed: {mask:#05o}"
        if patched := self._modules():
            yield f"left sys.modules changed: {_some(patched)}"
        if running := self._threads():
            yield f"left a thread running: {_some(running)}"
        if started := self._ended():
            yield f"left a process running: {_some(started)}"

    def _environment(self) -> list[str]:
        now = dict(os.environ)
        if now == self.environment:
            return []
        names = sorted(
            name
            for name in {*now, *self.environment} - {_OWN}
            if now.get(name) != self.environment.get(name)
        )
        for name in names:
            if name in self.environment:
                os.environ[name] = self.environment[name]
            else:
                del os.environ[name]
        return names

    def _modules(self) -> list[str]:
        """Put back what was replaced or removed, and remove what was made by hand."""
        if sys.modules == self.modules:
            return []
        now = dict(sys.modules)
        names = [name for name, module in self.modules.items() if now.get(name) is not module]
        for name in names:
            sys.modules[name] = self.modules[name]
        # A module that the subject imports late is no change; that one has a spec.
        added = now.keys() - self.modules.keys()
        made = [name for name in added if getattr(now[name], "__spec__", None) is None]
        for name in made:
            sys.modules.pop(name, None)
        return sorted([*names, *made])

    def _threads(self) -> list[str]:
        running = self._alive()
        until = time.monotonic() + _PATIENCE
        while running and time.monotonic() < until:
            time.sleep(_BLINK)
            running = self._alive()
        return [_thread_name(thread) for thread in running]

    def _ended(self) -> list[str]:
        """End the processes that were started, and return their commands."""
        found = self._started()
        until = time.monotonic() + _PATIENCE
        while found and time.monotonic() < until:
            time.sleep(_BLINK)
            found = self._started()
        for process in found:
            with contextlib.suppress(OSError):
                os.kill(process, signal.SIGKILL)
        return list(found.values())

    def _started(self) -> dict[int, str]:
        found = children().items()
        return {
            process: command
            for process, command in found
            if process not in self.processes and not any(each in command for each in _HELPERS)
        }

    def _alive(self) -> list[threading.Thread]:
        return [thread for thread in threading.enumerate() if thread not in self.threads]


def _thread_name(thread: threading.Thread) -> str:
    target: Any = getattr(thread, "_target", None)
    does = getattr(target, "__qualname__", "")
    return f"{thread.name} ({does})" if does and does not in thread.name else thread.name


def _folder() -> str:
    try:
        return os.getcwd()  # noqa: PTH109 - kept as text, and it may be gone
    except FileNotFoundError:
        return "(removed)"


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def _some(names: list[str]) -> str:
    more = f" and {len(names) - _MOST} more" if len(names) > _MOST else ""
    return ", ".join(names[:_MOST]) + more
