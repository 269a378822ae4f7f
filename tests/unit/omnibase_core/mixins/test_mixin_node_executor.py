"""An executor answers what is meant for it, and comes to a clean end however it is ended."""

import asyncio
import os
import signal
import threading
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

import pytest
from buses import AwaitedBus, Bus
from pydantic import BaseModel

from omnibase_core.constants import event_types
from omnibase_core.errors.error_codes import EnumCoreErrorCode
from omnibase_core.errors.model_onex_error import ModelOnexError
from omnibase_core.mixins.mixin_node_executor import MixinNodeExecutor
from omnibase_core.models.contracts.subcontracts.model_event_bus_subcontract import (
    ModelEventBusSubcontract,
)
from omnibase_core.models.events import ModelEventEnvelope, ModelOnexEvent
from omnibase_core.models.events.model_tool_invocation_event import ModelToolInvocationEvent
from omnibase_core.models.events.model_tool_response_event import ModelToolResponseEvent

ID = UUID("5f0c8a3e-6f0b-4a55-9d0e-3f7f8a1b2c3d")
LOADER = SimpleNamespace(metadata=SimpleNamespace(name="shop_adder", version="1.2.3"))
STEP = 0.001


class Order(BaseModel):
    """What the executor of this page is asked for."""

    action: str
    amounts: list[int] = []


class Sum(BaseModel):
    """And what it answers."""

    total: int
    parts: list[dict[str, int]]
    by: UUID = ID


class Adder(MixinNodeExecutor):
    """Adds numbers; a negative one is an error."""

    _input_state_class = Order
    _serving_step_seconds = STEP

    async def run(self, order: Order) -> Any:
        if min(order.amounts, default=0) < 0:
            raise ValueError("negative amount")
        return Sum(total=sum(order.amounts), parts=[{"part": each} for each in order.amounts])


@pytest.fixture
def bus() -> Bus:
    return Bus()


@pytest.fixture
def node(bus: Bus) -> Adder:
    return Adder(ID, bus, LOADER)


def answers(bus: Bus) -> list[ModelToolResponseEvent]:
    return bus.of_type(event_types.TOOL_RESPONSE)


def invocation(**fields: Any) -> ModelToolInvocationEvent:
    known = {
        "node_id": uuid4(),
        "target_node_id": ID,
        "target_node_name": "somebody",
        "tool_name": "calculator",
        "action": "add",
        "parameters": {"amounts": [1, 2]},
    }
    return ModelToolInvocationEvent(**(known | fields))


def enveloped(event: Any) -> ModelEventEnvelope[Any]:
    return ModelEventEnvelope[Any].create_broadcast(event, uuid4())


def invoke(node: MixinNodeExecutor, event: Any) -> None:
    asyncio.run(node.handle_tool_invocation(enveloped(event)))


async def until(holds: Callable[[], object]) -> None:
    async with asyncio.timeout(10):
        while not holds():  # noqa: ASYNC110 - nothing here tells when it does
            await asyncio.sleep(STEP)


def serve(node: MixinNodeExecutor, then: Callable[[], Awaitable[object]]) -> None:
    """Start, do something as soon as the node serves, and require that nothing is left."""

    async def live() -> None:
        serving = asyncio.create_task(node.start_executor_mode())
        try:
            await until(lambda: node._serving_since is not None or serving.done())
            if not serving.done():
                await then()
            await asyncio.wait_for(serving, 10)
        finally:
            serving.cancel()
            await asyncio.sleep(STEP)
            assert asyncio.all_tasks() == {asyncio.current_task()}

    threads = set(threading.enumerate())
    handlers = [signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)]
    asyncio.run(live())
    assert set(threading.enumerate()) == threads
    assert [signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)] == handlers


