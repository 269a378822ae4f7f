"""The short life of a forked child that carries one mutant: its bounds, its end, its story."""

import contextlib
import gc
import json
import os
import resource
import select
import signal
import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from carve.pins.family import die_with, end_group

__all__ = ["Story", "Teller", "followed", "fork", "live_with"]

_MORE_MEMORY = 1024**3
_MORE_SECONDS = 600
_LOOK_UP = 1.0
_forked: list[int] = []  # the child that is alive


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
    # Who is told to end in between would not know the child yet.
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # threads of the subject's import are not in the child
        child = os.fork()
    os.close(reader if child == 0 else writer)
    if child == 0:
        os.setpgid(0, 0)
        die_with(parent)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
        _bound()
        return 0, writer
    with contextlib.suppress(OSError):
        os.setpgid(child, child)
    _forked.append(child)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
    return child, reader


def live_with(parent: int) -> None:
    """Let this process end when it is told to or when `parent` ends, and its child with it.

    A child has a group of its own, where whatever a scenario starts is as well.
    """
    signal.signal(signal.SIGTERM, _end_all)
    die_with(parent, signal.SIGTERM)


def _end_all(*_: object) -> None:
    for child in _forked:
        end_group(child)
    if os.getpgrp() == os.getpid():
        end_group(0)
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
                _end_all()
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
        end_group(child)
        _forked.remove(child)
        os.waitpid(child, 0)
    return story
