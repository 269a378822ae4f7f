"""A clock that jumps instead of waiting: seven seconds of sleep take none and measure seven.

`time.time`, `datetime.now`, `time.monotonic`, `time.perf_counter`, `time.sleep` and the event
loop all follow it. Time moves only when nothing else can happen: no callback is ready and no
pool job runs.
"""

import asyncio
import datetime as dt
import os
import selectors
import threading
import time
from collections.abc import Coroutine
from contextlib import ExitStack
from typing import Any, TypeVar

import time_machine

from carve.errors import CarveError
from carve.pins.threads import Threads

__all__ = ["START", "Clock"]

START = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
_T = TypeVar("_T")
_NANO = 1_000_000_000
_BLINK = 0.02
_OTHERS_MAY_TAKE = 0.25
_HANGS_AFTER = 5.0
_MOST_JUMPS = 200_000
_real_monotonic = time.monotonic
_real_sleep = time.sleep


class Clock:
    """Wall clock, monotonic clock and event loop of one scenario, all in step.

    Starts at `START` in UTC. Work in pool threads takes no time unless it sleeps.
    """

    def __init__(self) -> None:
        """Prepare the clock; `start` puts it in place."""
        self._cleanup = ExitStack()
        self._loop: _JumpingLoop | None = None
        self._main = threading.current_thread()
        self._threads = Threads(self.seconds, self._notify)

    def start(self) -> None:
        """Put the clock in the place of the machine's own, time zone included."""
        self._cleanup.callback(_set_zone, os.environ.get("TZ"))
        _set_zone("UTC")
        travel = time_machine.travel(START.timestamp(), tick=False)
        self._traveller = travel.start()
        self._cleanup.callback(travel.stop)
        for name, stand_in in self._stand_ins().items():
            self._cleanup.callback(setattr, time, name, getattr(time, name))
            setattr(time, name, stand_in)
        self._threads.install()
        self._cleanup.callback(self._threads.remove)
        self._runner = asyncio.Runner(loop_factory=self._make_loop)
        self._cleanup.callback(self._runner.close)

    def stop(self) -> None:
        """Cancel what still runs on the loop and give the machine its clock back."""
        self._cleanup.close()

    def now(self) -> dt.datetime:
        """Return the present time, aware, in UTC."""
        return START + dt.timedelta(microseconds=self._elapsed_ns() // 1000)

    def seconds(self) -> float:
        """Return the seconds since the scenario started."""
        return self._elapsed_ns() / _NANO

    def advance(self, seconds: float) -> None:
        """Let `seconds` pass; timers and sleepers that fall due run at the next chance."""
        self._traveller.shift(dt.timedelta(0) if seconds <= 0 else float(seconds))
        self._threads.wake()

    def run(self, work: Coroutine[Any, Any, _T]) -> _T:
        """Return the result of a coroutine that runs on the jumping event loop.

        All runs of one scenario share one loop, as locks and semaphores belong to a loop.
        """
        return self._runner.run(work)

    def pending(self) -> set["asyncio.Task[Any]"]:
        """Return the tasks that wait on the loop of the scenario."""
        loop = self._loop
        return set() if loop is None or loop.is_closed() else asyncio.all_tasks(loop)

    def sleep(self, seconds: float) -> None:
        """Stand in for `time.sleep`: the main thread jumps, other threads wait for the clock."""
        if seconds < 0:
            raise ValueError("sleep length must be non-negative")
        if threading.current_thread() is self._main:
            self.advance(seconds)
        elif seconds == 0:
            _real_sleep(0)
        else:
            self._threads.sleep(float(seconds), self.advance)

    def _elapsed_ns(self) -> int:
        return self._traveller.time_ns() - int(START.timestamp()) * _NANO

    def _stand_ins(self) -> dict[str, Any]:
        return {
            "sleep": self.sleep,
            "monotonic": self.seconds,
            "perf_counter": self.seconds,
            "monotonic_ns": self._elapsed_ns,
            "perf_counter_ns": self._elapsed_ns,
        }

    def _make_loop(self) -> asyncio.AbstractEventLoop:
        self._loop = _JumpingLoop(self, self._threads)
        return self._loop

    def _notify(self) -> None:
        loop = self._loop
        if loop is not None and not loop.is_closed():
            loop.call_soon_threadsafe(_nothing)


def _nothing() -> None:
    return None


class _JumpingLoop(asyncio.SelectorEventLoop):
    def __init__(self, clock: Clock, threads: Threads) -> None:
        super().__init__(_JumpingSelector(clock, threads))
        self._clock = clock
        self._clock_resolution = 1e-9

    def time(self) -> float:
        return self._clock.seconds()


class _JumpingSelector(selectors.DefaultSelector):
    """Polls; when nothing is ready and nobody is at work, lets the time pass."""

    def __init__(self, clock: Clock, threads: Threads) -> None:
        super().__init__()
        self._clock = clock
        self._threads = threads
        self._jumps = 0

    def select(self, timeout: float | None = None) -> Any:
        ready = super().select(0)
        if ready or (timeout is not None and timeout <= 0):
            return ready
        self._threads.watched = True
        try:
            return self._wait_for_threads(timeout) or self._jump(timeout)
        finally:
            self._threads.watched = False

    def _wait_for_threads(self, timeout: float | None) -> Any:
        started = _real_monotonic()
        while True:
            waited = _real_monotonic() - started
            jobs, idle = self._threads.jobs_at_work(), timeout is None and self._sleepless()
            others = waited <= _OTHERS_MAY_TAKE and self._threads.others_at_work()
            if not (jobs or idle or others):
                # What they had to tell the loop was told before they stopped counting.
                return super().select(0)
            if ready := super().select(_BLINK):
                return ready
            if waited > _HANGS_AFTER:
                raise CarveError(
                    f"the scenario would hang: nothing happened for {_HANGS_AFTER:g} s and "
                    "no timer is left, or a pool job does not end"
                )

    def _sleepless(self) -> bool:
        return self._threads.next_wake() is None

    def _jump(self, timeout: float | None) -> Any:
        wake = self._threads.next_wake()
        until_wake = None if wake is None else max(0.0, wake - self._clock.seconds())
        jumps = [each for each in (timeout, until_wake) if each is not None]
        if jumps:
            self._clock.advance(min(jumps))
            self._jumps += 1
        if self._jumps > _MOST_JUMPS:
            self._jumps = 0  # what is cancelled afterwards may still need a few
            raise CarveError(
                f"the scenario would hang: time has jumped {_MOST_JUMPS} times; "
                "does a loop sleep forever?"
            )
        return super().select(0)


def _set_zone(zone: str | None) -> None:
    if zone is None:
        os.environ.pop("TZ", None)
    else:
        os.environ["TZ"] = zone
    if hasattr(time, "tzset"):
        time.tzset()
