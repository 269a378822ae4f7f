"""The compute, reducer and orchestrator executors serve what their archetypes can do."""

import asyncio
import threading
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

import pytest

from omnibase_core.constants import event_types
from omnibase_core.enums.enum_node_type import EnumNodeType
from omnibase_core.infrastructure.in_memory_event_bus import InMemoryEventBus, event_type_of
from omnibase_core.infrastructure.node_compute import NodeCompute
from omnibase_core.infrastructure.node_orchestrator import NodeOrchestrator
from omnibase_core.infrastructure.node_reducer import NodeReducer
from omnibase_core.mixins.mixin_health_check import MixinHealthCheck
from omnibase_core.mixins.mixin_node_executor import MixinNodeExecutor
from omnibase_core.mixins.mixin_node_id_from_contract import MixinNodeIdFromContract
from omnibase_core.models.container.model_onex_container import ModelONEXContainer
from omnibase_core.models.contracts.model_algorithm_config import ModelAlgorithmConfig
from omnibase_core.models.contracts.model_contract_compute import ModelContractCompute
from omnibase_core.models.contracts.model_contract_orchestrator import ModelContractOrchestrator
from omnibase_core.models.contracts.model_contract_reducer import ModelContractReducer
from omnibase_core.models.contracts.model_performance_requirements import (
    ModelPerformanceRequirements,
)
from omnibase_core.models.events import ModelEventEnvelope
from omnibase_core.models.events.model_tool_invocation_event import ModelToolInvocationEvent
from omnibase_core.nodes.node_compute_engine import NodeComputeEngine
from omnibase_core.nodes.node_orchestrator_manager import NodeOrchestratorManager
from omnibase_core.nodes.node_reducer_processor import NodeReducerProcessor
from omnibase_core.primitives.model_semver import ModelSemVer

ID = UUID("5f0c8a3e-6f0b-4a55-9d0e-3f7f8a1b2c3d")
WORKFLOW = UUID(int=7)
LOADER = SimpleNamespace(metadata=SimpleNamespace(name="worker", version="1.2.3"))
FACTS: dict[str, Any] = {
    "name": "worker",
    "version": ModelSemVer(major=1, minor=0, patch=0),
    "description": "Works",
    "input_model": "work.models.Input",
    "output_model": "work.models.Output",
}
STEP = 0.001
ALGORITHM = ModelAlgorithmConfig.model_validate(
    {
        "algorithm_type": "weighted_factor_algorithm",
        "factors": {"distance": {"weight": 1.0, "calculation_method": "linear"}},
    }
)


class Engine(NodeComputeEngine):
    """Carries its contract in the code and can double a number."""

    _allowed_namespaces = (__name__,)
    _serving_step_seconds = STEP

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.register_computation("double", lambda number: 2 * number)

    def _load_contract_model(self) -> ModelContractCompute:
        limits = ModelPerformanceRequirements(single_operation_max_ms=100)
        kind = EnumNodeType.COMPUTE
        return ModelContractCompute.model_construct(
            **FACTS, node_type=kind, performance=limits, algorithm=ALGORITHM
        )


class Processor(NodeReducerProcessor):
    """Carries its contract in the code."""

    _allowed_namespaces = (__name__,)
    _serving_step_seconds = STEP

    def _load_contract_model(self) -> ModelContractReducer:
        return ModelContractReducer(**FACTS)


class Manager(NodeOrchestratorManager):
    """Carries its contract in the code."""

    _allowed_namespaces = (__name__,)
    _serving_step_seconds = STEP

    def _load_contract_model(self) -> ModelContractOrchestrator:
        limits = ModelPerformanceRequirements(single_operation_max_ms=500)
        return ModelContractOrchestrator(**FACTS, performance=limits)


@pytest.mark.parametrize(
    ("executor", "archetype"),
    [
        (NodeComputeEngine, NodeCompute),
        (NodeReducerProcessor, NodeReducer),
        (NodeOrchestratorManager, NodeOrchestrator),
    ],
)
def test_an_executor_is_its_archetype_and_the_three_mixins(
    executor: type, archetype: type
) -> None:
    for base in (archetype, MixinNodeExecutor, MixinHealthCheck, MixinNodeIdFromContract):
        assert issubclass(executor, base)


STEPS = [{"step_name": "pack", "execution_mode": "sequential"}]


@pytest.mark.parametrize(
    ("executor", "action", "parameters", "facts"),
    [
        (Engine, "double", {"data": 4}, {"result": 8, "computation_type": "double"}),
        (Engine, "any", {"data": 4, "computation_type": "double"}, {"result": 8}),
        (
            Processor,
            "aggregate",
            {"data": [{"n": 1}, {"n": 2}], "metadata": {"why": "test"}},
            {"reduction_type": "aggregate", "items_processed": 2},
        ),
        (
            Manager,
            "fulfil",
            {"workflow_id": str(WORKFLOW), "steps": STEPS},
            {"workflow_id": str(WORKFLOW), "steps_completed": 1},
        ),
    ],
)
def test_an_invocation_is_processed_and_answered(
    tmp_path: Path, executor: Any, action: str, parameters: dict[str, Any], facts: dict[str, Any]
) -> None:
    contract = tmp_path / "node.onex.yaml"
    contract.write_text(f"node_name: {ID}\n", encoding="utf-8")
    bus = InMemoryEventBus()
    seen: list[Any] = []
    bus.subscribe(lambda envelope: seen.append(envelope.payload))
    node = executor(
        ModelONEXContainer(), event_bus=bus, metadata_loader=LOADER, contract_path=contract
    )
    threads = set(threading.enumerate())
    event = ModelToolInvocationEvent(
        node_id=uuid4(),
        target_node_id=ID,
        target_node_name="worker",
        tool_name="work",
        action=action,
        parameters=parameters,
    )

    async def live() -> None:
        serving = asyncio.create_task(node.start_executor_mode())
        while node._serving_since is None:  # noqa: ASYNC110 - nothing tells when it begins
            await asyncio.sleep(STEP)
        await bus.publish(ModelEventEnvelope[Any].create_broadcast(event, event.node_id))
        await node.stop_executor_mode()
        await serving
        assert asyncio.all_tasks() == {asyncio.current_task()}

    asyncio.run(live())
    [answer] = [each for each in seen if event_type_of(each) == event_types.TOOL_RESPONSE]
    assert answer.success, answer.error
    assert answer.result == {**answer.result, **facts}
    assert node.get_node_id() == ID
    assert asyncio.run(node.get_introspection_data())["node_capabilities"]
    assert node.get_state()["status"] == "cleaned_up"
    assert set(threading.enumerate()) == threads