def test_a_tool_answers_with_the_fields_of_its_result(bus: Bus, node: Adder) -> None:
    asked = invocation(requester_id="tests")
    invoke(node, asked)
    [answer] = answers(bus)
    assert answer.success
    assert answer.result == {
        "total": 3,
        "parts": [{"part": 1}, {"part": 2}],
        "by": str(ID),
    }
    assert answer.correlation_id == asked.correlation_id
    assert (answer.source_node_id, answer.source_node_name) == (ID, "adder")
    assert answer.requester_id == "tests"
    assert answer.execution_time_ms > 0


def test_a_tool_that_fails_answers_with_the_error(bus: Bus, node: Adder) -> None:
    invoke(node, invocation(parameters={"amounts": [-1]}))
    invoke(node, invocation(parameters={"amounts": "many"}))
    first, second = answers(bus)
    assert (first.success, first.error, first.error_code) == (
        False,
        "negative amount",
        "TOOL_EXECUTION_ERROR",
    )
    assert "valid list" in (second.error or "")
    assert node.get_executor_health()["failed_invocations"] == 2


def test_without_words_an_error_is_known_by_its_type(bus: Bus) -> None:
    class Silent(Adder):
        async def run(self, _order: Order) -> Any:
            raise TimeoutError

    invoke(Silent(ID, bus, LOADER), invocation())
    assert answers(bus)[0].error == "TimeoutError"


@pytest.mark.parametrize("name", ["adder", "shop_adder"])
def test_a_node_may_be_asked_for_by_either_of_its_names(bus: Bus, node: Adder, name: str) -> None:
    invoke(node, invocation(target_node_id=uuid4(), target_node_name=name))
    assert [answer.source_node_id for answer in answers(bus)] == [ID]


def test_calls_of_others_are_counted_and_left_alone(bus: Bus, node: Adder) -> None:
    invoke(node, invocation(target_node_id=uuid4()))
    assert answers(bus) == []
    health = node.get_executor_health()
    assert health["total_invocations"] == 1
    assert health["success_rate"] == 1.0


@pytest.mark.parametrize(
    "event",
    [
        ModelOnexEvent(event_type="node_start", node_id=ID),
        {"event_type": "node_start"},
        {"event_type": "tool_invocation", "tool_name": "calculator"},
        "tool_invocation",
        None,
    ],
)
def test_what_is_no_invocation_is_ignored(bus: Bus, node: Adder, event: Any) -> None:
    invoke(node, event)
    assert answers(bus) == []
    assert node.get_executor_health()["total_invocations"] == 0


def test_an_invocation_may_come_as_plain_data_and_without_an_envelope(
    bus: Bus, node: Adder
) -> None:
    asked = invocation()
    invoke(node, asked.model_dump(mode="json"))
    asyncio.run(node.handle_tool_invocation(asked))
    assert [answer.correlation_id for answer in answers(bus)] == 2 * [asked.correlation_id]


def test_a_plain_run_has_a_thread_of_its_own(bus: Bus) -> None:
    class Plain(MixinNodeExecutor):
        OrderInputState = Order

        def run(self, order: Order) -> Any:
            assert isinstance(order, Order)
            return threading.current_thread() is threading.main_thread()

    invoke(Plain(ID, bus, LOADER), invocation())
    assert answers(bus)[0].result == {"result": False}


def test_without_any_class_the_input_is_a_namespace_and_the_action_is_the_action(
    bus: Bus,
) -> None:
    class Echo(MixinNodeExecutor):
        def run(self, state: SimpleNamespace) -> Any:
            return state

    invoke(Echo(ID, bus, LOADER), invocation(parameters={"action": "other", "n": 1}))
    assert answers(bus)[0].result == {"action": "add", "n": 1}


def test_a_node_without_run_says_so(bus: Bus) -> None:
    invoke(MixinNodeExecutor(ID, bus, LOADER), invocation())
    [answer] = answers(bus)
    assert EnumCoreErrorCode.METHOD_NOT_IMPLEMENTED.value in (answer.error or "")


