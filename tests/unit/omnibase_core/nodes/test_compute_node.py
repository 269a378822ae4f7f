"""What a compute node does with computations, results, threads and failures."""

import asyncio
import json
import logging
import threading
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

import pytest

from omnibase_core.enums.enum_node_type import EnumNodeType
from omnibase_core.errors.error_codes import EnumCoreErrorCode
from omnibase_core.errors.model_onex_error import ModelOnexError
from omnibase_core.infrastructure.computation_cache import ComputationCache
from omnibase_core.models.container.model_onex_container import ModelONEXContainer
from omnibase_core.models.contracts.model_algorithm_config import ModelAlgorithmConfig
from omnibase_core.models.contracts.model_contract_compute import ModelContractCompute
from omnibase_core.models.contracts.model_performance_requirements import (
    ModelPerformanceRequirements,
)
from omnibase_core.models.operations import ModelComputeInput, ModelComputeOutput
from omnibase_core.nodes.compute_node import ComputeNode
from omnibase_core.primitives.model_semver import ModelSemVer

ALGORITHM = ModelAlgorithmConfig.model_validate(
    {
        "algorithm_type": "weighted_factor_algorithm",
        "factors": {"distance": {"weight": 1.0, "calculation_method": "linear"}},
    }
)


class RouteCost(ComputeNode):
    """A compute node that carries its contract in the code, not in a file."""

    def _load_contract_model(self) -> ModelContractCompute:
        return ModelContractCompute.model_construct(
            name="route_cost_compute",
            description="Scores delivery routes",
            version=ModelSemVer(major=1, minor=0, patch=0),
            node_type=EnumNodeType.COMPUTE,
            input_model="routes.Route",
            output_model="routes.RouteScore",
            performance=ModelPerformanceRequirements(single_operation_max_ms=100),
            algorithm=ALGORITHM,
        )


@pytest.fixture
def node() -> RouteCost:
    return RouteCost(ModelONEXContainer())


def order(data: object, **settings: Any) -> ModelComputeInput[Any]:
    return ModelComputeInput(**{"data": data, "computation_type": "work", **settings})


def metadata(output: ModelComputeOutput[Any]) -> dict[str, object]:
    return {name: value.to_value() for name, value in (output.metadata or {}).items()}


def counted(work: Callable[[Any], Any]) -> tuple[Callable[[Any], Any], list[Any]]:
    """Return the work, and the list of the data that it was called with."""
    calls: list[Any] = []

    def computation(data: Any) -> Any:
        calls.append(data)
        return work(data)

    return computation, calls


def facts(error: ModelOnexError) -> dict[str, Any]:
    found: dict[str, Any] = error.context["additional_context"]["context"]
    return found


@pytest.mark.asyncio
async def test_a_computation_gets_the_data_and_its_result_is_returned(node: RouteCost) -> None:
    node.register_computation("work", sum)
    given = order([1, 2, 3])
    output: ModelComputeOutput[Any] = await node.process(given)
    assert (output.result, output.computation_type) == (6, "work")
    assert output.operation_id == given.operation_id
    assert (output.cache_hit, output.parallel_execution_used) == (False, False)
    assert metadata(output) == {
        "input_data_size": 9,
        "cache_enabled": True,
        "parallel_enabled": False,
    }


@pytest.mark.asyncio
async def test_a_result_is_served_again_without_a_trace_in_the_metrics(node: RouteCost) -> None:
    computation, calls = counted(lambda data: [data])
    node.register_computation("work", computation)
    first: ModelComputeOutput[Any] = await node.process(order(7))
    again = order(7)
    second: ModelComputeOutput[Any] = await node.process(again)
    assert calls == [7]
    assert second.result is first.result
    assert (second.cache_hit, second.processing_time_ms) == (True, 0.0)
    assert second.operation_id == again.operation_id
    assert metadata(second) == {"cache_retrieval": True}
    assert node.computation_metrics["work"]["total_operations"] == 1.0
    assert node.metrics["total_operations"] == 1.0


