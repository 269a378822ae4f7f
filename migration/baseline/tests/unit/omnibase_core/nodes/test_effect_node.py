"""What an effect node does with files, events, failures and transactions."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from omnibase_core.enums.enum_circuit_breaker_state import EnumCircuitBreakerState
from omnibase_core.enums.enum_effect_type import EnumEffectType
from omnibase_core.enums.enum_node_type import EnumNodeType
from omnibase_core.enums.enum_transaction_state import EnumTransactionState
from omnibase_core.errors.error_codes import EnumCoreErrorCode
from omnibase_core.errors.model_onex_error import ModelOnexError
from omnibase_core.infrastructure.node_effect import NodeEffect
from omnibase_core.models.common.model_schema_value import ModelSchemaValue
from omnibase_core.models.container.model_onex_container import ModelONEXContainer
from omnibase_core.models.contracts.model_contract_effect import ModelContractEffect
from omnibase_core.models.contracts.model_io_operation_config import ModelIOOperationConfig
from omnibase_core.models.infrastructure import ModelTransaction
from omnibase_core.models.operations import ModelEffectInput
from omnibase_core.primitives.model_semver import ModelSemVer

Handler = Callable[[dict[str, ModelSchemaValue], ModelTransaction | None], Awaitable[Any]]


class InvoiceStore(NodeEffect):
    """An effect node that carries its contract in the code, not in a file."""

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


class RecordingBus:
    """An event bus that keeps what it was given."""

    def __init__(self) -> None:
        self.events: list[dict[str, Any]] = []

    async def emit_event(self, **event: Any) -> None:
        self.events.append(event)


@pytest.fixture
def container() -> ModelONEXContainer:
    return ModelONEXContainer()


@pytest.fixture
def node(container: ModelONEXContainer) -> InvoiceStore:
    return InvoiceStore(container)


@pytest.fixture
def slept(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Let no retry wait; return the delays that it would have waited."""
    delays: list[float] = []

    async def still_clock(delay: float) -> None:
        delays.append(delay)

    monkeypatch.setattr(asyncio, "sleep", still_clock)
    return delays


def api_call(**settings: Any) -> ModelEffectInput:
    return ModelEffectInput(
        **{"effect_type": EnumEffectType.API_CALL, "operation_data": {}, **settings}
    )


def answering(value: object) -> Handler:
    async def handler(
        _data: dict[str, ModelSchemaValue], _transaction: ModelTransaction | None
    ) -> object:
        return value

    return handler


def failing(times: int) -> Handler:
    left = iter([True] * times)

    async def handler(
        _data: dict[str, ModelSchemaValue], _transaction: ModelTransaction | None
    ) -> object:
        if next(left, False):
            raise ConnectionError("line is dead")
        return "at last"

    return handler


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.asyncio
async def test_a_handler_gets_the_data_and_an_active_transaction(node: InvoiceStore) -> None:
    seen: list[Any] = []

    async def handler(
        data: dict[str, ModelSchemaValue], transaction: ModelTransaction | None
    ) -> dict[str, Any]:
        assert transaction is not None
        seen.extend([data["amount"].to_value(), transaction.state, len(node.active_transactions)])
        transaction.add_operation("book", {"amount": 7})
        return {"booked": True}

    node.effect_handlers[EnumEffectType.API_CALL] = handler
    order = api_call(operation_data={"amount": ModelSchemaValue.from_value(7)})
    output = await node.process(order)

    assert seen == [7, EnumTransactionState.ACTIVE, 1]
    assert output.result.value == {"booked": True}
    assert output.operation_id == order.operation_id
    assert output.transaction_state is EnumTransactionState.COMMITTED
    assert output.side_effects_applied is not None
    assert "'name': 'book'" in output.side_effects_applied[0]
    assert output.metadata is not None
    assert {name: value.to_value() for name, value in output.metadata.items()} == {
        "timeout_ms": 30000,
        "transaction_enabled": True,
        "circuit_breaker_enabled": False,
    }
    assert node.active_transactions == {}


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("value", "kind", "wrapped"),
    [
        ({"a": 1}, "dict[str, Any]", {"a": 1}),
        (False, "bool", False),
        ("text", "str", "text"),
        ([1, 2], "list[Any]", [1, 2]),
        (7, "str", "7"),
        (None, "str", "None"),
    ],
)
async def test_a_result_keeps_its_kind_or_becomes_text(
    node: InvoiceStore, value: object, kind: str, wrapped: object
) -> None:
    node.effect_handlers[EnumEffectType.API_CALL] = answering(value)
    output = await node.process(api_call())
    assert (output.result.result_type, output.result.value) == (kind, wrapped)


