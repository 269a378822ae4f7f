"""Checks end in one status, whatever they return or raise."""

import asyncio
import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from itertools import pairwise
from typing import Any

import pytest

from omnibase_core.enums.enum_node_health_status import EnumNodeHealthStatus as Status
from omnibase_core.infrastructure.node_core_base import NodeCoreBase
from omnibase_core.mixins.mixin_health_check import HealthCheck, MixinHealthCheck
from omnibase_core.models.container.model_onex_container import ModelONEXContainer
from omnibase_core.models.contracts.subcontracts.model_health_check_subcontract import (
    ModelHealthCheckSubcontract,
)
from omnibase_core.models.core.model_health_status import ModelHealthStatus

LOGGER = "omnibase"


def result(status: Status, message: str = "seen") -> ModelHealthStatus:
    return ModelHealthStatus(status=status, message=message, timestamp="2020-01-01T00:00:00Z")


def good() -> ModelHealthStatus:
    return result(Status.HEALTHY, "all well")


def slow() -> ModelHealthStatus:
    return result(Status.DEGRADED, "slow")


def down() -> ModelHealthStatus:
    return result(Status.UNHEALTHY, "down")


def raising() -> ModelHealthStatus:
    raise ConnectionError("no route")


def silent() -> ModelHealthStatus:
    raise ConnectionError


def wrong() -> Any:
    return "fine"


async def good_async() -> ModelHealthStatus:
    await asyncio.sleep(0)
    return result(Status.HEALTHY, "all well, later")


async def slow_async() -> ModelHealthStatus:
    return result(Status.DEGRADED, "slow, later")


async def down_async() -> ModelHealthStatus:
    return result(Status.UNHEALTHY, "down, later")


async def raising_async() -> ModelHealthStatus:
    raise ConnectionError("no route, later")


async def wrong_async() -> Any:
    return None


async def endless() -> ModelHealthStatus:
    await asyncio.Event().wait()
    raise AssertionError("nobody sets the event")


async def giving_up() -> ModelHealthStatus:
    raise TimeoutError("gave up by itself")


async def cancelled() -> ModelHealthStatus:
    raise asyncio.CancelledError


def status_check(status: Status) -> HealthCheck:
    return lambda: result(status)


class Store(MixinHealthCheck):
    """Runs the checks it was made with."""

    def __init__(self, *checks: HealthCheck, **settings: Any) -> None:
        super().__init__()
        self.checks = list(checks)
        self.dependencies: dict[str, Callable[[], object]] = {}
        if settings:
            self.health_check_settings = ModelHealthCheckSubcontract(**settings)

    def get_health_checks(self) -> list[HealthCheck]:
        return self.checks

    def get_dependency_checks(self) -> Mapping[str, Callable[[], object]]:
        return self.dependencies


class Plain(MixinHealthCheck):
    """Overrides nothing."""


def both(store: MixinHealthCheck) -> Iterator[ModelHealthStatus]:
    yield store.health_check()
    yield asyncio.run(store.health_check_async())


def test_a_node_has_no_checks_unless_it_names_some() -> None:
    assert Plain().get_health_checks() == []
    assert Plain().get_dependency_checks() == {}


def test_without_checks_a_node_is_operational() -> None:
    for found in both(Plain()):
        assert found.status == Status.HEALTHY
        assert found.message == "Plain is operational"


def test_the_message_quotes_every_check_in_order() -> None:
    for found in both(Store(good, slow)):
        assert found.message == "Store is operational. Checks: good: all well; slow: slow"


def test_sync_checks_run_in_order() -> None:
    seen: list[str] = []

    def check(name: str) -> ModelHealthStatus:
        seen.append(name)
        return good()

    Store(partial(check, "a"), partial(check, "b"), partial(check, "c")).health_check()
    assert seen == ["a", "b", "c"]


def test_the_result_has_a_fresh_utc_timestamp_and_no_figures() -> None:
    before = datetime.now(UTC)
    for found in both(Store(good)):
        stamp = datetime.fromisoformat(found.timestamp)
        assert before <= stamp <= datetime.now(UTC)
        assert stamp.utcoffset() == before.utcoffset()
        assert (found.uptime_seconds, found.memory_usage_mb, found.cpu_usage_percent) == (0, 0, 0)


