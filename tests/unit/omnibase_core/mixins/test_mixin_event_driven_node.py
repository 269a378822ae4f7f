"""A node on a bus is announced, answers each kind of question once, and leaves for good."""

import asyncio
import atexit
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

import pytest
from buses import AwaitedBus, Bus

from omnibase_core.constants import event_types
from omnibase_core.errors.error_codes import EnumCoreErrorCode
from omnibase_core.errors.model_onex_error import ModelOnexError
from omnibase_core.infrastructure.in_memory_event_bus import event_type_of
from omnibase_core.infrastructure.node_core_base import NodeCoreBase
from omnibase_core.mixins.mixin_event_driven_node import MixinEventDrivenNode
from omnibase_core.mixins.mixin_node_introspection_data import MixinNodeIntrospectionData
from omnibase_core.models.container.model_onex_container import ModelONEXContainer
from omnibase_core.models.contracts.subcontracts.model_event_bus_subcontract import (
    ModelEventBusSubcontract,
)
from omnibase_core.models.events import ModelEventEnvelope, ModelOnexEvent
from omnibase_core.models.events.model_request_introspection_event import (
    ModelRequestIntrospectionEvent,
)

ID = UUID("5f0c8a3e-6f0b-4a55-9d0e-3f7f8a1b2c3d")
LOADER = SimpleNamespace(metadata=SimpleNamespace(name="invoice_store", version="1.2.3"))
JOINING = [event_types.NODE_ANNOUNCE, event_types.NODE_INTROSPECTION_EVENT]
ALL_SUBSCRIPTIONS = 3


class InvoiceStore(MixinEventDrivenNode):
    """Lives on a bus and does nothing else."""


class Ledger(MixinEventDrivenNode, NodeCoreBase):
    """Has a base that makes up an id of its own."""

    async def process(self, input_data: Any) -> Any:
        return input_data


@pytest.fixture
def bus() -> Bus:
    return Bus()


@pytest.fixture
def node(bus: Bus) -> InvoiceStore:
    return InvoiceStore(ID, bus, LOADER)


def ask(bus: Bus, event: ModelOnexEvent) -> None:
    bus.publish(ModelEventEnvelope[Any].create_broadcast(event, uuid4(), event.correlation_id))


def test_a_new_node_makes_itself_known_and_listens(bus: Bus, node: InvoiceStore) -> None:
    assert bus.types() == JOINING
    assert {event.node_id for event in bus.seen} == {ID}
    assert [event.node_name for event in bus.of_type(JOINING[1])] == ["invoice_store"]
    assert bus.listeners() == ALL_SUBSCRIPTIONS
    assert node.node_id == ID


def test_a_real_time_request_is_answered_once(bus: Bus, node: InvoiceStore) -> None:
    request = ModelRequestIntrospectionEvent(node_id=uuid4())
    ask(bus, request)
    [answer] = bus.of_type(event_types.REAL_TIME_INTROSPECTION_RESPONSE)
    assert (answer.node_id, answer.correlation_id) == (ID, request.correlation_id)
    assert answer.capabilities == node._gather_introspection_data().capabilities
    assert not bus.failures


@pytest.mark.parametrize("kind", ["INTROSPECTION", "DISCOVERY"])
@pytest.mark.usefixtures("node")
def test_the_other_requests_are_answered_once_as_well(bus: Bus, kind: str) -> None:
    request = ModelOnexEvent(
        event_type=f"NODE_{kind}_REQUEST", node_id=uuid4(), correlation_id=uuid4()
    )
    ask(bus, request)
    [answer] = bus.of_type(f"NODE_{kind}_RESPONSE")
    assert answer.correlation_id == request.correlation_id
    assert answer.data["node_name"] == "invoice_store"


