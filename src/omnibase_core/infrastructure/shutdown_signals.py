"""Turns the signals that end a process into a wish to shut down, for a while."""

import asyncio
import signal
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Any, Final, Self

__all__ = ["ShutdownSignals"]

_SIGNALS: Final = (signal.SIGTERM, signal.SIGINT)


class ShutdownSignals:
    """Calls `wish` on SIGTERM and SIGINT while the block is open; afterwards all is as before.

    Python hands signals to the main thread alone, and without a running loop nobody there
    would act on the wish: in both cases the block changes nothing.
    """

    def __init__(self, wish: Callable[[], object]) -> None:
        """Keep what is to be called; it runs between two instructions and has to be short."""
        self._wish = wish
        self._before: dict[signal.Signals, Any] = {}

    def __enter__(self) -> Self:
        """Take the signals over."""
        if threading.current_thread() is threading.main_thread() and _loop_is_running():
            for number in _SIGNALS:
                self._before[number] = signal.signal(number, self._take)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Give the signals back to those who had them."""
        for number, handler in self._before.items():
            # A handler that was not installed by Python is unknown to it.
            signal.signal(number, signal.SIG_DFL if handler is None else handler)
        self._before.clear()

    def _take(self, *_signal: object) -> None:
        self._wish()


def _loop_is_running() -> bool:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True