@pytest.mark.parametrize(
    ("checks", "status"),
    [
        ((good, good), Status.HEALTHY),
        ((good, slow), Status.DEGRADED),
        ((slow, good), Status.DEGRADED),
        ((slow, down), Status.UNHEALTHY),
        ((down, slow, good), Status.UNHEALTHY),
        ((good, good_async), Status.HEALTHY),
        ((good, slow_async), Status.DEGRADED),
        ((down_async, slow), Status.UNHEALTHY),
    ],
)
def test_the_worst_check_decides(checks: tuple[HealthCheck, ...], status: Status) -> None:
    assert [found.status for found in both(Store(*checks))] == [status, status]


RANKS = [Status.CRITICAL, Status.UNHEALTHY, Status.DEGRADED, Status.UNKNOWN, Status.HEALTHY]


@pytest.mark.parametrize(("worse", "better"), list(pairwise(RANKS)))
def test_critical_and_unknown_have_their_rank(worse: Status, better: Status) -> None:
    for pair in [(worse, better), (better, worse)]:
        store = Store(*map(status_check, pair))
        assert [found.status for found in both(store)] == [worse, worse]


def test_a_check_that_raises_is_unhealthy_and_the_others_still_count() -> None:
    for found in both(Store(raising, good)):
        assert found.status == Status.UNHEALTHY
        assert found.message == (
            "Store is operational. Checks: raising: ERROR - no route; good: all well"
        )


def test_an_error_without_text_is_named_by_its_type() -> None:
    assert "silent: ERROR - ConnectionError" in Store(silent).health_check().message


def test_an_async_check_that_raises_is_unhealthy() -> None:
    for found in both(Store(good, raising_async)):
        assert found.status == Status.UNHEALTHY
        assert "raising_async: ERROR - no route, later" in found.message


@pytest.mark.parametrize("check", [wrong, wrong_async])
def test_an_answer_that_is_no_status_is_unhealthy(check: HealthCheck) -> None:
    for found in both(Store(check)):
        assert found.status == Status.UNHEALTHY
        assert f"Invalid return type from {check.__name__}" in found.message


def test_a_partial_and_an_object_have_a_name_as_well() -> None:
    class Probe:
        def __call__(self) -> ModelHealthStatus:
            return good()

    found = Store(partial(partial(result, Status.HEALTHY)), Probe()).health_check()
    assert found.message == "Store is operational. Checks: result: seen; Probe: all well"


def test_each_sync_check_reports_its_own_result_in_the_async_call() -> None:
    found = asyncio.run(Store(down, slow, good).health_check_async())
    assert found.status == Status.UNHEALTHY
    assert found.message.endswith("Checks: down: down; slow: slow; good: all well")


def test_sync_code_runs_async_checks_to_their_end_and_warns(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.WARNING, logger=LOGGER):
        found = Store(good_async).health_check()
    assert found.status == Status.HEALTHY
    assert found.message.endswith("good_async: all well, later")
    assert "Async health check good_async called from sync code" in caplog.text


def test_sync_code_leaves_the_event_loop_of_the_thread_alone() -> None:
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    try:
        Store(good_async).health_check()
        assert asyncio.get_event_loop_policy().get_event_loop() is loop
    finally:
        asyncio.set_event_loop(None)
        loop.close()


def test_an_awaitable_that_is_no_coroutine_will_do() -> None:
    class Later:
        def __await__(self) -> Iterator[Any]:
            return good_async().__await__()

    for found in both(Store(Later)):
        assert found.message.endswith("Later: all well, later")


def test_inside_a_running_loop_the_sync_call_counts_async_checks_as_errors() -> None:
    async def inside() -> ModelHealthStatus:
        return Store(good, good_async).health_check()

    found = asyncio.run(inside())
    assert found.status == Status.UNHEALTHY
    assert "good: all well; good_async: ERROR - an event loop is running here" in found.message


