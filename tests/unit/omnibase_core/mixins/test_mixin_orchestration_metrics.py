"""Figures of workflows, the balancer and the conditions beside them."""

import asyncio
from uuid import uuid4

from omnibase_core.infrastructure.load_balancer import LoadBalancer
from omnibase_core.mixins.mixin_operation_metrics import MixinOperationMetrics
from omnibase_core.mixins.mixin_orchestration_metrics import MixinOrchestrationMetrics
from omnibase_core.mixins.mixin_thunk_emission import MixinThunkEmission
from omnibase_core.mixins.mixin_workflow_conditions import MixinWorkflowConditions
from omnibase_core.models.operations.model_orchestrator_input import ModelOrchestratorInput


class Host(
    MixinOrchestrationMetrics, MixinOperationMetrics, MixinWorkflowConditions, MixinThunkEmission
):
    node_id = uuid4()
    max_concurrent_workflows = 5
    load_balancing_enabled = True

    def __init__(self) -> None:
        super().__init__()
        self.load_balancer = LoadBalancer(4)
        self.active_workflows: dict[str, ModelOrchestratorInput] = {}


def test_steps_are_averaged_over_workflows() -> None:
    host = Host()

    async def run() -> dict[str, dict[str, float]]:
        await host._update_orchestration_metrics("batch", 10.0, True, 4)
        await host._update_orchestration_metrics("batch", 30.0, False, 2)
        return await host.get_orchestration_metrics()

    figures = asyncio.run(run())["batch"]
    assert (figures["total_workflows"], figures["error_count"]) == (2, 1)
    assert (figures["avg_processing_time_ms"], figures["avg_steps_per_workflow"]) == (20, 3)


def test_the_balancer_is_in_the_report() -> None:
    host = Host()

    async def run() -> dict[str, dict[str, float]]:
        await host.load_balancer.acquire("one")
        return await host.get_orchestration_metrics()

    assert asyncio.run(run())["load_balancing"]["utilization"] == 0.25


def test_conditions_are_listed_by_name() -> None:
    host = Host()
    host._register_builtin_conditions()
    told = host._collect_metrics()["condition_functions"]
    assert told["registered_count"] == len(told["available_conditions"]) == 4
