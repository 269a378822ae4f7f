"""The short life of a forked child that carries one mutant: its bounds, its end, its story."""

import contextlib
import ctypes
import gc
import json
import os
import resource
import select
import signal
import sys
import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

__all__ = ["Story", "Teller", "die_with", "followed", "fork"]

_MORE_MEMORY = 1024**3
_MORE_SECONDS = 600
_LOOK_UP = 1.0
_DIES_WITH_PARENT = 1  # PR_SET_PDEATHSIG


@dataclass
class Story:
    """What a child told: the scenario it was at, those that did not hold, how long each took."""

    verdict: str = ""
    at: str = ""
    failed: list[str] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)

    def take(self, line: bytes) -> None:
        """Take one line of a child."""
        for word, value in json.loads(line).items():
            if word == "took":
                self.seconds[self.at] = value
            elif word == "failed":
                self.failed.append(value)
            else:
                setattr(self, word, value)


@dataclass(frozen=True, slots=True)
class Teller:
    """The child's end of the pipe."""

    pipe: int

    def tell(self, **facts: Any) -> None:
        """Tell the parent."""
        os.write(self.pipe, json.dumps(facts).encode() + b"\n")

    def end(self, verdict: str) -> None:
        """Tell the verdict and leave at once; nothing of this process is worth a clean-up."""
        self.tell(verdict=verdict)
        os._exit(0)


def fork() -> tuple[int, int]:
    """Return the child's id and its pipe; in the child 0 and the pipe to write to."""
    reader, writer = os.pipe()
    parent = os.getpid()
    gc.freeze()  # what is there already is not looked through again by each child
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # threads of the subject's import are not in the child
        child = os.fork()
    os.close(reader if child == 0 else writer)
    if child == 0:
        os.setpgid(0, 0)
        die_with(parent)
        _bound()
        return 0, writer
    with contextlib.suppress(OSError):
        os.setpgid(child, child)
    return child, reader


def die_with(parent: int) -> None:
    """Let this process be killed when `parent` ends, where the system can do that."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_DIES_WITH_PARENT, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)


def _bound() -> None:
    """Bound memory and processor time, for mutants that never stop asking for more."""
    used = int(time.process_time())
    limits = [(resource.RLIMIT_CPU, used + _MORE_SECONDS)]
    with contextlib.suppress(OSError):
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        limits.append((resource.RLIMIT_AS, pages * resource.getpagesize() + _MORE_MEMORY))
    for which, limit in limits:
        hard = resource.getrlimit(which)[1]
        if hard == resource.RLIM_INFINITY or limit < hard:
            resource.setrlimit(which, (limit, hard))


def followed(child: int, reader: int, patience: Callable[[str], float]) -> Story:
    """Return the story of a child; one that hangs or whose end is near takes nobody with it.

    Each scenario has its own `patience`, so that a hang is noticed soon however many came before.
    """
    story, pending, parent = Story(), b"", os.getppid()
    deadline = time.monotonic() + patience("")
    try:
        while not story.verdict:
            left = deadline - time.monotonic()
            ready, _, _ = select.select([reader], [], [], max(0.0, min(left, _LOOK_UP)))
            if os.getppid() != parent:  # nobody waits for the answer any more
                os._exit(1)
            if not ready:
                if left <= 0:
                    story.verdict = "timeout"
                continue
            part = os.read(reader, 65536)
            if not part:
                story.verdict = "crash"
            *lines, pending = (pending + part).split(b"\n")
            for line in lines:
                story.take(line)
            deadline = time.monotonic() + patience(story.at)
    finally:
        os.close(reader)
        with contextlib.suppress(OSError):
            os.killpg(child, signal.SIGKILL)
        os.waitpid(child, 0)
    return story