def test_async_checks_run_side_by_side() -> None:
    meeting: list[asyncio.Event] = []

    async def first() -> ModelHealthStatus:
        await meeting[0].wait()
        return good()

    async def second() -> ModelHealthStatus:
        meeting[0].set()
        return good()

    async def meet(store: Store) -> ModelHealthStatus:
        meeting[:] = [asyncio.Event()]
        return await store.health_check_async()

    together, apart = Store(first, second), Store(first, second, enable_async_checks=False)
    apart.health_check_settings.health_check_timeout_ms = 100
    assert asyncio.run(meet(together)).status == Status.HEALTHY
    assert asyncio.run(meet(apart)).message.endswith(
        "first: ERROR - timed out after 0.1 s; second: all well"
    )


def test_an_async_check_has_limited_time() -> None:
    for found in both(Store(endless, good, health_check_timeout_ms=100)):
        assert found.status == Status.UNHEALTHY
        assert "endless: ERROR - timed out after 0.1 s; good: all well" in found.message


def test_a_timeout_of_the_check_itself_keeps_its_text() -> None:
    for found in both(Store(giving_up)):
        assert found.message.endswith("giving_up: ERROR - gave up by itself")


def test_a_check_that_is_cancelled_by_itself_is_unhealthy() -> None:
    for found in both(Store(cancelled, good)):
        assert found.status == Status.UNHEALTHY
        assert "cancelled: ERROR - CancelledError; good: all well" in found.message


def test_the_async_call_can_be_cancelled() -> None:
    store = Store(endless)

    async def impatient() -> None:
        async with asyncio.timeout(0.01):
            await store.health_check_async()

    with pytest.raises(TimeoutError, match=r"^$"):
        asyncio.run(impatient())
    assert store.health_check_count == 0


@pytest.mark.parametrize("answer", [True, 1, "yes", [0]])
def test_a_dependency_with_a_truthy_answer_is_available(answer: object) -> None:
    found = Plain().check_dependency_health("database", lambda: answer)
    assert (found.status, found.message) == (Status.HEALTHY, "database is available")


@pytest.mark.parametrize("answer", [None, 0, "", [], False])
def test_a_dependency_with_a_falsy_answer_is_unavailable(answer: object) -> None:
    found = Plain().check_dependency_health("database", lambda: answer)
    assert (found.status, found.message) == (Status.UNHEALTHY, "database is unavailable")


def test_a_dependency_whose_check_raises_is_unhealthy() -> None:
    found = Plain().check_dependency_health(dependency_name="database", check_func=raising)
    assert found.status == Status.UNHEALTHY
    assert found.message == "database check failed: no route"


def test_a_dependency_may_be_asked_asynchronously() -> None:
    async def answers() -> bool:
        return False

    store = Store()
    store.dependencies = {"queue": answers}
    assert store.check_dependency_health("queue", answers).status == Status.UNHEALTHY
    for found in both(store):
        assert found.message == "Store is operational. Checks: queue: queue is unavailable"


def test_checks_of_components_and_of_dependencies_can_be_left_out() -> None:
    store = Store(slow)
    store.dependencies = {"queue": lambda: True}
    reports = []
    for components, dependencies in [(True, True), (True, False), (False, True), (False, False)]:
        store.health_check_settings = ModelHealthCheckSubcontract(
            include_component_checks=components, include_dependency_checks=dependencies
        )
        reports.append(store.health_check().message.removeprefix("Store is operational"))
    assert reports == [
        ". Checks: slow: slow; queue: queue is available",
        ". Checks: slow: slow",
        ". Checks: queue: queue is available",
        "",
    ]


def test_unaggregated_the_worst_result_stands_for_all_as_it_is() -> None:
    worst = result(Status.CRITICAL, "on fire")
    store = Store(good, lambda: worst, down, aggregate_check_results=False)
    assert all(found is worst for found in both(store))
    store.checks = []
    assert store.health_check().message == "Store is operational"


def test_results_are_counted_and_the_last_is_kept() -> None:
    store = Store(good)
    assert (store.health_check_count, store.last_health_check) == (0, None)
    first = store.health_check()
    assert (store.health_check_count, store.last_health_check) == (1, first)
    second = asyncio.run(store.health_check_async())
    assert store.health_check_count == 2
    assert store.last_health_check is second


def test_the_question_about_a_dependency_is_no_health_check() -> None:
    store = Store()
    store.check_dependency_health("database", lambda: True)
    assert (store.health_check_count, store.last_health_check) == (0, None)


