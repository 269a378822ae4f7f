"""An effect executor is made of a container, lives on the bus, and leaves nothing behind."""

import asyncio
import signal
import threading
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

import pytest

from omnibase_core.constants import event_types
from omnibase_core.enums.enum_effect_type import EnumEffectType
from omnibase_core.enums.enum_node_health_status import EnumNodeHealthStatus
from omnibase_core.enums.enum_node_type import EnumNodeType
from omnibase_core.errors.error_codes import EnumCoreErrorCode
from omnibase_core.errors.model_onex_error import ModelOnexError
from omnibase_core.infrastructure.in_memory_event_bus import InMemoryEventBus, event_type_of
from omnibase_core.mixins.mixin_health_check import HealthCheck, MixinHealthCheck
from omnibase_core.mixins.mixin_node_executor import MixinNodeExecutor
from omnibase_core.mixins.mixin_node_id_from_contract import MixinNodeIdFromContract
from omnibase_core.models.common.model_schema_value import ModelSchemaValue
from omnibase_core.models.container.model_onex_container import ModelONEXContainer
from omnibase_core.models.contracts.model_contract_effect import ModelContractEffect
from omnibase_core.models.contracts.model_io_operation_config import ModelIOOperationConfig
from omnibase_core.models.contracts.subcontracts.model_health_check_subcontract import (
    ModelHealthCheckSubcontract,
)
from omnibase_core.models.core.model_health_status import ModelHealthStatus
from omnibase_core.models.events import ModelEventEnvelope
from omnibase_core.models.events.model_tool_invocation_event import ModelToolInvocationEvent
from omnibase_core.nodes.effect_node import EffectNode
from omnibase_core.nodes.node_effect_executor import NodeEffectExecutor
from omnibase_core.primitives.model_semver import ModelSemVer

ID = UUID("5f0c8a3e-6f0b-4a55-9d0e-3f7f8a1b2c3d")
LOADER = SimpleNamespace(metadata=SimpleNamespace(name="invoice_store", version="1.2.3"))
STEP = 0.001


class Container(ModelONEXContainer):
    """Has the services that it is given, by name."""

    def __init__(self, **services: Any) -> None:
        super().__init__()
        self.services = services

    def get_service(self, protocol_type: Any, service_name: str | None = None) -> Any:
        del service_name
        return self.services[protocol_type]


class InvoiceStore(NodeEffectExecutor):
    """Carries the contract of the archetype in the code; the id is in a file."""

    _allowed_namespaces = (__name__,)
    _serving_step_seconds = STEP
    ill = False

    def _load_contract_model(self) -> ModelContractEffect:
        return ModelContractEffect(
            name="invoice_file_effect",
            version=ModelSemVer(major=1, minor=0, patch=0),
            description="Stores invoices on disk",
            node_type=EnumNodeType.EFFECT,
            input_model="billing.models.InvoiceFile",
            output_model="billing.models.InvoiceReceipt",
            io_operations=[ModelIOOperationConfig(operation_type="file_write", timeout_seconds=9)],
        )

    def get_health_checks(self) -> list[HealthCheck]:
        return [self._disk]

    def _disk(self) -> ModelHealthStatus:
        level = EnumNodeHealthStatus.UNHEALTHY if self.ill else EnumNodeHealthStatus.HEALTHY
        return ModelHealthStatus(status=level, message="disk")


@pytest.fixture
def contract(tmp_path: Path) -> Path:
    path = tmp_path / "node.onex.yaml"
    path.write_text(f"node_name: {ID}\n", encoding="utf-8")
    return path


@pytest.fixture
def seen() -> list[Any]:
    """Keep the events that pass the bus."""
    return []


@pytest.fixture
def bus(seen: list[Any]) -> InMemoryEventBus:
    bus = InMemoryEventBus()
    bus.subscribe(lambda carried: seen.append(getattr(carried, "payload", carried)))
    return bus


@pytest.fixture
def container(bus: InMemoryEventBus) -> Container:
    return Container(event_bus=bus, metadata_loader=LOADER)


