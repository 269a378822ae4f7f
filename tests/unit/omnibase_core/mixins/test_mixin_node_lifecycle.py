"""Every stage in the life of a node is published, and none of them can stop the node."""

import asyncio
import gc
import logging
import subprocess
import sys
import weakref
from enum import Enum
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

import pytest

from omnibase_core.infrastructure.in_memory_event_bus import InMemoryEventBus
from omnibase_core.mixins.mixin_node_lifecycle import MixinNodeLifecycle
from omnibase_core.models.core.model_node_metadata_block import ModelNodeMetadataBlock
from omnibase_core.models.events.model_event_envelope import ModelEventEnvelope
from omnibase_core.models.events.model_node_announce_event import ModelNodeAnnounceEvent
from omnibase_core.models.events.model_node_shutdown_event import ModelNodeShutdownEvent

EMITTERS = {
    "emit_node_start": "node_start",
    "emit_node_success": "node_success",
    "emit_node_failure": "node_failure",
}


class Clock(MixinNodeLifecycle):
    def __init__(self, bus: Any = None, **more: Any) -> None:
        super().__init__()
        self._node_id: Any = uuid4()
        self.event_bus = bus
        vars(self).update(more)


class Deaf:
    def publish(self, envelope: Any) -> None:
        raise ConnectionError(f"{type(envelope).__name__} refused")


def listening() -> tuple[InMemoryEventBus, list[Any]]:
    bus, taken = InMemoryEventBus(), []
    bus.subscribe(taken.append)
    return bus, taken


def block(**more: Any) -> ModelNodeMetadataBlock:
    facts = {
        "name": "clock",
        "version": {"major": 2, "minor": 1, "patch": 0},
        "uuid": str(uuid4()),
        "author": "Ann",
        "created_at": "2020-01-01T00:00:00Z",
        "last_modified_at": "2020-01-01T00:00:00Z",
        "hash": "0" * 64,
        "entrypoint": "python://clock.py",
        "namespace": "python://tools.clock",
        "inputs": ["zone"],
        "outputs": ["time"],
    }
    return ModelNodeMetadataBlock.model_validate(facts | more)


@pytest.mark.parametrize(("emitter", "event_type"), EMITTERS.items())
def test_a_stage_is_published_under_the_given_id(emitter: str, event_type: str) -> None:
    bus, taken = listening()
    node = Clock(bus)
    known_as = uuid4()
    assert getattr(node, emitter)({"phase": "warm-up"}, known_as) == known_as
    (envelope,) = taken
    assert isinstance(envelope, ModelEventEnvelope)
    assert envelope.source_tool == str(node._node_id)
    assert envelope.correlation_id == envelope.payload.correlation_id == known_as
    assert envelope.payload.event_type == event_type
    assert envelope.payload.node_id == node._node_id
    assert envelope.payload.metadata.phase == "warm-up"


@pytest.mark.parametrize("emitter", EMITTERS)
@pytest.mark.parametrize("bus", [None, Deaf()])
def test_an_id_is_made_up_and_returned_even_if_nobody_hears(emitter: str, bus: Any) -> None:
    node = Clock(bus)
    first, second = getattr(node, emitter)(), getattr(node, emitter)()
    assert isinstance(first, UUID)
    assert first != second


def test_a_stage_without_metadata_has_none() -> None:
    bus, taken = listening()
    known_as = Clock(bus).emit_node_start()
    assert taken[0].payload.metadata is None
    assert taken[0].correlation_id == known_as


def test_metadata_that_is_none_is_logged_and_not_raised(caplog: pytest.LogCaptureFixture) -> None:
    bus, taken = listening()
    wrong: Any = ["no mapping"]
    assert isinstance(Clock(bus).emit_node_start(wrong), UUID)
    assert taken == []
    assert "could not publish" in caplog.text


def test_a_failing_bus_is_logged_and_not_raised(caplog: pytest.LogCaptureFixture) -> None:
    node = Clock(Deaf())
    node._register_node()
    node.emit_node_failure()
    node._publish_shutdown_event()
    assert [record.levelname for record in caplog.records] == ["ERROR"] * 3


def test_an_id_that_spells_a_uuid_is_used() -> None:
    bus, taken = listening()
    own = uuid4()
    Clock(bus, _node_id=str(own)).emit_node_start()
    assert taken[0].payload.node_id == own


@pytest.mark.parametrize("own", [None, "clock-1"])
def test_any_other_id_is_replaced_by_a_random_one_that_stays(own: Any) -> None:
    bus, taken = listening()
    node = Clock(bus, _node_id=own)
    node.emit_node_start()
    node.emit_node_success()
    Clock(bus, _node_id=own).emit_node_start()
    first, second, other = (envelope.payload.node_id for envelope in taken)
    assert first == second != other


def test_a_node_is_announced_with_its_metadata() -> None:
    bus, taken = listening()
    loaded = block()
    node = Clock(bus, metadata_loader=SimpleNamespace(metadata=loaded))
    node._register_node()
    event = taken[0].payload
    assert isinstance(event, ModelNodeAnnounceEvent)
    assert event.metadata_block == loaded
    assert (event.node_id, event.node_name, str(event.version)) == (
        node._node_id,
        "clock",
        "2.1.0",
    )
    assert (event.status.value, event.execution_mode) == ("ready", "direct")
    assert (event.inputs, event.outputs) == (["zone"], ["time"])
    assert taken[0].correlation_id == event.correlation_id is not None