@dataclass
class Point:
    """A result that is no model."""

    x: int


class Thing:
    """A result with attributes."""

    def __init__(self) -> None:
        self.depth = {"deep": [Point(1)]}


@pytest.mark.parametrize(
    ("output", "result"),
    [
        (None, {"result": None}),
        ([1, {"a": (2, 3)}], {"result": [1, {"a": [2, 3]}]}),
        ({1: Point(2)}, {"1": {"x": 2}}),
        (Thing(), {"depth": {"deep": [{"x": 1}]}}),
        (b"\xff", {"result": "_w=="}),
        (object, {"result": "<class 'object'>"}),
    ],
)
def test_any_result_can_be_told(bus: Bus, output: Any, result: Any) -> None:
    class Teller(Adder):
        async def run(self, _order: Order) -> Any:
            return output

    invoke(Teller(ID, bus, LOADER), invocation())
    assert answers(bus)[0].result == result


def test_a_result_within_itself_is_an_error(bus: Bus) -> None:
    class Loop(Adder):
        async def run(self, _order: Order) -> Any:
            endless: list[Any] = []
            endless.append(endless)
            return endless

    invoke(Loop(ID, bus, LOADER), invocation())
    [answer] = answers(bus)
    assert not answer.success
    assert "Circular" in (answer.error or "")


@pytest.mark.parametrize("wrap", [lambda bus: bus, AwaitedBus])
def test_serving_on_either_kind_of_bus(bus: Bus, wrap: Callable[[Bus], Any]) -> None:
    node = Adder(ID, wrap(bus), LOADER)
    assert node.get_executor_health()["status"] == "unhealthy"

    async def work() -> None:
        await bus.publish(enveloped(invocation()))
        await bus.publish(enveloped(invocation(parameters={"amounts": [-1]})))
        health = node.get_executor_health()
        assert health.pop("uptime_seconds") > 0
        assert health == {
            "status": "healthy",
            "active_invocations": 0,
            "total_invocations": 2,
            "successful_invocations": 1,
            "failed_invocations": 1,
            "success_rate": 0.5,
            "node_id": str(ID),
            "node_name": "adder",
            "shutdown_requested": False,
        }
        await node.stop_executor_mode()

    serve(node, work)
    assert [answer.success for answer in answers(bus)] == [True, False]
    # Once when it was made, and once when it began to serve.
    assert len(bus.of_type(event_types.NODE_INTROSPECTION_EVENT)) == 2
    assert len(bus.of_type(event_types.NODE_SHUTDOWN_EVENT)) == 1
    assert bus.listeners() == 0
    assert not bus.failures
    assert node.get_executor_health()["status"] == "unhealthy"
    assert node.get_executor_health()["shutdown_requested"] is True


def test_health_is_reported_again_and_again_even_after_a_failure(bus: Bus) -> None:
    class Frequent(Adder):
        _health_interval_seconds = STEP

    node = Frequent(ID, bus, LOADER)

    def reports() -> list[Any]:
        return bus.of_type(event_types.NODE_HEALTH_EVENT)

    async def work() -> None:
        await until(lambda: len(reports()) >= 2)
        bus.disconnect()
        await asyncio.sleep(10 * STEP)
        seen = len(reports())
        bus.connect()
        await until(lambda: len(reports()) > seen)
        await node.stop_executor_mode()

    serve(node, work)
    assert reports()[0].data["status"] == "healthy"
    assert reports()[0].node_id == ID


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_serving_and_gets_its_handler_back(
    bus: Bus, node: Adder, number: signal.Signals
) -> None:
    async def work() -> None:
        os.kill(os.getpid(), number)

    serve(node, work)
    assert len(bus.of_type(event_types.NODE_SHUTDOWN_EVENT)) == 1
    assert bus.listeners() == 0