def process_state() -> tuple[Any, ...]:
    """Return what an executor may touch only while it serves."""
    signals = (signal.SIGTERM, signal.SIGINT)
    return set(threading.enumerate()), [signal.getsignal(number) for number in signals]


def of_type(seen: list[Any], event_type: str) -> list[Any]:
    return [event for event in seen if event_type_of(event) == event_type]


def invocation(action: str, **parameters: Any) -> ModelEventEnvelope[Any]:
    event = ModelToolInvocationEvent(
        node_id=uuid4(),
        target_node_id=ID,
        target_node_name="invoice_store",
        tool_name="files",
        action=action,
        parameters=parameters,
    )
    return ModelEventEnvelope[Any].create_broadcast(event, event.node_id, event.correlation_id)


def test_it_is_the_archetype_and_the_three_mixins() -> None:
    for base in (EffectNode, MixinNodeExecutor, MixinHealthCheck, MixinNodeIdFromContract):
        assert issubclass(NodeEffectExecutor, base)


def test_from_the_first_event_to_the_last(
    container: Container,
    contract: Path,
    bus: InMemoryEventBus,
    seen: list[Any],
    tmp_path: Path,
) -> None:
    write = {"operation_type": "write", "file_path": str(tmp_path / "invoice"), "data": "7"}
    node = InvoiceStore(container, contract_path=contract)
    before = process_state()

    async def live() -> None:
        serving = asyncio.create_task(node.start_executor_mode())
        while not of_type(seen, event_types.NODE_HEALTH_EVENT):  # noqa: ASYNC110 - see the bus
            await asyncio.sleep(STEP)
        assert node.get_state()["status"] == "ready"
        await bus.publish(invocation("file_operation", operation_data=write))
        signal.raise_signal(signal.SIGTERM)
        await asyncio.wait_for(serving, 10)
        assert asyncio.all_tasks() == {asyncio.current_task()}

    asyncio.run(live())
    assert (tmp_path / "invoice").read_text(encoding="utf-8") == "7"
    [answer] = of_type(seen, event_types.TOOL_RESPONSE)
    assert (answer.source_node_id, answer.result["transaction_state"]) == (ID, "committed")
    told = (event_types.NODE_ANNOUNCE, event_types.NODE_INTROSPECTION_EVENT)
    assert [{event.node_id for event in of_type(seen, each)} for each in told] == [{ID}, {ID}]
    [report] = of_type(seen, event_types.NODE_HEALTH_EVENT)
    assert (report.data["status"], report.data["health"]["status"]) == ("healthy", "healthy")
    assert len(of_type(seen, event_types.NODE_SHUTDOWN_EVENT)) == 1
    assert node.get_state()["status"] == "cleaned_up"
    assert process_state() == before
    assert len(bus._subscriptions) == 1
    assert not bus.failures


def test_what_it_cannot_do_is_an_error_for_the_requester(
    container: Container, contract: Path, seen: list[Any], tmp_path: Path
) -> None:
    node = InvoiceStore(container, contract_path=contract)
    read = {"operation_type": "read", "file_path": str(tmp_path / "none")}
    settings = {"retry_enabled": False, "metadata": {"why": "test"}}
    for asked in (
        invocation("file_operation", operation_data=read, **settings),
        invocation("juggle", operation_data={}),
    ):
        asyncio.run(node.handle_tool_invocation(asked))
    first, second = of_type(seen, event_types.TOOL_RESPONSE)
    assert not first.success
    assert "does not exist" in first.error or "not found" in first.error.lower()
    assert not second.success
    assert "effect_type" in second.error


def test_parameters_come_before_the_action_and_may_be_wrapped_already(
    container: Container, contract: Path
) -> None:
    node = InvoiceStore(container, contract_path=contract)
    wrapped = ModelSchemaValue.from_value("x")
    event = invocation(
        "store",
        effect_type="file_operation",
        operation_data={"a": wrapped.model_dump(), "b": wrapped, "c": [1, {"d": None}]},
    ).payload
    state = node._input_state(event)
    assert state.effect_type is EnumEffectType.FILE_OPERATION
    assert {name: value.to_value() for name, value in state.operation_data.items()} == {
        "a": "x",
        "b": "x",
        "c": [1, {"d": None}],
    }


