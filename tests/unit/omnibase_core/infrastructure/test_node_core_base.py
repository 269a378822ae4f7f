"""A node is constructed, initialized, measured, introspected and cleaned up."""

import json
import logging
import time
from datetime import datetime
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest

from omnibase_core.errors.error_codes import EnumCoreErrorCode
from omnibase_core.errors.model_onex_error import ModelOnexError
from omnibase_core.infrastructure.node_core_base import NodeCoreBase
from omnibase_core.models.container.model_onex_container import ModelONEXContainer


class Echo(NodeCoreBase):
    """Returns its input; its hooks fail when told to."""

    failure: Exception | None = None

    async def process(self, input_data: Any) -> Any:
        return input_data

    async def _initialize_node_resources(self) -> None:
        await super()._initialize_node_resources()
        if self.failure:
            raise self.failure

    async def _cleanup_node_resources(self) -> None:
        await super()._cleanup_node_resources()
        if self.failure:
            raise self.failure


class Services:
    """A container that knows services by name and raises for all others."""

    def __init__(self, **services: Any) -> None:
        self.services = services

    def get_service(self, name: str) -> Any:
        return self.services[name]


class Bus:
    def __init__(self) -> None:
        self.events: list[dict[str, Any]] = []

    async def emit_event(self, **event: Any) -> None:
        self.events.append(event)


class BrokenBus:
    async def emit_event(self, **event: Any) -> None:
        raise OSError(f"no line for {event['event_type']}")


class Contracts:
    def __init__(self, contract: Any) -> None:
        self.contract = contract

    def get_node_contract(self, _name: str) -> Any:
        if isinstance(self.contract, Exception):
            raise self.contract
        return self.contract


def node(container: Any = None) -> Echo:
    return Echo(container or Services())


def events(caplog: pytest.LogCaptureFixture) -> list[dict[str, Any]]:
    return [json.loads(record.getMessage()) for record in caplog.records]


@pytest.fixture(autouse=True)
def _every_level(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, logger="omnibase")


def test_a_new_node_is_initialized_in_name_only() -> None:
    before = time.time() * 1000
    container = Services()
    subject = Echo(container)  # type: ignore[arg-type]
    assert list(vars(subject)) == [
        "container",
        "node_id",
        "created_at",
        "state",
        "metrics",
        "contract_data",
        "version",
    ]
    assert subject.container is container
    assert isinstance(subject.node_id, UUID)
    assert isinstance(subject.created_at, datetime)
    assert subject.created_at.tzinfo is None
    assert subject.state == {"status": "initialized"}
    assert before <= subject.metrics.pop("initialization_time_ms") <= time.time() * 1000
    assert subject.metrics == {
        "total_operations": 0.0,
        "avg_processing_time_ms": 0.0,
        "error_count": 0.0,
        "success_count": 0.0,
    }
    assert subject.contract_data is None
    assert subject.version == "1.0.0"


def test_a_node_needs_a_container() -> None:
    with pytest.raises(ModelOnexError, match="Container cannot be None for NodeCore") as caught:
        Echo(None)  # type: ignore[arg-type]
    assert caught.value.error_code is EnumCoreErrorCode.VALIDATION_ERROR
    assert caught.value.context == {"additional_context": {"context": {"node_type": "Echo"}}}


def test_a_node_must_process() -> None:
    with pytest.raises(TypeError, match="abstract"):
        NodeCoreBase(Services())  # type: ignore[abstract, arg-type]


@pytest.mark.asyncio
async def test_the_inherited_process_refuses() -> None:
    with pytest.raises(NotImplementedError, match="Subclasses must implement process method"):
        await NodeCoreBase.process(node(), 1)  # type: ignore[safe-super]