@pytest.mark.asyncio
async def test_data_with_the_same_text_share_a_result(node: RouteCost) -> None:
    """Odd but relied on: the key is made from the text of the data."""
    node.register_computation("work", lambda data: type(data).__name__)
    results: list[Any] = [
        (await node.process(order(data))).result for data in ({"a": 1}, "{'a': 1}")
    ]
    assert results == ["dict", "dict"]


@pytest.mark.asyncio
@pytest.mark.parametrize(("value", "settings"), [(None, {}), ("kept", {"cache_enabled": False})])
async def test_a_missing_result_and_an_uncached_one_are_computed_anew(
    node: RouteCost, value: object, settings: dict[str, Any]
) -> None:
    computation, calls = counted(lambda _data: value)
    node.register_computation("work", computation)
    for _ in range(2):
        output: ModelComputeOutput[Any] = await node.process(order(7, **settings))
        assert output.result is value
    assert calls == [7, 7]


@pytest.mark.asyncio
async def test_a_list_goes_to_one_thread_of_the_pool(node: RouteCost) -> None:
    computation, calls = counted(lambda _data: threading.current_thread())
    node.register_computation("work", computation)
    await node.initialize()
    try:
        output: ModelComputeOutput[Any] = await node.process(order([1, 2], parallel_enabled=True))
        single: ModelComputeOutput[Any] = await node.process(order([1], parallel_enabled=True))
        text: ModelComputeOutput[Any] = await node.process(order("ab", parallel_enabled=True))
    finally:
        await node.cleanup()
    assert output.result is not threading.main_thread()
    assert calls[0] == [1, 2]
    assert output.parallel_execution_used
    for other in (single, text):
        assert other.result is threading.main_thread()
        assert not other.parallel_execution_used


@pytest.mark.asyncio
async def test_without_a_pool_the_work_is_sequential_but_called_parallel(node: RouteCost) -> None:
    """Odd but relied on: the flag says what was asked for."""
    node.register_computation("work", lambda _data: threading.current_thread())
    output: ModelComputeOutput[Any] = await node.process(order((1, 2), parallel_enabled=True))
    assert output.result is threading.main_thread()
    assert output.parallel_execution_used


@pytest.mark.asyncio
async def test_a_failure_is_reported_and_counted(node: RouteCost) -> None:
    def computation(_data: object) -> None:
        raise ZeroDivisionError("no road")

    node.register_computation("work", computation)
    given = order(7)
    with pytest.raises(ModelOnexError, match="Computation failed: no road") as raised:
        await node.process(given)
    assert raised.value.error_code is EnumCoreErrorCode.OPERATION_FAILED
    assert isinstance(raised.value.__cause__, ZeroDivisionError)
    assert list(facts(raised.value)) == [
        "node_id",
        "operation_id",
        "computation_type",
        "processing_time_ms",
        "error",
    ]
    assert facts(raised.value)["node_id"] is node.node_id
    assert facts(raised.value)["operation_id"] is given.operation_id
    assert node.computation_metrics["work"]["error_count"] == 1.0
    assert node.metrics["error_count"] == 1.0
    assert node.computation_cache.get_stats()["total_entries"] == 0


@pytest.mark.asyncio
async def test_an_unknown_computation_is_named_with_the_known_ones(node: RouteCost) -> None:
    with pytest.raises(ModelOnexError, match="Unknown computation type: work") as raised:
        await node.process(order(7))
    assert isinstance(raised.value.__cause__, ModelOnexError)
    assert facts(raised.value.__cause__)["available_types"] == ["rsd_priority_calculation"]

    await node.initialize()
    try:
        with pytest.raises(ModelOnexError, match="Unknown computation type: work") as raised:
            await node.process(order([1, 2], parallel_enabled=True))
    finally:
        await node.cleanup()
    assert isinstance(raised.value.__cause__, ModelOnexError)
    assert list(facts(raised.value.__cause__)) == ["node_id", "computation_type"]