@pytest.mark.parametrize("status", list(Status))
def test_a_node_is_healthy_by_its_last_check(status: Status) -> None:
    store = Store(status_check(status))
    assert not store.is_healthy
    store.health_check()
    assert store.is_healthy is (status == Status.HEALTHY)


def test_a_result_grows_old() -> None:
    now = 1000.0
    store = Store(good, health_status_ttl_seconds=10, health_check_timeout_ms=2000)
    store._health_clock = lambda: now  # type: ignore[method-assign]
    store.health_check()
    now += 12
    assert store.is_healthy
    now += 0.1
    assert not store.is_healthy
    store.health_check()
    assert store.is_healthy


def test_every_call_checks_anew() -> None:
    store = Store(good)
    assert store.health_check().status == Status.HEALTHY
    store.checks = [down]
    assert store.health_check().status == Status.UNHEALTHY


class Announcing(Store):
    """Keeps its events."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.events: list[tuple[str, Status]] = []

    def _emit_health_event(self, name: str, status: ModelHealthStatus) -> None:
        self.events.append((name, status.status))
        super()._emit_health_event(name, status)

    def see(self, *checks: HealthCheck) -> None:
        for check in checks:
            self.checks = [check]
            self.health_check()


def test_events_wait_for_enough_results_in_a_row() -> None:
    node = Announcing()
    node.see(down, down, good, down, slow)
    assert node.events == []
    node.see(down, down)
    assert node.events == [("health.status.changed", Status.UNHEALTHY)]
    node.see(good, down, good)
    assert len(node.events) == 1
    node.see(good, good)
    assert node.events[1:] == [
        ("health.status.changed", Status.HEALTHY),
        ("health.recovered", Status.HEALTHY),
    ]


def test_thresholds_are_settings() -> None:
    node = Announcing(failure_threshold=1, recovery_threshold=1)
    node.see(down, good)
    assert [name for name, _ in node.events] == [
        "health.status.changed",
        "health.status.changed",
        "health.recovered",
    ]


def test_events_can_be_switched_off() -> None:
    node = Announcing(failure_threshold=1, emit_health_events=False)
    node.see(down)
    assert node.events == []


def test_events_are_logged(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, logger=LOGGER):
        Announcing(failure_threshold=1).see(down)
    assert '"health.status.changed"' in caplog.text


def test_watching_checks_once_an_interval() -> None:
    pauses: list[float] = []

    async def pause(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == 2:
            raise LookupError

    async def watch() -> list[Status]:
        seen: list[Status] = []
        store = Store(slow, health_check_interval_ms=7000)
        store._health_pause = pause  # type: ignore[assignment]
        with suppress(LookupError):
            seen.extend([found.status async for found in store.watch_health()])
            raise AssertionError("watching does not end by itself")
        return [*seen, *([Status.DEGRADED] * store.health_check_count)]

    assert asyncio.run(watch()) == [Status.DEGRADED, Status.DEGRADED]
    assert pauses == [7.0, 7.0]


def test_settings_are_defaults_of_each_node_unless_given() -> None:
    one, other = Plain(), Plain()
    assert one.health_check_settings == ModelHealthCheckSubcontract()
    one.health_check_settings.failure_threshold = 9
    assert other.health_check_settings.failure_threshold == 3


def test_settings_may_stand_on_the_class() -> None:
    class Strict(MixinHealthCheck):
        health_check_settings = ModelHealthCheckSubcontract(failure_threshold=1)

    assert Strict().health_check_settings.failure_threshold == 1


def test_construction_is_cooperative_and_logged(caplog: pytest.LogCaptureFixture) -> None:
    class Node(MixinHealthCheck, NodeCoreBase):
        async def process(self, input_data: Any) -> Any:
            return input_data

    container = ModelONEXContainer()
    with caplog.at_level(logging.DEBUG, logger=LOGGER):
        node = Node(container)
    assert node.container is container
    assert node.health_check().message == "Node is operational"
    assert "MIXIN_INIT" in caplog.text


def test_a_host_that_skips_the_constructor_works_too() -> None:
    class Host(MixinHealthCheck):
        def __init__(self) -> None:
            """Call no other constructor."""

    assert Host().health_check().status == Status.HEALTHY
