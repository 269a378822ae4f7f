"""Every way in which nodes call their bus ends in real delivery."""

import asyncio
import threading
from collections.abc import Awaitable, Callable
from fnmatch import fnmatchcase
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omnibase_core.errors.model_onex_error import ModelOnexError
from omnibase_core.infrastructure.in_memory_event_bus import InMemoryEventBus, event_type_of
from omnibase_core.infrastructure.topic_message import TopicMessage
from omnibase_core.models.core.model_event_envelope import (
    ModelEventEnvelope as ModelRoutingEnvelope,
)
from omnibase_core.models.events import (
    ModelEventEnvelope,
    ModelOnexEvent,
    create_event_type_from_registry,
)

NODE = UUID("11111111-2222-4333-8444-555555555555")
Got = list[Any]
Subscribe = Callable[[InMemoryEventBus, Callable[[Any], Any]], object]


def event(event_type: str = "tool_invocation") -> ModelOnexEvent:
    return ModelOnexEvent(event_type=event_type, node_id=NODE, correlation_id=NODE)


def refuse(_: object) -> None:
    raise ValueError("not today")


@pytest.mark.parametrize(
    "subscribe",
    [
        lambda bus, handler: bus.subscribe(handler, event_type="tool_*"),
        lambda bus, handler: bus.subscribe("tool_invocation", handler),
        lambda bus, handler: bus.subscribe(handler, "tool_invocation"),
        lambda bus, handler: bus.subscribe(handler=handler, event_type="tool_invocation"),
        lambda bus, handler: asyncio.run(bus.subscribe_async(handler, "tool_invocation")),
    ],
    ids=["pattern", "type first", "handler first", "by name", "awaited"],
)
def test_a_handler_gets_the_events_it_wants_and_no_others(subscribe: Subscribe) -> None:
    bus, got = InMemoryEventBus(), Got()
    subscribe(bus, got.append)
    wanted = ModelEventEnvelope.create_broadcast(event(), NODE)
    bus.publish(wanted)
    bus.publish(ModelEventEnvelope.create_broadcast(event("node_start"), NODE))
    assert got == [wanted]


def test_a_handler_without_a_type_gets_every_event() -> None:
    bus, got = InMemoryEventBus(), Got()
    bus.subscribe(got.append)
    bus.publish(event("a"))
    bus.publish("no event at all")
    assert len(got) == 2
    assert got[1] == "no event at all"


def test_the_type_is_found_in_every_shape_of_event() -> None:
    plain = event("a.b")
    typed = ModelOnexEvent(event_type=create_event_type_from_registry("NODE_START"), node_id=NODE)
    assert event_type_of(plain) == "a.b"
    assert event_type_of(typed) == "NODE_START"
    assert event_type_of(ModelEventEnvelope.create_broadcast(plain, NODE)) == "a.b"
    assert event_type_of(ModelRoutingEnvelope.create_broadcast(plain, NODE)) == "a.b"
    assert event_type_of({"event_type": "x"}) == "x"
    assert event_type_of(ModelEventEnvelope.create_broadcast({"event_type": "x"}, NODE)) == "x"
    assert event_type_of(ModelEventEnvelope.create_broadcast(None, NODE)) == ""
    assert event_type_of(7) == ""


@given(
    pattern=st.text(alphabet="ab.*?[]!-", min_size=1, max_size=6),
    name=st.text(alphabet="ab.[]*", min_size=1, max_size=6),
)
def test_patterns_are_shell_wildcards_and_a_name_always_fits_itself(
    pattern: str, name: str
) -> None:
    bus, got = InMemoryEventBus(), Got()
    bus.subscribe(got.append, event_type=pattern)
    bus.publish(event(name))
    assert bool(got) == (pattern == name or fnmatchcase(name, pattern))


def test_a_type_may_be_a_model() -> None:
    bus, got = InMemoryEventBus(), Got()
    bus.subscribe(got.append, event_type=create_event_type_from_registry("NODE_START"))
    bus.publish(event("NODE_START"))
    assert len(got) == 1


@given(st.lists(st.integers(), max_size=6))
def test_events_arrive_in_the_order_in_which_they_are_published(numbers: list[int]) -> None:
    bus, got = InMemoryEventBus(), Got()
    bus.subscribe(got.append)
    for number in numbers:
        bus.publish({"event_type": "n", "number": number})
    assert [each["number"] for each in got] == numbers