@pytest.mark.asyncio
async def test_inputs_that_lack_something(node: RouteCost) -> None:
    halves: list[Any] = [
        SimpleNamespace(computation_type="work", operation_id=uuid4()),
        SimpleNamespace(data=1, operation_id=uuid4()),
        None,
    ]
    with pytest.raises(ModelOnexError, match="Input data must have 'data' attribute"):
        await node.process(halves[0])
    with pytest.raises(AttributeError, match="computation_type"):
        await node.process(halves[1])
    with pytest.raises(AttributeError, match="computation_type"):
        await node.process(halves[2])


def test_a_computation_is_registered_once_and_must_be_callable(node: RouteCost) -> None:
    nothing: Any = None
    with pytest.raises(ModelOnexError, match="must be callable: work") as raised:
        node.register_computation("work", nothing)
    assert raised.value.error_code is EnumCoreErrorCode.VALIDATION_ERROR
    node.register_computation("work", len)
    with pytest.raises(ModelOnexError, match="already registered: work") as raised:
        node.register_computation("work", nothing)
    assert facts(raised.value) == {"node_id": node.node_id, "computation_type": "work"}
    assert list(node.computation_registry) == ["rsd_priority_calculation", "work"]


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("given", "score"),
    [
        ({}, 6.5),
        ({"user_override_score": 0.0}, 1.5),
        ({"user_override_score": 0.0, "days_old": 7.0}, 7.5),
        ({"days_old": 7}, 12.5),
        ({"days_old": 3}, 9.071428571428573),
        ({"days_old": 21}, 17.24061810154525),
        ({"dependency_count": 99}, 46.5),
        ({"user_override_score": 7}, 11.5),
    ],
)
async def test_the_priority_of_a_ticket(
    node: RouteCost, given: dict[str, Any], score: float
) -> None:
    assert await node.calculate_rsd_priority(uuid4(), **given) == pytest.approx(score, abs=1e-12)


@pytest.mark.asyncio
async def test_priorities_at_both_ends_and_their_cache(node: RouteCost) -> None:
    ticket = UUID(int=7)
    assert await node.calculate_rsd_priority(ticket, 10, 5, 30.0, 5, 1.0) == 98.54905333454641
    lowest = await node.calculate_rsd_priority(ticket, -5, -2, -10.0, -3, -0.5)
    assert lowest == -43.07142857142857
    await node.calculate_rsd_priority(ticket, 10, 5, 30.0, 5, 1.0)
    assert node.metrics["total_operations"] == 2.0
    await node.calculate_rsd_priority(UUID(int=8), 10, 5, 30.0, 5, 1.0)
    assert node.metrics["total_operations"] == 3.0


@pytest.mark.asyncio
async def test_resources_come_and_go_with_the_lifecycle(node: RouteCost) -> None:
    assert node.thread_pool is None
    await node.initialize()
    metrics = await node.get_computation_metrics()
    assert metrics["parallel_processing"] == {"max_workers": 4.0, "thread_pool_active": 1.0}
    node.register_computation("work", str)
    await node.process(order(7))
    for _ in range(2):
        await node.cleanup()
        assert node.thread_pool is None
        assert node.computation_cache.get_stats()["total_entries"] == 0
        assert node.state["status"] == "cleaned_up"


@pytest.mark.asyncio
async def test_metrics_are_floats_and_follow_the_cache(node: RouteCost) -> None:
    node.register_computation("work", str)
    node.computation_cache = ComputationCache(max_size=4)
    for number in range(2):
        await node.process(order(number))
    metrics = await node.get_computation_metrics()
    work = metrics["work"]
    assert (work["total_operations"], work["success_count"], work["error_count"]) == (2, 2, 0)
    assert work["min_processing_time_ms"] <= work["avg_processing_time_ms"]
    assert work["avg_processing_time_ms"] <= work["max_processing_time_ms"]
    assert metrics["cache_performance"] == {
        "total_entries": 2.0,
        "valid_entries": 2.0,
        "cache_utilization": 0.5,
        "ttl_minutes": 30.0,
    }
    assert all(type(value) is float for entry in metrics.values() for value in entry.values())