def test_outside_the_main_thread_signals_are_left_alone(node: Adder) -> None:
    before = signal.getsignal(signal.SIGTERM)
    during: list[Any] = []

    async def live() -> None:
        async def work() -> None:
            await until(lambda: node._serving_since is not None)
            during.append(signal.getsignal(signal.SIGTERM))
            await node.stop_executor_mode()

        await asyncio.gather(node.start_executor_mode(), work())

    thread = threading.Thread(target=asyncio.run, args=(live(),))
    thread.start()
    thread.join(10)
    assert during == [before]


def test_a_cancelled_start_leaves_the_bus(bus: Bus, node: Adder) -> None:
    async def live() -> None:
        serving = asyncio.create_task(node.start_executor_mode())
        await until(lambda: node._serving_since is not None)
        serving.cancel()
        await asyncio.wait([serving])
        assert serving.cancelled()
        assert asyncio.all_tasks() == {asyncio.current_task()}

    asyncio.run(live())
    assert bus.listeners() == 0
    assert len(bus.of_type(event_types.NODE_SHUTDOWN_EVENT)) == 1


def test_without_a_bus_there_is_no_serving(bus: Bus, node: Adder) -> None:
    node.event_bus = None
    with pytest.raises(ModelOnexError, match="has no event bus") as caught:
        asyncio.run(node.start_executor_mode())
    assert caught.value.error_code is EnumCoreErrorCode.SERVICE_UNAVAILABLE

    class Hermit(Adder):
        event_bus_settings = ModelEventBusSubcontract(event_bus_enabled=False)

    with pytest.raises(ModelOnexError, match="has no event bus"):
        asyncio.run(Hermit(ID, bus, LOADER).start_executor_mode())


def test_a_start_that_fails_stops_and_raises(bus: Bus) -> None:
    class Deaf(Bus):
        def subscribe(self, *args: Any, **options: Any) -> Any:
            if event_types.TOOL_INVOCATION in args:
                raise ConnectionError("no more subscribers")
            return super().subscribe(*args, **options)

    bus = Deaf()
    node = Adder(ID, bus, LOADER)
    ends: list[str] = []
    node.add_shutdown_callback(lambda: ends.append("stopped"))
    with pytest.raises(ConnectionError, match="no more subscribers"):
        asyncio.run(node.start_executor_mode())
    assert ends == ["stopped"]
    assert bus.listeners() == 0


def test_a_node_may_be_started_again(bus: Bus, node: Adder) -> None:
    async def work() -> None:
        await bus.publish(enveloped(invocation()))
        await node.stop_executor_mode()

    for _ in range(2):
        serve(node, work)
    assert len(answers(bus)) == 2
    assert len(bus.of_type(event_types.NODE_SHUTDOWN_EVENT)) == 2
    assert bus.listeners() == 0


def test_a_second_start_does_nothing(bus: Bus, node: Adder) -> None:
    async def work() -> None:
        before = bus.listeners()
        await node.start_executor_mode()
        assert bus.listeners() == before
        await node.stop_executor_mode()

    serve(node, work)


def test_a_stop_before_serving_has_begun_ends_it_as_soon_as_it_has(bus: Bus) -> None:
    class SlowBus(AwaitedBus):
        async def subscribe(self, *args: Any) -> Any:
            await asyncio.sleep(STEP)
            return await super().subscribe(*args)

    node = Adder(ID, SlowBus(bus), LOADER)

    async def live() -> None:
        serving = asyncio.create_task(node.start_executor_mode())
        await asyncio.sleep(0)
        assert node._get_current_node_status().value == "starting"
        await node.stop_executor_mode()
        await serving
        assert asyncio.all_tasks() == {asyncio.current_task()}

    asyncio.run(live())
    assert bus.listeners() == 0
    assert len(bus.of_type(event_types.NODE_SHUTDOWN_EVENT)) == 1