@pytest.mark.asyncio
async def test_initialize_loads_the_contract_and_tells_the_bus(
    caplog: pytest.LogCaptureFixture,
) -> None:
    bus, contract = Bus(), {"version": 2, "name": "echo"}
    subject = node(Services(event_bus=bus, contract_service=Contracts(contract)))
    await subject.initialize()
    assert subject.state == {"status": "ready"}
    assert subject.contract_data is contract
    assert subject.get_version() == 2
    elapsed = subject.metrics["initialization_time_ms"]
    assert 0 <= elapsed < 60_000
    (event,) = bus.events
    stamp = event["payload"].pop("timestamp")
    assert datetime.fromisoformat(stamp).tzinfo is None
    assert event == {
        "event_type": "node.node_initialized",
        "payload": {
            "node_id": subject.node_id,
            "node_type": "Echo",
            "event_type": "node_initialized",
            "initialization_time_ms": elapsed,
        },
        "correlation_id": subject.node_id,
    }
    loaded, done = events(caplog)
    assert (loaded["level"], loaded["message"]) == ("info", "Contract loaded for Echo")
    assert loaded["context"] == {
        "node_id": str(subject.node_id),
        "contract_keys": ["version", "name"],
    }
    assert (done["level"], done["message"]) == ("info", "NodeCoreBase initialized: Echo")
    assert done["context"] == {
        "node_id": str(subject.node_id),
        "initialization_time_ms": elapsed,
        "status": "ready",
    }


@pytest.mark.parametrize(
    "container",
    [
        ModelONEXContainer(),
        Services(),
        Services(contract_service=object(), event_bus=object()),
        Services(contract_service=None, event_bus=None),
        Services(contract_service=Contracts({})),
    ],
)
@pytest.mark.asyncio
async def test_a_node_gets_ready_without_services(
    container: Any, caplog: pytest.LogCaptureFixture
) -> None:
    subject = node(container)
    await subject.initialize()
    assert subject.state == {"status": "ready"}
    assert subject.contract_data is None
    assert [event["message"] for event in events(caplog)] == ["NodeCoreBase initialized: Echo"]


@pytest.mark.asyncio
async def test_a_contract_that_is_no_dict_keeps_the_version(
    caplog: pytest.LogCaptureFixture,
) -> None:
    contract = SimpleNamespace(version="9")
    subject = node(Services(contract_service=Contracts(contract)))
    await subject.initialize()
    assert subject.contract_data is contract
    assert subject.version == "1.0.0"
    assert events(caplog)[0]["context"]["contract_keys"] == []


@pytest.mark.asyncio
async def test_a_failing_contract_service_is_only_a_warning(
    caplog: pytest.LogCaptureFixture,
) -> None:
    subject = node(Services(contract_service=Contracts(OSError("gone"))))
    await subject.initialize()
    assert subject.state == {"status": "ready"}
    warning = events(caplog)[0]
    assert warning["level"] == "warning"
    assert warning["message"] == "Contract loading failed (continuing without): gone"
    assert warning["context"] == {"node_id": str(subject.node_id), "node_type": "Echo"}


@pytest.mark.asyncio
async def test_a_failing_bus_is_only_a_warning(caplog: pytest.LogCaptureFixture) -> None:
    subject = node(Services(event_bus=BrokenBus()))
    await subject.initialize()
    warning = events(caplog)[0]
    assert warning["level"] == "warning"
    assert warning["message"] == "Event emission failed: no line for node.node_initialized"
    assert warning["context"] == {
        "node_id": str(subject.node_id),
        "event_type": "node_initialized",
    }


@pytest.mark.asyncio
async def test_a_failing_hook_fails_the_initialization() -> None:
    subject = node()
    subject.failure = OSError("no disk")
    with pytest.raises(ModelOnexError, match="Node initialization failed: no disk") as caught:
        await subject.initialize()
    assert caught.value.error_code is EnumCoreErrorCode.OPERATION_FAILED
    assert caught.value.__cause__ is subject.failure
    assert caught.value.context["additional_context"]["context"] == {
        "node_id": subject.node_id,
        "node_type": "Echo",
        "error": "no disk",
    }
    assert subject.state == {"status": "failed"}
    assert subject.metrics["error_count"] == 1
    assert subject.metrics["total_operations"] == 0


@pytest.mark.asyncio
async def test_a_container_must_offer_services_to_initialize() -> None:
    subject = node(object())
    with pytest.raises(ModelOnexError, match="does not implement get_service method") as caught:
        await subject.initialize()
    inner = caught.value.__cause__
    assert isinstance(inner, ModelOnexError)
    assert inner.error_code is EnumCoreErrorCode.DEPENDENCY_UNAVAILABLE
    assert inner.context["additional_context"]["context"] == {
        "node_id": subject.node_id,
        "container_type": "object",
    }
    assert subject.state == {"status": "failed"}