def test_a_wrapper_around_the_documented_handler_sees_requests_and_doubles_no_answer(
    bus: Bus, node: InvoiceStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    inner, passed = node._handle_introspection_request, []

    def wrapper(carried: Any) -> None:
        passed.append(event_type_of(carried))
        inner(carried)

    monkeypatch.setattr(node, "_handle_introspection_request", wrapper)
    ask(bus, ModelRequestIntrospectionEvent(node_id=uuid4()))
    ask(bus, ModelOnexEvent(event_type="NODE_INTROSPECTION_REQUEST", node_id=uuid4()))
    assert "NODE_INTROSPECTION_REQUEST" in passed
    assert len(bus.of_type(event_types.REAL_TIME_INTROSPECTION_RESPONSE)) == 1
    assert len(bus.of_type("NODE_INTROSPECTION_RESPONSE")) == 1


def test_cleaning_up_announces_the_end_once_and_drops_everything(
    bus: Bus, node: InvoiceStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    forgotten: list[object] = []
    monkeypatch.setattr(atexit, "unregister", forgotten.append)
    node.cleanup_event_handlers()
    node.cleanup_event_handlers()
    node.cleanup_lifecycle_resources()
    assert bus.types() == [*JOINING, event_types.NODE_SHUTDOWN_EVENT]
    assert bus.listeners() == 0
    assert len(forgotten) == 1


def test_cleaning_up_by_way_of_the_lifecycle_is_the_same(bus: Bus, node: InvoiceStore) -> None:
    node.cleanup_lifecycle_resources()
    node.cleanup_event_handlers()
    assert bus.types() == [*JOINING, event_types.NODE_SHUTDOWN_EVENT]
    assert bus.listeners() == 0


def test_a_node_may_join_and_leave_again(bus: Bus, node: InvoiceStore) -> None:
    for _ in range(2):
        node.cleanup_event_handlers()
        node._join_bus()
    node.cleanup_event_handlers()
    assert bus.types() == 3 * [*JOINING, event_types.NODE_SHUTDOWN_EVENT]
    assert bus.listeners() == 0


def test_what_the_node_says_about_itself(node: InvoiceStore) -> None:
    assert node.get_node_name() == "invoicestore"
    assert node.get_node_version() == "1.2.3"
    assert node.get_capabilities() == ["introspection", "discovery", "lifecycle"]
    assert node.supports_introspection() is True
    data = node.get_introspection_data()
    assert isinstance(data, MixinNodeIntrospectionData)
    assert data.node_name == "invoice_store"


def test_introspection_that_fails_gives_what_is_known_anyway(
    node: InvoiceStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise OSError("disk gone")

    monkeypatch.setattr(node, "_gather_introspection_data", fail)
    assert node.get_introspection_data() == {
        "node_id": str(ID),
        "node_name": "invoicestore",
        "capabilities": ["introspection", "discovery", "lifecycle"],
    }


class BrokenLoader:
    """Cannot read its file."""

    @property
    def metadata(self) -> Any:
        raise OSError("no such file")


@pytest.mark.parametrize(
    "loader", [SimpleNamespace(), SimpleNamespace(metadata=None), SimpleNamespace(metadata=object)]
)
def test_a_node_without_a_version_is_at_zero(bus: Bus, loader: Any) -> None:
    assert InvoiceStore(ID, bus, loader).get_node_version() == "0.0.0"


def test_metadata_that_cannot_be_loaded_is_an_error_with_a_code(bus: Bus) -> None:
    node = InvoiceStore(ID, bus, BrokenLoader())
    with pytest.raises(ModelOnexError, match="no such file") as caught:
        node.get_node_version()
    assert caught.value.error_code is EnumCoreErrorCode.METADATA_LOAD_FAILED


def test_a_node_needs_a_bus() -> None:
    with pytest.raises(ModelOnexError, match="needs 'event_bus'") as caught:
        InvoiceStore(ID, None, LOADER)
    assert caught.value.error_code is EnumCoreErrorCode.MISSING_REQUIRED_PARAMETER


class Registry:
    """Has one tool, or none."""

    def __init__(self, tool: Any = None) -> None:
        self.tool = tool

    def get_tool(self, name: str) -> Any:
        return self.tool if name == "tool_metadata_loader" else None


@pytest.mark.parametrize("registry", [None, object(), Registry()])
def test_a_node_needs_a_loader(bus: Bus, registry: Any) -> None:
    with pytest.raises(ModelOnexError, match="needs 'metadata_loader'") as caught:
        InvoiceStore(ID, bus, registry=registry)
    assert caught.value.error_code is EnumCoreErrorCode.MISSING_REQUIRED_PARAMETER
    assert bus.types() == []


def test_the_registry_has_the_loader_or_its_class(bus: Bus) -> None:
    assert InvoiceStore(ID, bus, registry=Registry(LOADER)).metadata_loader is LOADER
    made = InvoiceStore(ID, bus, registry=Registry(BrokenLoader)).metadata_loader
    assert isinstance(made, BrokenLoader)


def test_other_bases_get_their_arguments_and_the_id_stays(bus: Bus) -> None:
    container = ModelONEXContainer()
    node = Ledger(ID, bus, LOADER, container=container)
    assert node.container is container
    assert node.get_node_id() == ID
    node.node_id = other = uuid4()
    assert node.node_id == other


def test_a_bus_that_is_away_is_no_error_unless_that_is_wanted(bus: Bus) -> None:
    class Strict(InvoiceStore):
        event_bus_settings = ModelEventBusSubcontract(graceful_degradation=False)

    bus.disconnect()
    patient = InvoiceStore(ID, bus, LOADER)
    assert bus.listeners() == ALL_SUBSCRIPTIONS
    patient.cleanup_event_handlers()
    with pytest.raises(ModelOnexError, match="disconnected"):
        Strict(ID, bus, LOADER)
    assert bus.listeners() == 0


def test_a_node_whose_bus_is_switched_off_stays_away_from_it(bus: Bus) -> None:
    class Hermit(InvoiceStore):
        event_bus_settings = ModelEventBusSubcontract(event_bus_enabled=False)

    node = Hermit(ID, bus, LOADER)
    node.cleanup_event_handlers()
    assert bus.types() == []
    assert bus.listeners() == 0


def test_within_a_running_loop_and_on_a_bus_that_has_to_be_awaited(bus: Bus) -> None:
    async def live(on: Any) -> None:
        node = InvoiceStore(ID, on, LOADER)
        await node.start_async_event_handlers()
        await asyncio.sleep(0)
        assert bus.listeners() == ALL_SUBSCRIPTIONS
        node.cleanup_event_handlers()
        await asyncio.sleep(0.01)
        assert bus.listeners() == 0
        assert asyncio.all_tasks() == {asyncio.current_task()}

    for on in (bus, AwaitedBus(bus)):
        bus.seen.clear()
        asyncio.run(live(on))
        assert bus.types() == [*JOINING, event_types.NODE_SHUTDOWN_EVENT]
