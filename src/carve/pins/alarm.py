"""A time limit in real seconds: first an exception, then the end of the process."""

import faulthandler
import os
import signal
import threading
from typing import Any

__all__ = ["GRACE", "Alarm", "TookTooLong"]

GRACE = 10.0
_AGAIN = 1.0


class TookTooLong(BaseException):
    """The time is over; no `except Exception` of the work can hold it up."""


class Alarm:
    """Interrupts the main thread when the time is over, again and again until it is disarmed.

    Work that holds out for `GRACE` seconds more takes the process with it.
    """

    def __init__(self, seconds: float) -> None:
        """Take the limit; the traceback of a process that is ended goes to its stderr."""
        self.seconds = seconds
        self.rang = False
        self._stderr = os.dup(2)  # what pytest captures would be lost with the process
        self._before: Any = None

    def arm(self) -> None:
        """Start to count; what was counted before is forgotten."""
        # Twice the grace: once for the work, once for what cleans up after it.
        faulthandler.dump_traceback_later(self.seconds + 2 * GRACE, exit=True, file=self._stderr)
        self.count(self.seconds)

    def count(self, seconds: float) -> None:
        """Interrupt what runs now after so many seconds."""
        self.rang = False
        if self._can_interrupt():
            before = signal.signal(signal.SIGALRM, self._ring)
            self._before = self._before or before
            signal.setitimer(signal.ITIMER_REAL, seconds, _AGAIN)

    def pause(self) -> None:
        """Interrupt nobody for now; the end of the process comes nearer all the same."""
        if self._can_interrupt():
            signal.setitimer(signal.ITIMER_REAL, 0)

    def disarm(self) -> None:
        """Stop to count."""
        if self._can_interrupt() and self._before is not None:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, self._before)
            self._before = None
        faulthandler.cancel_dump_traceback_later()

    def end_anyway(self) -> None:
        """End the process soon, even if a thread never does."""
        faulthandler.dump_traceback_later(GRACE, exit=True, file=self._stderr)

    def _ring(self, _signal: int, _frame: Any) -> None:
        self.rang = True
        raise TookTooLong(f"took longer than {self.seconds:g} s")

    def _can_interrupt(self) -> bool:
        main = threading.current_thread() is threading.main_thread()
        return main and hasattr(signal, "setitimer")