def test_a_node_without_metadata_is_announced_with_what_is_known() -> None:
    bus, taken = listening()
    node = Clock(bus)
    node._register_node()
    event = taken[0].payload
    assert (event.node_name, str(event.version)) == ("clock", "1.0.0")
    assert event.metadata_block.uuid == str(node._node_id)
    assert event.metadata_block.entrypoint.target.endswith(".Clock")


def test_metadata_of_another_kind_is_read_as_far_as_it_goes() -> None:
    bus, taken = listening()
    told = SimpleNamespace(name="watch", version="3.2.1", author="Ann", description="Ticks")
    Clock(bus, metadata_loader=SimpleNamespace(metadata=told))._register_node()
    known = taken[0].payload.metadata_block
    assert (known.name, str(known.version), known.author) == ("watch", "3.2.1", "Ann")
    assert known.description == "Ticks"


class Mode(Enum):
    ORCHESTRATED = "orchestrated"


@pytest.mark.parametrize(
    ("mode", "announced"),
    [
        ("workflow", "workflow"),
        (Mode.ORCHESTRATED, "orchestrated"),
        (None, "direct"),
        (7, "direct"),
    ],
)
def test_an_execution_mode_is_announced_only_if_it_is_one(mode: Any, announced: str) -> None:
    bus, taken = listening()
    Clock(bus, execution_mode=mode)._register_node()
    assert taken[0].payload.execution_mode == announced


def test_the_end_is_graceful_and_published_once() -> None:
    bus, taken = listening()
    node = Clock(bus)
    node._publish_shutdown_event()
    node._publish_shutdown_event()
    (envelope,) = taken
    event = envelope.payload
    assert isinstance(event, ModelNodeShutdownEvent)
    assert (event.node_name, event.shutdown_reason) == ("clock", "graceful")
    assert event.final_status.value == "stopping"
    assert event.uptime_seconds is not None
    assert event.node_id == node._node_id


def test_a_node_that_comes_back_can_end_again() -> None:
    bus, taken = listening()
    node = Clock(bus)
    node._publish_shutdown_event()
    node._register_node()
    node._publish_shutdown_event()
    kinds = [envelope.payload.event_type for envelope in taken]
    assert kinds == ["node_shutdown_event", "NODE_ANNOUNCE", "node_shutdown_event"]


def test_an_end_that_nobody_heard_may_be_repeated() -> None:
    node = Clock(Deaf())
    node._publish_shutdown_event()
    bus, taken = listening()
    node.event_bus = bus
    node._publish_shutdown_event()
    assert len(taken) == 1


def test_cleaning_up_ends_the_node_and_its_handlers() -> None:
    class Handling(Clock):
        cleaned = 0

        def cleanup_event_handlers(self) -> None:
            self.cleaned += 1
            self.cleanup_lifecycle_resources()

    bus, taken = listening()
    node = Handling(bus)
    node.cleanup_lifecycle_resources()
    assert (node.cleaned, len(taken)) == (1, 1)


def test_cleaning_up_never_fails(caplog: pytest.LogCaptureFixture) -> None:
    class Failing(Clock):
        def cleanup_event_handlers(self) -> None:
            raise RuntimeError("stuck")

    bus, taken = listening()
    Failing(bus).cleanup_lifecycle_resources()
    Clock().cleanup_lifecycle_resources()
    assert len(taken) == 1
    assert "stuck" in caplog.text


SCRIPT = """
from omnibase_core.infrastructure.in_memory_event_bus import InMemoryEventBus
from omnibase_core.mixins.mixin_node_lifecycle import MixinNodeLifecycle

class Clock(MixinNodeLifecycle):
    pass

bus = InMemoryEventBus()
bus.subscribe(lambda envelope: print(envelope.payload.event_type))
node = Clock()
node.event_bus = bus
node._register_shutdown_hook()
node._register_shutdown_hook()
{more}
"""


@pytest.mark.parametrize("more", ["", "node.cleanup_lifecycle_resources()"])
def test_the_end_of_the_process_is_the_end_of_the_node(more: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT.format(more=more)],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": ":".join(sys.path)},
    )
    assert done.stdout.splitlines() == ["node_shutdown_event"]


def test_the_hook_does_not_keep_the_node_alive() -> None:
    node = Clock()
    node._register_shutdown_hook()
    hook, seen = node._lifecycle_exit_hook, weakref.ref(node)
    del node
    gc.collect()
    assert seen() is None
    assert hook is not None
    hook()


async def take_in(taken: list[Any], envelope: Any) -> None:
    await asyncio.sleep(0)
    taken.append(envelope)


def test_a_bus_that_must_be_awaited_is() -> None:
    taken: list[Any] = []
    bus = SimpleNamespace(publish=lambda envelope: take_in(taken, envelope))
    Clock(bus).emit_node_start()
    assert len(taken) == 1


def test_construction_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, "omnibase"):
        Clock()
    assert "MIXIN_INIT" in caplog.text


def test_arguments_are_passed_on_and_a_constructor_is_not_needed() -> None:
    class Base:
        def __init__(self, given: int, *, named: int) -> None:
            self.got = (given, named)

    class Host(MixinNodeLifecycle, Base):
        pass

    class Short(Clock):
        def __init__(self, bus: Any) -> None:
            self.event_bus = bus

    assert Host(1, named=2).got == (1, 2)
    bus, taken = listening()
    Short(bus)._publish_shutdown_event()
    assert taken[0].payload.uptime_seconds is None
