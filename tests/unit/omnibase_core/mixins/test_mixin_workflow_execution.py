"""Three ways to run the steps of a workflow, and what a failure means in each."""

import asyncio
from typing import Any
from uuid import uuid4

import pytest

from omnibase_core.enums.enum_workflow_execution import (
    EnumBranchCondition,
    EnumExecutionMode,
    EnumThunkType,
    EnumWorkflowState,
)
from omnibase_core.infrastructure.load_balancer import LoadBalancer
from omnibase_core.mixins.mixin_thunk_emission import MixinThunkEmission
from omnibase_core.mixins.mixin_workflow_conditions import MixinWorkflowConditions
from omnibase_core.mixins.mixin_workflow_execution import MixinWorkflowExecution
from omnibase_core.mixins.mixin_workflow_order import MixinWorkflowOrder
from omnibase_core.models.operations.model_orchestrator_input import ModelOrchestratorInput
from omnibase_core.models.operations.model_orchestrator_output import ModelOrchestratorOutput
from omnibase_core.models.orchestrator.model_thunk import ModelThunk
from omnibase_core.models.workflows.model_workflow_step_execution import (
    ModelWorkflowStepExecution,
)


class Host(
    MixinWorkflowExecution, MixinWorkflowOrder, MixinWorkflowConditions, MixinThunkEmission
):
    def __init__(self) -> None:
        super().__init__()
        self.node_id = uuid4()
        self.load_balancer = LoadBalancer(2)
        self.orchestration_metrics: dict[str, dict[str, float]] = {}


def step(name: str, *after: ModelWorkflowStepExecution, **more: Any) -> ModelWorkflowStepExecution:
    thunk = ModelThunk(
        thunk_type=EnumThunkType.COMPUTE,
        target_node_type="Worker",
        dependencies=[thunk.thunk_id for each in after for thunk in each.thunks],
    )
    return ModelWorkflowStepExecution(
        step_name=name, execution_mode=EnumExecutionMode.SEQUENTIAL, thunks=[thunk], **more
    )


def failing(name: str) -> ModelWorkflowStepExecution:
    def fails(*_: Any) -> bool:
        raise ConnectionError(name)

    return step(name, condition=EnumBranchCondition.CUSTOM, condition_function=fails)


def run(
    mode: str, *steps: ModelWorkflowStepExecution, graph: bool = False, strategy: str = "go_on"
) -> tuple[Host, ModelOrchestratorOutput]:
    host = Host()

    async def work() -> ModelOrchestratorOutput:
        order = ModelOrchestratorInput(
            workflow_id=uuid4(), steps=list(steps), failure_strategy=strategy
        )
        made = host._build_dependency_graph(order.steps) if graph else None
        output: ModelOrchestratorOutput = await getattr(host, f"_execute_{mode}_workflow")(
            order, made
        )
        return output

    return host, asyncio.run(work())


@pytest.mark.parametrize("mode", ["sequential", "parallel", "batch"])
@pytest.mark.parametrize("graph", [False, True])
def test_every_step_is_run_and_counted(mode: str, graph: bool) -> None:
    pick = step("pick")
    steps = [step("pack", pick), pick, step("pay")]
    _, output = run(mode, *steps, graph=graph)
    assert output.workflow_state == EnumWorkflowState.COMPLETED
    assert (output.steps_completed, output.steps_failed) == (3, 0)
    assert {each.state for each in steps} == {EnumWorkflowState.COMPLETED}


def test_a_sequence_follows_the_graph_where_there_is_one() -> None:
    pick = step("pick")
    pack = step("pack", pick)
    run("sequential", pack, pick, graph=True)
    assert pick.completed_at is not None
    assert pack.started_at is not None
    assert pick.completed_at <= pack.started_at


def test_a_step_whose_condition_does_not_hold_is_left_out() -> None:
    never = step("never", condition=EnumBranchCondition.IF_FALSE)
    _, output = run("sequential", never, step("pay"))
    assert (output.steps_completed, never.started_at) == (1, None)


def test_a_failed_step_is_counted_or_ends_the_workflow() -> None:
    lost, after = failing("lost"), step("after")
    _, output = run("sequential", lost, after)
    assert output.workflow_state == EnumWorkflowState.FAILED
    assert (output.steps_completed, output.steps_failed) == (1, 1)
    with pytest.raises(ConnectionError, match="lost"):
        run("sequential", failing("lost"), step("after"), strategy="fail_fast")


def test_results_speak_of_the_thunks_that_the_caller_knows() -> None:
    pick, pay = step("pick"), step("pay")
    host, output = run("sequential", pick, pay)
    known = [str(each.thunks[0].thunk_id) for each in (pick, pay)]
    assert [each["thunk_id"] for each in output.results] == known
    emitted = [thunk for thunks in host.emitted_thunks.values() for thunk in thunks]
    assert emitted == output.thunks_emitted
    assert not {str(each.thunk_id) for each in emitted} & set(known)


def test_a_batch_gives_back_every_slot() -> None:
    host, output = run("batch", step("pick"), step("pay"), step("pack"))
    assert output.load_balanced_operations == 3
    assert host.load_balancer.get_stats()["active_operations"] == 0


def test_the_summary_is_made_of_the_figures() -> None:
    host = Host()
    host.orchestration_metrics = {
        "sequential": {"success_count": 2, "error_count": 1},
        "batch": {"success_count": 3, "error_count": 0},
    }
    state = host._get_workflow_state()
    assert state["completed_workflows_count"] == 5
    assert state["failed_workflows_count"] == 1
    assert state["workflow_execution_modes_used"] == ["sequential", "batch"]