@pytest.mark.asyncio
async def test_a_coroutine_is_not_awaited(node: RouteCost) -> None:
    """Odd but relied on: computations are plain functions."""
    node.register_computation("work", lambda _data: asyncio.sleep(0, "late"))
    output: ModelComputeOutput[Any] = await node.process(order(7))
    assert await output.result == "late"


@pytest.mark.asyncio
async def test_introspection_names_computations_contract_and_limits(node: RouteCost) -> None:
    node.register_computation("work", str)
    data = await node.get_introspection_data()
    assert list(data) == [
        "node_capabilities",
        "contract_details",
        "runtime_information",
        "algorithm_information",
        "performance_configuration",
        "introspection_metadata",
    ]
    assert data["node_capabilities"]["available_operations"][-2:] == [
        "compute_rsd_priority_calculation",
        "compute_work",
    ]
    characteristics = data["node_capabilities"]["performance_characteristics"]
    assert characteristics["expected_response_time_ms"] == "< 100.0"
    assert data["contract_details"]["algorithm_configuration"] == {
        "algorithm_type": "weighted_factor_algorithm",
        "algorithm_factors": ALGORITHM.factors,
        "contract_input_model": "routes.Route",
        "contract_output_model": "routes.RouteScore",
    }
    assert data["runtime_information"]["current_health_status"] == "healthy"
    assert data["runtime_information"]["resource_usage"]["cache_utilization"] == "0/1000"
    assert data["algorithm_information"]["custom_algorithms"] == ["work"]
    assert data["introspection_metadata"]["introspection_version"] == "1.0.0"


@pytest.mark.asyncio
async def test_introspection_makes_do_with_what_it_can_get(node: RouteCost) -> None:
    nothing: Any = None
    node.contract_model = nothing
    data = await node.get_introspection_data()
    algorithm = data["contract_details"]["algorithm_configuration"]
    assert algorithm == {"algorithm_type": "default_compute"}

    node.computation_cache = nothing
    assert node._get_caching_status()["enabled"] is False
    assert node._get_compute_resource_usage() == {"status": "unknown"}
    data = await node.get_introspection_data()
    assert data["introspection_metadata"]["supports_full_introspection"] is False
    assert data["runtime_information"] == {
        "current_health_status": "unknown",
        "algorithm_count": 1,
    }


@pytest.mark.asyncio
async def test_a_slow_result_is_good_but_noted(
    node: RouteCost, caplog: pytest.LogCaptureFixture
) -> None:
    node.register_computation("work", str)
    node.performance_threshold_ms = -1.0
    with caplog.at_level(logging.WARNING, logger="omnibase"):
        output: ModelComputeOutput[Any] = await node.process(order(7))
    assert output.result == "7"
    [event] = [json.loads(message) for message in caplog.messages]
    assert event["message"].startswith("Computation exceeded performance threshold: ")
    assert event["context"] == {
        "node_id": str(node.node_id),
        "operation_id": str(output.operation_id),
        "computation_type": "work",
        "threshold_ms": -1.0,
    }


def test_references_are_resolved_at_any_depth(node: RouteCost, tmp_path: Path) -> None:
    class Resolver:
        def resolve_reference(self, path: str, base_path: Path) -> tuple[str, Path]:
            return path, base_path

    data = {"a": [{"$ref": "./x.yaml", "b": 1}, {"$ref": "y.yaml"}, {"$ref": None}, (1,)]}
    assert node._resolve_contract_references(data, tmp_path, Resolver()) == {
        "a": [
            (str(tmp_path.resolve() / "x.yaml"), tmp_path),
            ("y.yaml", tmp_path),
            {"$ref": None},
            (1,),
        ]
    }


def test_a_contract_file_cannot_be_loaded() -> None:
    """Odd but relied on: callers replace the loader, because the name of the file is unknown."""
    with pytest.raises(
        ModelOnexError, match="Contract model loading failed for NodeCompute: "
    ) as raised:
        ComputeNode(ModelONEXContainer())
    assert raised.value.error_code is EnumCoreErrorCode.VALIDATION_ERROR
    assert raised.value.context["additional_context"]["details"] == {
        "contract_model_type": "ModelContractCompute",
        "error_type": "ModuleNotFoundError",
    }