@pytest.mark.asyncio
async def test_a_file_is_written_read_and_deleted(node: InvoiceStore, tmp_path: Path) -> None:
    file = tmp_path / "invoice.txt"

    written = await node.execute_file_operation("write", file, "7 €")
    assert written == {"operation_type": "write", "file_path": str(file), "bytes_written": 5}
    assert file.read_text(encoding="utf-8") == "7 €"
    assert names(tmp_path) == ["invoice.txt"]

    read = await node.execute_file_operation("read", str(file))
    assert (read["content"], read["size_bytes"]) == ("7 €", 5)

    assert (await node.execute_file_operation("delete", file))["deleted"] is True
    assert (await node.execute_file_operation("delete", file))["deleted"] is False
    assert not file.exists()


@pytest.mark.asyncio
async def test_a_file_can_be_written_without_a_transaction(
    node: InvoiceStore, tmp_path: Path
) -> None:
    file = tmp_path / "invoice.txt"
    await node.execute_file_operation("write", file, 7, atomic=False)
    assert file.read_text(encoding="utf-8") == "7"


@pytest.mark.asyncio
async def test_a_missing_file_cannot_be_read(
    node: InvoiceStore, tmp_path: Path, slept: list[float]
) -> None:
    with pytest.raises(ModelOnexError, match="File not found") as raised:
        await node.execute_file_operation("read", tmp_path / "none.txt")
    assert raised.value.error_code is EnumCoreErrorCode.OPERATION_FAILED
    assert isinstance(raised.value.__cause__, ModelOnexError)
    assert raised.value.__cause__.error_code is EnumCoreErrorCode.RESOURCE_UNAVAILABLE
    assert slept == [1, 2, 4]


@pytest.mark.asyncio
async def test_a_failed_effect_takes_its_operations_back(
    node: InvoiceStore, tmp_path: Path
) -> None:
    kept, new = tmp_path / "kept.txt", tmp_path / "new.txt"
    kept.write_text("old", encoding="utf-8")

    async def handler(
        _data: dict[str, ModelSchemaValue], transaction: ModelTransaction | None
    ) -> None:
        files = node.effect_handlers[EnumEffectType.FILE_OPERATION]
        for step in (
            {"operation_type": "delete", "file_path": str(kept)},
            {"operation_type": "write", "file_path": str(new), "data": "x"},
        ):
            data = {name: ModelSchemaValue.from_value(value) for name, value in step.items()}
            await files(data, transaction)
        assert new.exists()
        assert not kept.exists()
        raise ConnectionError("line is dead")

    node.effect_handlers[EnumEffectType.API_CALL] = handler
    with pytest.raises(ModelOnexError, match="Effect execution failed: line is dead") as raised:
        await node.process(api_call(retry_enabled=False))

    context = raised.value.context["additional_context"]["context"]
    assert context["transaction_state"] == "rolled_back"
    assert isinstance(raised.value.__cause__, ConnectionError)
    assert kept.read_text(encoding="utf-8") == "old"
    assert not new.exists()
    assert node.active_transactions == {}


@pytest.mark.asyncio
async def test_a_failure_is_repeated_with_doubling_delays(
    node: InvoiceStore, slept: list[float]
) -> None:
    node.effect_handlers[EnumEffectType.API_CALL] = failing(2)
    output = await node.process(api_call(retry_delay_ms=100))
    assert output.result.value == "at last"
    assert slept == [0.1, 0.2]


@pytest.mark.asyncio
async def test_retries_end_at_their_limit(node: InvoiceStore, slept: list[float]) -> None:
    node.effect_handlers[EnumEffectType.API_CALL] = failing(9)
    with pytest.raises(ModelOnexError, match="line is dead"):
        await node.process(api_call(max_retries=1))
    assert slept == [1]


@pytest.mark.asyncio
async def test_the_breaker_opens_after_repeated_failures_and_refuses(node: InvoiceStore) -> None:
    node.effect_handlers[EnumEffectType.API_CALL] = failing(5)
    order = api_call(retry_enabled=False, circuit_breaker_enabled=True)
    for _ in range(5):
        with pytest.raises(ModelOnexError, match="line is dead"):
            await node.process(order)
    assert node.circuit_breakers["api_call"].state is EnumCircuitBreakerState.OPEN
    with pytest.raises(ModelOnexError, match="Circuit breaker open for api_call"):
        await node.process(order)


@pytest.mark.asyncio
async def test_an_effect_type_without_a_handler_fails(node: InvoiceStore) -> None:
    with pytest.raises(ModelOnexError, match="No handler registered for effect type: api_call"):
        await node.process(api_call(retry_enabled=False))


