"""The pytest hooks that keep a hostile scenario to itself: one message, the others run on."""

import asyncio
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

from carve.errors import CarveError, Place
from carve.pins.alarm import GRACE, Alarm, TookTooLong
from carve.pins.names import scenario_id
from carve.pins.pinned import PINNED
from carve.pins.results import Results
from carve.pins.surroundings import Surroundings
from carve.pins.writes import Watch, watched

__all__ = ["Guarding"]

_LEAVES: tuple[type[BaseException], ...] = (SystemExit, pytest.exit.Exception)


class Guarding:
    """Watches each scenario: its time, its tasks, its files, and what it leaves changed."""

    def __init__(self, alarm: Alarm, results: Results | None) -> None:
        """Take the alarm and, in the process that steers, the results."""
        self._alarm = alarm
        self._results = results
        self._watching = False
        self._before: Surroundings | None = None
        self._stuck = False

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_make_collect_report(
        self, collector: pytest.Collector
    ) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
        """Give the import of a module of scenarios the time of one scenario, and no way out."""
        if not isinstance(collector, pytest.Module):
            return (yield)
        if self._results is not None:
            self._results.event("collecting", nodeid=collector.nodeid)
        self._alarm.arm()
        try:
            report = yield
        except _LEAVES as error:
            message = f"{collector.nodeid} {_way_out(error)} when it is imported"
            return pytest.CollectReport(collector.nodeid, "failed", message, [])
        finally:
            self._alarm.disarm()
            if self._results is not None:
                self._results.event("collected", nodeid=collector.nodeid)
        if self._alarm.rang:
            late = f"{collector.nodeid} {self._too_long()} when it is imported"
            return pytest.CollectReport(collector.nodeid, "failed", late, [])
        return report

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, Any, Any]:
        """Note that the scenario is at work, in case that nothing is heard of it any more."""
        if self._results is not None:
            self._results.event("running", scenario=_name(item), nodeid=item.nodeid)
        self._watching = True
        try:
            return (yield)
        finally:
            self._watching = False
            self._alarm.disarm()

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> Generator[None, Any, Any]:
        """Start the clock and remember the surroundings."""
        if self._watching:
            self._before = Surroundings.now()
            self._alarm.arm()
        try:
            return (yield)
        except TookTooLong:
            pytest.fail(_at(item, self._too_long()), pytrace=False)

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_pyfunc_call(self, pyfuncitem: pytest.Function) -> Generator[None, Any, Any]:
        """Let the scenario write in its own folder alone, and neither stop nor leave the process.

        Wrapped around the function itself, so that what the engine writes is none of this.
        """
        folder = pyfuncitem.funcargs.get("tmp_path")
        if not isinstance(folder, Path):  # it has no pin either, which is told elsewhere
            return (yield)
        with watched(folder) as watch:
            try:
                result = yield
            except _LEAVES as error:
                raise _refused(pyfuncitem, _way_out(error)) from error
            except TookTooLong:
                raise _refused(pyfuncitem, self._too_long()) from None
            except Exception as error:
                if watch.found:
                    raise _refused(pyfuncitem, _told(watch)) from error
                raise
            finally:
                self._alarm.pause()
        self._judge(pyfuncitem, watch)
        return result

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_teardown(self, item: pytest.Item) -> Generator[None, Any, Any]:
        """Put back what the scenario left changed, and say so."""
        if self._before is not None:
            self._alarm.count(GRACE)
        try:
            result = yield
        except TookTooLong:
            late = f"did not end within {GRACE:g} s after it was done or stopped"
            pytest.fail(_at(item, late), pytrace=False)
        finally:
            left = self._left()
        if left:
            pytest.fail("\n".join(_at(item, each) for each in left), pytrace=False)
        return result

    def pytest_unconfigure(self) -> None:
        """End the process even if a thread of a scenario never does."""
        if self._stuck:
            self._alarm.end_anyway()

    def _judge(self, item: pytest.Function, watch: Watch) -> None:
        if self._watching and self._alarm.rang:
            raise _refused(item, self._too_long())
        if watch.found:
            raise _refused(item, _told(watch))
        pinned = item.stash.get(PINNED, None)
        if pinned is not None and (tasks := pinned.clock.pending()):
            names = ", ".join(sorted(map(_coroutine, tasks)))
            raise _refused(item, f"left a task running: {names}")

    def _left(self) -> list[str]:
        before, self._before = self._before, None
        if before is None:
            return []
        self._alarm.disarm()
        left = list(before.restore())
        self._stuck = self._stuck or any("thread" in each for each in left)
        return left

    def _too_long(self) -> str:
        return f"took longer than {self._alarm.seconds:g} s"


def _name(item: pytest.Item) -> str:
    return scenario_id(item.nodeid) or item.nodeid


def _file(item: pytest.Item) -> str:
    return item.nodeid.partition("::")[0]


def _at(item: pytest.Item, what: str) -> str:
    return f"{_name(item)!r} {what}\n  at  {_file(item)}"


def _refused(item: pytest.Item, what: str) -> CarveError:
    return CarveError(f"{_name(item)!r} {what}", where=Place(_file(item)))


def _told(watch: Watch) -> str:
    return f"writes outside its own folder: {watch.found[0]}"


def _way_out(error: BaseException) -> str:
    if isinstance(error, SystemExit):
        return f"exits with {error.code!r}"
    return f"stops the whole run: {error}"


def _coroutine(task: "asyncio.Task[Any]") -> str:
    coroutine = task.get_coro()
    return str(getattr(coroutine, "__qualname__", coroutine))