def test_a_handle_ends_one_subscription_and_a_handler_ends_all_of_its_own() -> None:
    bus, got = InMemoryEventBus(), Got()
    other = Got()
    first = bus.subscribe(got.append, "a")
    bus.subscribe(got.append, "b")
    bus.subscribe(other.append)
    assert bus.unsubscribe(first) is True
    bus.publish(event("a"))
    bus.publish(event("b"))
    assert [each.event_type for each in got] == ["b"]
    assert bus.unsubscribe(first) is False
    bus.subscribe(refuse)
    assert bus.unsubscribe(refuse) is True
    bus.publish(event("b"))
    assert bus.failures.maxlen
    assert not bus.failures


def test_a_bound_method_is_the_same_handler_each_time_it_is_named() -> None:
    class Node:
        def __init__(self) -> None:
            self.got = Got()

        def take(self, given: object) -> None:
            self.got.append(given)

    bus, node = InMemoryEventBus(), Node()
    bus.subscribe(node.take)
    bus.publish(event())
    assert bus.unsubscribe(node.take)
    bus.publish(event())
    assert len(node.got) == 1


def test_a_failing_handler_harms_neither_publisher_nor_others() -> None:
    bus, got = InMemoryEventBus(), Got()
    bus.subscribe(refuse)
    bus.subscribe(got.append)
    given_one = event()
    delivery = bus.publish(given_one)
    assert delivery
    assert got == [given_one]
    assert delivery.handlers == 2
    (failure,) = delivery.failures
    assert (failure.event, failure.handler, str(failure.error)) == (
        given_one,
        refuse,
        "not today",
    )
    assert list(bus.failures) == [failure]


def test_a_coroutine_runs_to_its_end_where_there_is_no_loop() -> None:
    bus, got = InMemoryEventBus(), Got()

    async def take(given: object) -> None:
        await asyncio.sleep(0)
        got.append(given)

    async def fail(_: object) -> None:
        await asyncio.sleep(0)
        raise LookupError("gone")

    bus.subscribe(fail)
    bus.subscribe(take)
    delivery = bus.publish(event())
    assert len(got) == 1
    assert [str(each.error) for each in delivery.failures] == ["gone"]


@pytest.mark.asyncio
async def test_an_awaited_publish_waits_for_every_handler() -> None:
    bus, got = InMemoryEventBus(), Got()

    async def take(given: Any) -> None:
        await asyncio.sleep(0.01)
        got.append(given)
        raise LookupError("gone")

    bus.subscribe(take, "tool_invocation")
    delivery = await bus.publish(event())
    assert len(got) == 1
    assert [str(each.error) for each in delivery.failures] == ["gone"]
    assert [str(each.error) for each in bus.failures] == ["gone"]


@pytest.mark.asyncio
async def test_a_publish_that_is_not_awaited_is_finished_by_drain() -> None:
    bus, got = InMemoryEventBus(), Got()

    async def pass_on(given: Any) -> None:
        await asyncio.sleep(0)
        if given.event_type == "first":
            bus.publish_async(event("second"))
        got.append(given.event_type)

    bus.subscribe(pass_on)
    bus.publish_async(event("first"))
    assert got == []
    await bus.drain()
    assert got == ["first", "second"]


@pytest.mark.asyncio
async def test_giving_up_the_wait_does_not_stop_the_handler() -> None:
    bus, got = InMemoryEventBus(), Got()
    go_on = asyncio.Event()

    async def take(given: object) -> None:
        await go_on.wait()
        got.append(given)

    bus.subscribe(take)
    delivery = bus.publish(event())
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.01):
            await delivery
    go_on.set()
    await bus.drain()
    assert len(got) == 1


@pytest.mark.asyncio
async def test_a_topic_gives_messages_to_acknowledge_and_a_way_to_stop() -> None:
    bus, got = InMemoryEventBus(), list[TopicMessage]()

    async def read(message: TopicMessage) -> None:
        got.append(message)
        await message.ack()

    stop: Callable[[], Awaitable[None]] = await bus.subscribe(
        topic="t", group_id="discovery-1", on_message=read
    )
    await bus.publish(topic="t", key=None, value=b"one")
    await bus.publish(topic="other", key=None, value=b"two")
    await stop()
    await stop()
    await bus.publish(topic="t", key=None, value=b"three")
    assert [(each.topic, each.value, each.key) for each in got] == [("t", b"one", None)]
    assert got[0].acknowledged