def test_stopping_without_a_start_leaves_the_bus_once(bus: Bus, node: Adder) -> None:
    ends: list[str] = []
    node.add_shutdown_callback(lambda: ends.append("stopped"))
    for _ in range(2):
        asyncio.run(node.stop_executor_mode())
    assert ends == ["stopped"]
    assert len(bus.of_type(event_types.NODE_SHUTDOWN_EVENT)) == 1
    assert bus.listeners() == 0


def test_all_callbacks_are_called_whatever_one_does(node: Adder) -> None:
    ends: list[str] = []

    async def slowly() -> None:
        await asyncio.sleep(0)
        ends.append("awaited")

    def badly() -> None:
        raise OSError("disk gone")

    for callback in (badly, slowly, lambda: ends.append("called")):
        node.add_shutdown_callback(callback)
    asyncio.run(node.stop_executor_mode())
    assert ends == ["awaited", "called"]


class Slow(Adder):
    """Works until it is released."""

    _shutdown_patience_seconds = 5.0

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.released = asyncio.Event()

    async def run(self, order: Order) -> Any:
        await self.released.wait()
        return await super().run(order)


def test_calls_may_finish_and_are_answered_before_the_end(bus: Bus) -> None:
    node = Slow(ID, bus, LOADER)
    order: list[str] = []
    node.add_shutdown_callback(lambda: order.append(f"{len(answers(bus))} answers"))

    async def work() -> None:
        bus.publish(enveloped(invocation()))
        await asyncio.sleep(STEP)
        assert node.get_executor_health()["active_invocations"] == 1
        stopping = asyncio.create_task(node.stop_executor_mode())
        await asyncio.sleep(10 * STEP)
        assert not stopping.done()
        node.released.set()
        await stopping

    serve(node, work)
    assert order == ["1 answers"]


def test_patience_ends(bus: Bus) -> None:
    class Impatient(Slow):
        _shutdown_patience_seconds = 5 * STEP

    node = Impatient(ID, bus, LOADER)

    async def work() -> None:
        bus.publish(enveloped(invocation()))
        await asyncio.sleep(STEP)
        await node.stop_executor_mode()
        assert answers(bus) == []
        assert bus.listeners() == 0
        node.released.set()
        await bus.drain()

    serve(node, work)
    assert len(answers(bus)) == 1


def test_a_tool_may_stop_its_own_node(bus: Bus) -> None:
    class Quitter(Adder):
        async def run(self, order: Order) -> Any:
            await self.stop_executor_mode()
            return await super().run(order)

    node = Quitter(ID, bus, LOADER)

    async def work() -> None:
        await bus.publish(enveloped(invocation()))

    serve(node, work)
    assert [answer.success for answer in answers(bus)] == [True]


def test_a_requester_may_stop_the_node_that_answers(bus: Bus, node: Adder) -> None:
    async def stop(_envelope: Any) -> None:
        await node.stop_executor_mode()

    subscription = bus.subscribe(stop, event_types.TOOL_RESPONSE)

    async def work() -> None:
        await bus.publish(enveloped(invocation()))

    serve(node, work)
    assert bus.unsubscribe(subscription)
    assert bus.listeners() == 0


def test_a_bus_that_cannot_unsubscribe_does_not_keep_the_node(bus: Bus) -> None:
    class Sticky(Bus):
        def unsubscribe(self, subscriber: Any) -> bool:
            super().unsubscribe(subscriber)
            raise ConnectionError("gone")

    bus = Sticky()
    node = Adder(ID, bus, LOADER)
    serve(node, node.stop_executor_mode)
    assert len(bus.of_type(event_types.NODE_SHUTDOWN_EVENT)) == 1
    assert bus.listeners() == 0


def test_a_node_that_stops_says_so_when_asked(node: Adder) -> None:
    assert node._get_current_node_status().value == "ready"
    asyncio.run(node.stop_executor_mode())
    assert node._get_current_node_status().value == "stopping"