def test_the_id_is_the_one_in_the_contract(container: Container, contract: Path) -> None:
    node = InvoiceStore(container, contract_path=contract)
    assert node.node_id == node.get_node_id() == ID
    assert node.container is container


def test_an_id_that_is_no_uuid_is_refused(
    container: Container, contract: Path, seen: list[Any]
) -> None:
    contract.write_text("node_name: invoice_store\n", encoding="utf-8")
    with pytest.raises(ModelOnexError, match="'invoice_store', which is no UUID") as caught:
        InvoiceStore(container, contract_path=contract)
    assert caught.value.error_code is EnumCoreErrorCode.VALIDATION_ERROR
    assert seen == []


def test_without_a_contract_there_is_no_executor(container: Container) -> None:
    with pytest.raises(ModelOnexError, match="No contract file") as caught:
        InvoiceStore(container)
    assert caught.value.error_code is EnumCoreErrorCode.FILE_NOT_FOUND


@pytest.mark.parametrize("missing", ["event_bus", "metadata_loader"])
def test_what_neither_the_caller_nor_the_container_has_is_missed(
    container: Container, contract: Path, missing: str
) -> None:
    del container.services[missing]
    with pytest.raises(ModelOnexError, match=f"needs '{missing}'") as caught:
        InvoiceStore(container, contract_path=contract)
    assert caught.value.error_code is EnumCoreErrorCode.MISSING_REQUIRED_PARAMETER


def test_what_is_given_comes_before_the_container(
    bus: InMemoryEventBus, contract: Path, seen: list[Any]
) -> None:
    container = Container(event_bus=None, metadata_loader=None)
    node = InvoiceStore(container, event_bus=bus, metadata_loader=LOADER, contract_path=contract)
    assert node.get_node_version() == "1.2.3"
    assert of_type(seen, event_types.NODE_ANNOUNCE)


def test_a_container_is_needed(bus: InMemoryEventBus, contract: Path) -> None:
    nothing: Any = None
    with pytest.raises(ModelOnexError, match="Container cannot be None"):
        InvoiceStore(nothing, event_bus=bus, metadata_loader=LOADER, contract_path=contract)


def test_callers_of_the_archetype_get_its_introspection(
    container: Container, contract: Path
) -> None:
    node = InvoiceStore(container, contract_path=contract)
    data = asyncio.run(node.get_introspection_data())
    assert data == {**asyncio.run(EffectNode.get_introspection_data(node)), **data}
    assert data["node_capabilities"]


def test_a_change_of_health_is_published(
    container: Container, contract: Path, bus: InMemoryEventBus, seen: list[Any]
) -> None:
    node = InvoiceStore(container, contract_path=contract)
    node.health_check_settings = ModelHealthCheckSubcontract(
        failure_threshold=1, recovery_threshold=1
    )
    node.ill = True
    assert node.health_check().status is EnumNodeHealthStatus.UNHEALTHY
    [event] = of_type(seen, "health.status.changed")
    assert (event.node_id, event.data["status"]) == (ID, "unhealthy")
    bus.disconnect()
    node.ill = False
    assert node.health_check().status is EnumNodeHealthStatus.HEALTHY


def test_a_node_that_cannot_be_initialized_leaves_the_bus(
    container: Container, contract: Path, bus: InMemoryEventBus, seen: list[Any]
) -> None:
    class Faulty(InvoiceStore):
        async def _initialize_node_resources(self) -> None:
            raise OSError("disk gone")

    node = Faulty(container, contract_path=contract)
    with pytest.raises(ModelOnexError, match="disk gone"):
        asyncio.run(node.start_executor_mode())
    assert len(of_type(seen, event_types.NODE_SHUTDOWN_EVENT)) == 1
    assert len(bus._subscriptions) == 1