def test_a_message_goes_to_one_reader_of_each_group() -> None:
    bus = InMemoryEventBus()
    first, second, elsewhere, alone, too = Got(), Got(), Got(), Got(), Got()
    handle = bus.subscribe(topic="t", group_id="g", on_message=first.append)
    bus.subscribe(topic="t", group_id="g", on_message=second.append)
    bus.subscribe(topic="t", group_id="h", on_message=elsewhere.append)
    bus.subscribe(topic="t", on_message=alone.append)
    bus.subscribe(topic="t", on_message=too.append)
    assert bus.publish(topic="t", value=b"x").handlers == 4
    bus.unsubscribe(handle)
    bus.publish(topic="t", value=b"y")
    assert [len(each) for each in (first, second, elsewhere, alone, too)] == [1, 1, 2, 2, 2]


def test_events_and_messages_do_not_mix() -> None:
    bus, events, messages = InMemoryEventBus(), Got(), Got()
    bus.subscribe(events.append)
    bus.subscribe(topic="t", on_message=messages.append)
    bus.publish(event("t"))
    bus.publish(topic="t", value=b"x")
    assert (len(events), len(messages)) == (1, 1)


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("payload", "data"), [({"a": 1}, {"a": 1}), ("text", {"payload": "text"}), (None, None)]
)
async def test_an_emitted_event_is_delivered_like_any_other(payload: Any, data: Any) -> None:
    bus, got = InMemoryEventBus(), Got()
    bus.subscribe(got.append, "node.*")
    done = await bus.emit_event(event_type="node.start", payload=payload, correlation_id=NODE)
    assert done is True
    (made,) = got
    assert (made.event_type, made.data, made.correlation_id) == ("node.start", data, NODE)
    assert made.node_id == bus.node_id


def test_a_disconnected_bus_refuses_events_and_keeps_its_subscribers() -> None:
    bus, got = InMemoryEventBus(), Got()
    bus.subscribe(got.append)
    assert bus.is_connected()
    bus.disconnect()
    assert not bus.is_connected()
    with pytest.raises(ModelOnexError, match=r"SERVICE_UNAVAILABLE.*call connect\(\) first"):
        bus.publish(event())
    bus.connect()
    bus.publish(event())
    assert len(got) == 1


@pytest.mark.parametrize(
    ("args", "options", "match"),
    [
        ((), {}, "no handler"),
        (("a",), {}, "no handler"),
        ((), {"topic": "t"}, "no handler"),
        (("a", "b"), {}, "two values for 'event_type'"),
        ((refuse, refuse), {}, "two values for 'handler'"),
        ((refuse,), {"event_type": "a", "pattern": "b"}, "unknown argument 'pattern'"),
    ],
)
def test_a_subscription_that_is_not_clear_is_refused(
    args: tuple[Any, ...], options: dict[str, Any], match: str
) -> None:
    with pytest.raises(ModelOnexError, match=f"INVALID_PARAMETER.*{match}"):
        InMemoryEventBus().subscribe(*args, **options)


@pytest.mark.parametrize("options", [{}, {"event": event(), "topic": "t"}])
def test_what_is_published_is_an_event_or_a_message(options: dict[str, Any]) -> None:
    with pytest.raises(ModelOnexError, match=r"INVALID_PARAMETER.*either an event or a topic"):
        InMemoryEventBus().publish(**options)


def test_threads_may_subscribe_and_publish_at_the_same_time() -> None:
    bus, got = InMemoryEventBus(), Got()

    def work() -> None:
        for _ in range(50):
            handle = bus.subscribe(got.append, "mine")
            bus.publish(event("other"))
            bus.unsubscribe(handle)
        bus.subscribe(got.append, "mine")

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert bus.publish(event("mine")).handlers == 4
    assert len(got) == 4


def test_an_event_published_by_a_handler_is_delivered_too() -> None:
    bus, got = InMemoryEventBus(), Got()
    bus.subscribe("first", lambda _: bus.publish(event("second")))
    bus.subscribe("second", got.append)
    bus.publish(event("first"))
    assert len(got) == 1
