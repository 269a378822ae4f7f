"""What an outsider sees when a piece of work runs: outcome, logs, warnings, output, duration."""

import asyncio
import contextlib
import inspect
import io
import json
import logging
import warnings
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

from carve.errors import CarveError
from carve.pins.clock import Clock

__all__ = ["Observation", "observe"]


class Observation(dict[str, Any]):
    """The sections that were observed; scenarios add their own (`state`, `calls`, `files`).

    `value` and `error` are the objects themselves, for a scenario that goes on working with them.
    """

    value: Any = None
    error: BaseException | None = None


def observe(work: Callable[[], Any] | Awaitable[Any], clock: Clock) -> Observation:
    """Return what running `work` showed; coroutines run on the clock's event loop."""
    seen = Observation(outcome={})
    logs: list[dict[str, Any]] = []
    out, err = io.StringIO(), io.StringIO()
    started = clock.seconds()
    with (
        _recorded_logs(logs),
        warnings.catch_warnings(record=True) as warned,
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        warnings.simplefilter("always")
        _run(work, clock, seen)
    seen["elapsed_seconds"] = round(clock.seconds() - started, 9)
    seen["logs"] = logs
    # Which deprecations are reported depends on the versions of Python and of libraries.
    if told := [each for each in warned if not issubclass(each.category, _DEPRECATIONS)]:
        seen["warnings"] = [
            {"category": each.category.__name__, "message": str(each.message)} for each in told
        ]
    if out.getvalue() or err.getvalue():
        seen["printed"] = {"out": out.getvalue(), "err": err.getvalue()}
    return seen


_DEPRECATIONS = (DeprecationWarning, PendingDeprecationWarning, ImportWarning, ResourceWarning)


def _run(work: Callable[[], Any] | Awaitable[Any], clock: Clock, seen: Observation) -> None:
    try:
        value = work() if callable(work) else work
        if inspect.isawaitable(value):
            value = clock.run(_awaited(value))
    except CarveError:  # the clock gave up; that is no behaviour of the subject
        raise
    except (Exception, asyncio.CancelledError, SystemExit) as error:  # noqa: BLE001 - is the result
        seen.error = error
        seen["outcome"] = {"raised": error}
    else:
        seen.value = value
        seen["outcome"] = {"returned": value}


async def _awaited(value: Awaitable[Any]) -> Any:
    return await value


@contextlib.contextmanager
def _recorded_logs(logs: list[dict[str, Any]]) -> Iterator[None]:
    # A record factory sees every logger's records in order, also of those that do not propagate.
    make, root = logging.getLogRecordFactory(), logging.getLogger()
    level = root.level

    def recording(*args: Any, **kwargs: Any) -> logging.LogRecord:
        record = make(*args, **kwargs)
        # asyncio reports about itself (selector, slow callbacks) below this level.
        if record.name != "asyncio" or record.levelno >= logging.WARNING:
            logs.append(_log(record))
        return record

    logging.setLogRecordFactory(recording)
    root.setLevel(1)
    # Without any handler Python prints warnings to stderr, where they would be observed again.
    quiet = logging.NullHandler()
    root.addHandler(quiet)
    try:
        yield
    finally:
        root.removeHandler(quiet)
        root.setLevel(level)
        logging.setLogRecordFactory(make)


def _log(record: logging.LogRecord) -> dict[str, Any]:
    try:
        message: Any = record.getMessage()
    except (TypeError, ValueError):  # arguments that do not fit: logging itself only complains
        message = str(record.msg)
    if message.startswith("{"):
        with contextlib.suppress(ValueError):
            message = json.loads(message)
    seen = {"logger": record.name, "level": record.levelname, "message": message}
    if record.exc_info and record.exc_info[1] is not None:
        seen["exception"] = record.exc_info[1]
    return seen
