"""The end that comes from outside, as an exception: whoever is at work can clean up first."""

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from carve.errors import CarveError

__all__ = ["Reached", "heed", "stand", "told_to_end", "within"]

_NAMES = ("SIGTERM", "SIGHUP", "SIGINT")
_told: list[signal.Signals] = []


class Reached(Protocol):
    """Somebody who knows how far the work is."""

    reached: str


class _Over(BaseException):
    """The time is over; no `except Exception` of the work can hold it up."""


def stand() -> None:
    """Open what is closed of stdin, stdout and stderr, or the next file would be taken for it."""
    for number, name, mode in ((0, "stdin", "r"), (1, "stdout", "w"), (2, "stderr", "w")):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # the lowest number that is free is this one
        if getattr(sys, name) is None:
            setattr(sys, name, open(number, mode, encoding="utf-8", closefd=False))  # noqa: SIM115 - a number


def heed() -> None:
    """Let SIGTERM and SIGHUP end this process as Ctrl-C does, unless they are ignored."""
    _told.clear()
    for each in _signals():
        if signal.getsignal(each) in (signal.SIG_DFL, signal.default_int_handler):
            signal.signal(each, _end)


def told_to_end() -> signal.Signals | None:
    """Return the signal that ended the work, None if it was Ctrl-C."""
    return _told[0] if _told and _told[0] != signal.SIGINT else None


@contextmanager
def within(seconds: float | None, work: Reached, instead: str) -> Iterator[None]:
    """Let the work take so long at most; what it has started ends with it."""
    if seconds is None or not hasattr(signal, "setitimer"):
        yield
        return
    before = signal.signal(signal.SIGALRM, _ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    except _Over:
        far = f" after {work.reached}" if work.reached else ""
        raise CarveError(f"--timeout {seconds:g} s was over{far}", instead=instead) from None
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _signals() -> list[signal.Signals]:
    if threading.current_thread() is not threading.main_thread():
        return []
    return [getattr(signal, name) for name in _NAMES if hasattr(signal, name)]


def _end(number: int, _frame: object) -> None:
    for each in _signals():  # a second one would disturb the cleaning up
        signal.signal(each, signal.SIG_IGN)
    _told.append(signal.Signals(number))
    raise KeyboardInterrupt


def _ring(_number: int, _frame: object) -> None:
    raise _Over
