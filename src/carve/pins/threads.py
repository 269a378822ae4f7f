"""Which threads hold the controlled clock back, and which of them merely sleep.

A pool job at work takes no time on the clock, but it must be done before time may jump. A thread
that calls `time.sleep` is a timer like any other: it is woken when the clock gets there.
"""

import concurrent.futures.thread as pool_module
import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

__all__ = ["Threads"]

_PATIENCE = 1.0


@dataclass(slots=True)
class _Sleeper:
    wake: float
    thread: threading.Thread
    event: threading.Event = field(default_factory=threading.Event)


class Threads:
    """Counts pool jobs and sleeping threads while it is installed."""

    def __init__(self, now: Callable[[], float], notify: Callable[[], None]) -> None:
        """Take the clock's time and a function that makes the loop look again."""
        self._now = now
        self._notify = notify
        self._lock = threading.Lock()
        self._jobs: dict[Future[Any], Executor] = {}
        self._sleepers: list[_Sleeper] = []
        self._known = set(threading.enumerate())
        self._submit = ThreadPoolExecutor.submit
        self.watched = False

    def install(self) -> None:
        """Count the jobs of every thread pool from now on."""
        original, begin = self._submit, self._begin

        def submit(
            pool: ThreadPoolExecutor, work: Callable[..., Any], /, *args: Any, **kwargs: Any
        ) -> Future[Any]:
            future = original(pool, work, *args, **kwargs)
            begin(future, pool)
            return future

        ThreadPoolExecutor.submit = submit  # type: ignore[method-assign, assignment]

    def remove(self) -> None:
        """Leave thread pools as they were and wake whoever still sleeps."""
        ThreadPoolExecutor.submit = self._submit  # type: ignore[method-assign]
        with self._lock:
            for sleeper in self._sleepers:
                sleeper.event.set()

    def jobs_at_work(self) -> bool:
        """Tell whether a pool has a thread that could go on without the clock."""
        with self._lock:
            asleep = [sleeper.thread for sleeper in self._sleepers]
            for pool, count in Counter(list(self._jobs.values())).items():
                threads: set[threading.Thread] = getattr(pool, "_threads", set())
                busy = min(count, getattr(pool, "_max_workers", count))
                if busy > sum(thread in threads for thread in asleep):
                    return True
            return False

    def others_at_work(self) -> bool:
        """Tell whether a thread outside any pool is awake; it may be about to call the loop."""
        asleep = {sleeper.thread for sleeper in list(self._sleepers)}
        return any(
            thread not in asleep
            and thread not in self._known
            # A pool's thread counts by its jobs: without one it waits for work.
            and getattr(thread, "_target", None) is not getattr(pool_module, "_worker", self)
            for thread in threading.enumerate()
        )

    def sleep(self, seconds: float, waited: Callable[[float], None]) -> None:
        """Block this thread until the clock has moved on by `seconds`.

        Nobody moves the clock while the main thread itself blocks; then `waited` moves it.
        """
        sleeper = _Sleeper(self._now() + seconds, threading.current_thread())
        with self._lock:
            self._sleepers.append(sleeper)
        self._notify()
        while not (woken := sleeper.event.wait(_PATIENCE)) and self.watched:
            pass
        with self._lock:
            if sleeper in self._sleepers:
                self._sleepers.remove(sleeper)
        if not woken:
            waited(max(0.0, sleeper.wake - self._now()))

    def next_wake(self) -> float | None:
        """Return when the first sleeping thread wants to wake."""
        with self._lock:
            return min((sleeper.wake for sleeper in self._sleepers), default=None)

    def wake(self) -> None:
        """Wake the threads whose time has come, the earliest first."""
        now = self._now() + 1e-9
        with self._lock:
            due = sorted((one for one in self._sleepers if one.wake <= now), key=_wake_time)
            self._sleepers = [one for one in self._sleepers if one not in due]
        for sleeper in due:
            sleeper.event.set()

    def _begin(self, future: Future[Any], pool: Executor) -> None:
        # The job counts until its callbacks have run: the event loop hears of it by one of them.
        tell = future._invoke_callbacks  # type: ignore[attr-defined]  # noqa: SLF001 - no public hook

        def tell_and_forget() -> None:
            tell()
            self._jobs.pop(future, None)

        with self._lock:
            self._jobs[future] = pool
        future._invoke_callbacks = tell_and_forget  # type: ignore[attr-defined]  # noqa: SLF001 - as above
        if future.done():
            self._jobs.pop(future, None)


def _wake_time(sleeper: _Sleeper) -> float:
    return sleeper.wake
