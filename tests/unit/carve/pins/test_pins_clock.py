"""The controlled clock: exact, instant, and patient with threads."""

import asyncio
import datetime as dt
import logging
import threading
import time
import warnings
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from carve.errors import CarveError
from carve.pins import clock as clock_module
from carve.pins.clock import START, Clock
from carve.pins.observe import observe

_monotonic = time.monotonic


@pytest.fixture
def clock() -> Iterator[Clock]:
    controlled = Clock()
    controlled.start()
    yield controlled
    controlled.stop()


def test_sleeping_takes_no_time_and_every_clock_agrees(clock: Clock) -> None:
    started = _monotonic()

    async def work() -> tuple[float, float, float, dt.datetime]:
        clocks = (time.time, time.monotonic, time.perf_counter)
        before = [read() for read in clocks]
        for seconds in (1, 2, 4):
            await asyncio.sleep(seconds)
        wall, steady, fine = (read() - then for read, then in zip(clocks, before, strict=True))
        return wall, steady, fine, dt.datetime.now()  # noqa: DTZ005 - the local zone is the point

    wall, steady, fine, local = clock.run(work())
    assert (wall, steady, fine) == (7.0, 7.0, 7.0)
    assert local == START.replace(tzinfo=None) + dt.timedelta(seconds=7)
    assert clock.now() == START + dt.timedelta(seconds=7)
    assert _monotonic() - started < 1


def test_a_timeout_strikes_at_its_time(clock: Clock) -> None:
    async def work() -> float:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(asyncio.sleep(10), 2.5)
        return asyncio.get_running_loop().time()

    assert clock.run(work()) == 2.5


def test_many_small_sleeps_add_up_exactly(clock: Clock) -> None:
    async def work() -> None:
        for _ in range(100):
            await asyncio.sleep(0.1)

    assert observe(work, clock)["elapsed_seconds"] == 10.0


def test_time_does_not_jump_while_a_pool_job_is_at_work(clock: Clock) -> None:
    def job() -> str:
        threading.Event().wait(0.1)  # real time, unknown to the clock
        return "done"

    async def work() -> tuple[str, float]:
        loop = asyncio.get_running_loop()
        result = await asyncio.wait_for(loop.run_in_executor(None, job), 0.001)
        return result, loop.time()

    assert clock.run(work()) == ("done", 0.0)


def test_sleeping_threads_are_timers_like_any_other(clock: Clock) -> None:
    order: list[tuple[str, float]] = []

    def job(name: str, seconds: float) -> None:
        time.sleep(seconds)
        order.append((name, clock.seconds()))

    async def work() -> None:
        loop = asyncio.get_running_loop()
        with ThreadPoolExecutor(2) as pool:
            jobs = [loop.run_in_executor(pool, job, *each) for each in
                    (("late", 30), ("early", 10), ("queued", 15))]  # fmt: skip
            await asyncio.sleep(20)
            order.append(("loop", clock.seconds()))
            await asyncio.gather(*jobs)

    clock.run(work())
    assert order == [("early", 10.0), ("loop", 20.0), ("queued", 25.0), ("late", 30.0)]


def test_a_slow_pool_job_meets_its_timeout(clock: Clock) -> None:
    async def work() -> float:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(asyncio.to_thread(time.sleep, 5), 2)
        return clock.seconds()

    assert clock.run(work()) == 2.0


def test_a_plain_thread_may_call_the_loop_before_time_jumps(clock: Clock) -> None:
    async def work() -> tuple[str, float]:
        loop = asyncio.get_running_loop()
        told: asyncio.Future[str] = loop.create_future()

        def tell() -> None:
            threading.Event().wait(0.05)
            loop.call_soon_threadsafe(told.set_result, "told")

        thread = threading.Thread(target=tell)
        thread.start()
        result = await asyncio.wait_for(told, 60)
        thread.join()
        return result, loop.time()

    assert clock.run(work()) == ("told", 0.0)


def test_the_main_thread_sleeps_at_once_and_time_can_be_pushed(clock: Clock) -> None:
    time.sleep(3)
    clock.advance(0.5)
    assert clock.seconds() == 3.5
    with pytest.raises(ValueError, match="must be non-negative"):
        time.sleep(-1)


def test_a_loop_that_sleeps_forever_is_given_up(
    clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock_module, "_MOST_JUMPS", 50)

    async def tick() -> None:
        while True:  # noqa: ASYNC110 - the mistake that is to be noticed
            await asyncio.sleep(1)

    async def work() -> None:
        await asyncio.gather(tick(), asyncio.get_running_loop().create_future())

    with pytest.raises(CarveError, match="the scenario would hang: time has jumped 50 times"):
        observe(work, clock)


def test_nothing_left_to_wait_for_is_given_up(
    clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock_module, "_HANGS_AFTER", 0.1)

    async def work() -> None:
        await asyncio.get_running_loop().create_future()

    with pytest.raises(CarveError, match="the scenario would hang: nothing happened"):
        observe(work, clock)


def test_what_the_work_logs_warns_and_prints_is_observed(clock: Clock) -> None:
    quiet = logging.getLogger("shop.quiet")
    quiet.propagate = False

    def work() -> None:
        logging.getLogger("shop").warning('{"event": "%s"}', "sold")
        quiet.debug("psst")
        warnings.warn("odd", UserWarning, stacklevel=1)
        print("ping")  # noqa: T201 - what is printed is observed
        raise SystemExit(3)

    seen = observe(work, clock)
    assert seen["logs"] == [
        {"logger": "shop", "level": "WARNING", "message": {"event": "sold"}},
        {"logger": "shop.quiet", "level": "DEBUG", "message": "psst"},
    ]
    assert seen["warnings"] == [{"category": "UserWarning", "message": "odd"}]
    assert seen["printed"] == {"out": "ping\n", "err": ""}
    assert isinstance(seen.error, SystemExit)


def test_the_machine_gets_its_clock_back() -> None:
    before = (time.sleep, time.monotonic, ThreadPoolExecutor.submit, time.tzname)
    controlled = Clock()
    controlled.start()
    controlled.stop()
    assert (time.sleep, time.monotonic, ThreadPoolExecutor.submit, time.tzname) == before
    assert abs(time.time() - START.timestamp()) > 3600