@pytest.mark.asyncio
async def test_cleanup_tells_the_bus_and_the_log(caplog: pytest.LogCaptureFixture) -> None:
    bus = Bus()
    subject = node(Services(event_bus=bus))
    await subject.cleanup()
    assert subject.state == {"status": "cleaned_up"}
    (event,) = bus.events
    payload = event["payload"]
    assert event["event_type"] == "node.node_cleanup_complete"
    assert payload["final_status"] == "cleaning_up"
    assert payload["total_operations"] == 0.0
    assert 0 <= payload["cleanup_time_ms"] <= payload["total_lifetime_ms"] + 1
    (done,) = events(caplog)
    assert (done["level"], done["message"]) == ("info", "NodeCoreBase cleanup complete: Echo")
    assert list(done["context"]) == ["node_id", "cleanup_time_ms", "total_lifetime_ms"]


@pytest.mark.asyncio
async def test_cleanup_never_raises(caplog: pytest.LogCaptureFixture) -> None:
    subject = node()
    subject.failure = OSError("locked")
    await subject.cleanup()
    assert subject.state == {"status": "cleanup_failed"}
    (error,) = events(caplog)
    assert (error["level"], error["message"]) == ("error", "Node cleanup failed: locked")
    assert error["context"] == {
        "node_id": str(subject.node_id),
        "node_type": "Echo",
        "error": "locked",
    }


@pytest.mark.asyncio
async def test_the_average_includes_failures() -> None:
    subject = node()
    await subject._update_processing_metrics(10.0, success=True)
    await subject._update_processing_metrics(20.0, success=True)
    await subject._update_processing_metrics(60.0, success=False)
    metrics = await subject.get_performance_metrics()
    assert metrics["total_operations"] == 3
    assert metrics["avg_processing_time_ms"] == pytest.approx(30.0)
    assert metrics["success_rate"] == pytest.approx(2 / 3)
    assert metrics["error_rate"] == pytest.approx(1 / 3)
    assert metrics["node_health_score"] == pytest.approx(2 / 3)
    assert 0 <= metrics["uptime_ms"] < 60_000


@pytest.mark.asyncio
async def test_rates_are_zero_without_operations_and_health_has_a_floor() -> None:
    subject = node()
    metrics = await subject.get_performance_metrics()
    assert (metrics["success_rate"], metrics["error_rate"]) == (0.0, 0.0)
    assert metrics["node_health_score"] == 1.0
    subject.metrics.update(total_operations=1.0, error_count=5.0)
    assert (await subject.get_performance_metrics())["node_health_score"] == 0.0


@pytest.mark.asyncio
async def test_introspection_tells_what_the_node_is() -> None:
    subject = node()
    data = await subject.get_introspection_data()
    assert data.pop("metrics").keys() == (await subject.get_performance_metrics()).keys()
    capabilities = data.pop("capabilities")
    assert len(capabilities) == 7
    assert all(capabilities.values())
    assert data == {
        "node_id": subject.node_id,
        "node_type": "Echo",
        "version": "1.0.0",
        "created_at": subject.created_at.isoformat(),
        "state": {"status": "initialized"},
        "contract_loaded": False,
        "container_available": True,
    }


def test_getters_give_identity_and_a_copy_of_the_state() -> None:
    subject = node()
    assert subject.get_node_id() is subject.node_id
    assert subject.get_node_type() == "Echo"
    subject.get_state()["status"] = "tampered"
    assert subject.get_state() == {"status": "initialized"}


def test_missing_input_is_refused() -> None:
    subject = node()
    subject._validate_input_data(0)
    with pytest.raises(ModelOnexError, match="Input data cannot be None") as caught:
        subject._validate_input_data(None)
    assert caught.value.error_code is EnumCoreErrorCode.VALIDATION_ERROR
    assert caught.value.context["additional_context"]["context"] == {
        "node_id": subject.node_id,
        "node_type": "Echo",
    }