@pytest.mark.asyncio
async def test_an_event_reaches_the_bus_of_the_container() -> None:
    class ContainerWithBus(ModelONEXContainer):
        event_bus = RecordingBus()

    container = ContainerWithBus()
    correlation_id = uuid4()
    emitted = await InvoiceStore(container).emit_state_change_event(
        "invoice.stored", {"number": 7}, correlation_id
    )
    assert emitted is True
    [event] = container.event_bus.events
    assert event["event_type"] == "invoice.stored"
    assert event["correlation_id"] == correlation_id
    assert "7" in event["payload"]


@pytest.mark.asyncio
async def test_an_event_without_a_bus_is_not_emitted_and_no_failure(node: InvoiceStore) -> None:
    assert await node.emit_state_change_event("invoice.stored", {}, uuid4()) is False
    metrics = await node.get_effect_metrics()
    assert metrics["event_emission"]["success_count"] == 1.0


@pytest.mark.asyncio
async def test_a_transaction_context_commits_or_rolls_back(node: InvoiceStore) -> None:
    undone: list[str] = []
    transaction_id = UUID(int=7)
    async with node.transaction_context(transaction_id) as transaction:
        assert node.active_transactions == {str(transaction_id): transaction}
        transaction.add_operation("book", {}, lambda: undone.append("booking"))
    assert transaction.state is EnumTransactionState.COMMITTED
    assert undone == []

    async def interrupted() -> None:
        async with node.transaction_context() as transaction:
            transaction.add_operation("book", {}, lambda: undone.append("booking"))
            raise ConnectionError("line is dead")

    with pytest.raises(ConnectionError, match="line is dead"):
        await interrupted()
    assert undone == ["booking"]
    assert node.active_transactions == {}


@pytest.mark.asyncio
async def test_no_more_effects_run_at_once_than_there_are_slots(node: InvoiceStore) -> None:
    running, most = 0, 0

    async def handler(
        _data: dict[str, ModelSchemaValue], _transaction: ModelTransaction | None
    ) -> None:
        nonlocal running, most
        running += 1
        most = max(most, running)
        await asyncio.sleep(0)
        running -= 1

    node.effect_semaphore = asyncio.Semaphore(2)
    node.effect_handlers[EnumEffectType.API_CALL] = handler
    await asyncio.gather(*(node.process(api_call()) for _ in range(6)))
    assert most == 2


@pytest.mark.asyncio
async def test_metrics_count_successes_and_failures_of_a_kind(node: InvoiceStore) -> None:
    node.effect_handlers[EnumEffectType.API_CALL] = failing(1)
    with pytest.raises(ModelOnexError, match="line is dead"):
        await node.process(api_call(retry_enabled=False, circuit_breaker_enabled=True))
    await node.process(api_call())

    metrics = await node.get_effect_metrics()
    calls = metrics["api_call"]
    assert (calls["total_operations"], calls["success_count"], calls["error_count"]) == (2, 1, 1)
    assert calls["min_processing_time_ms"] <= calls["avg_processing_time_ms"]
    assert calls["avg_processing_time_ms"] <= calls["max_processing_time_ms"]
    assert metrics["circuit_breaker_api_call"]["failure_count"] == 1.0
    assert metrics["transaction_management"]["semaphore_available"] == 10.0


@pytest.mark.asyncio
async def test_cleanup_rolls_back_what_is_still_open(node: InvoiceStore) -> None:
    undone: list[str] = []
    transaction = ModelTransaction(uuid4())
    transaction.add_operation("book", {}, lambda: undone.append("booking"))
    node.active_transactions[str(transaction.transaction_id)] = transaction
    await node.cleanup()
    assert undone == ["booking"]
    assert node.active_transactions == {}
    assert node.state["status"] == "cleaned_up"


@pytest.mark.asyncio
async def test_introspection_names_handlers_contract_operations_and_limits(
    node: InvoiceStore,
) -> None:
    data = await node.get_introspection_data()
    assert data["introspection_metadata"]["supports_full_introspection"] is True
    assert data["runtime_information"]["current_health_status"] == "healthy"
    assert data["contract_details"]["supported_effect_types"] == [
        "file_operation",
        "event_emission",
    ]
    assert data["contract_details"]["io_operations_configuration"]["io_operations"] == [
        {"operation_type": "file_write", "atomic": True, "timeout_seconds": 9}
    ]
    assert "handle_file_operation" in data["node_capabilities"]["available_operations"]
    assert data["configuration_details"]["semaphore_available"] == 10
