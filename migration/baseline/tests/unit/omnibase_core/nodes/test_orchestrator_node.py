"""What an orchestrator node does with workflows: their order, their conditions, their failures."""

import asyncio
import importlib
import json
import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from omnibase_core.enums.enum_workflow_execution import (
    EnumBranchCondition,
    EnumExecutionMode,
    EnumThunkType,
    EnumWorkflowState,
)
from omnibase_core.errors.error_codes import EnumCoreErrorCode
from omnibase_core.errors.model_onex_error import ModelOnexError
from omnibase_core.infrastructure.node_orchestrator import NodeOrchestrator
from omnibase_core.models.container.model_onex_container import ModelONEXContainer
from omnibase_core.models.contracts import (
    ModelContractOrchestrator,
    ModelPerformanceRequirements,
)
from omnibase_core.models.operations import ModelOrchestratorInput
from omnibase_core.models.orchestrator import ModelThunk
from omnibase_core.models.workflows import ModelWorkflowStepExecution
from omnibase_core.primitives.model_semver import ModelSemVer

BATCH = EnumExecutionMode.BATCH
PARALLEL = EnumExecutionMode.PARALLEL
WORKFLOW = UUID(int=7)


class OrderFlow(NodeOrchestrator):
    """An orchestrator that carries its contract in the code, and notes which steps it runs."""

    broken = ""

    def _load_contract_model(self) -> ModelContractOrchestrator:
        return ModelContractOrchestrator(
            name="order_flow_orchestrator",
            version=ModelSemVer(major=1, minor=0, patch=0),
            description="Runs the order fulfilment steps in sequence",
            input_model="orders.models.FlowRequest",
            output_model="orders.models.FlowReport",
            performance=ModelPerformanceRequirements(single_operation_max_ms=500),
        )

    async def _execute_single_step(
        self, step: ModelWorkflowStepExecution, workflow_id: UUID | str
    ) -> list[Any]:
        results = await super()._execute_single_step(step, workflow_id)
        if step.step_name == self.broken:
            raise ConnectionError("line is dead")
        return results

    async def emit_thunk(self, thunk_type: EnumThunkType, *args: Any, **named: Any) -> ModelThunk:
        if named.get("target_node_type") == self.broken:
            raise ConnectionError("line is dead")
        return await super().emit_thunk(thunk_type, *args, **named)


@pytest.fixture
def node() -> OrderFlow:
    return OrderFlow(ModelONEXContainer())


class Log:
    """The entries that a node has written, read back."""

    def __init__(self, caplog: pytest.LogCaptureFixture) -> None:
        self.caplog = caplog

    def entries(self) -> list[dict[str, Any]]:
        return [json.loads(record.getMessage()) for record in self.caplog.records]

    def messages(self) -> list[str]:
        return [entry["message"] for entry in self.entries()]


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> Iterator[Log]:
    with caplog.at_level(logging.INFO, "omnibase"):
        yield Log(caplog)


def thunk(target: str = "price", after: ModelWorkflowStepExecution | None = None) -> ModelThunk:
    return ModelThunk(
        thunk_type=EnumThunkType.COMPUTE,
        target_node_type=target,
        operation_data={"for": target},
        dependencies=[each.thunk_id for each in after.thunks] if after else [],
        priority=3,
        timeout_ms=700,
    )


def step(
    name: str, after: ModelWorkflowStepExecution | None = None, **fields: Any
) -> ModelWorkflowStepExecution:
    return ModelWorkflowStepExecution(
        **{
            "step_name": name,
            "execution_mode": EnumExecutionMode.SEQUENTIAL,
            "thunks": [thunk(name, after)],
            **fields,
        }
    )


def workflow(*steps: ModelWorkflowStepExecution, **fields: Any) -> ModelOrchestratorInput:
    return ModelOrchestratorInput(**{"workflow_id": WORKFLOW, "steps": list(steps), **fields})


def states(*steps: ModelWorkflowStepExecution) -> list[str]:
    return [each.state.value for each in steps]


def targets(node: NodeOrchestrator, key: UUID | str = WORKFLOW) -> list[str]:
    return [each.target_node_type for each in node.emitted_thunks.get(key, [])]


@pytest.mark.asyncio
async def test_steps_run_after_those_they_wait_for(node: OrderFlow, log: Log) -> None:
    pick = step("pick")
    pack = step("pack", after=pick)
    output = await node.process(workflow(pack, pick))

    assert targets(node) == ["pick", "pack"]
    assert states(pick, pack) == ["completed", "completed"]
    assert pick.started_at is not None
    assert pick.completed_at is not None
    assert output.workflow_state is EnumWorkflowState.COMPLETED
    assert (output.steps_completed, output.steps_failed) == (2, 0)
    assert output.results == [
        {"thunk_id": str(each.thunks[0].thunk_id), "status": "executed"} for each in (pick, pack)
    ]
    assert output.metadata["execution_mode"].to_value() == "sequential"
    assert (node.active_workflows, node.workflow_states) == (
        {},
        {str(WORKFLOW): EnumWorkflowState.COMPLETED},
    )
    assert log.messages() == [
        "Thunk emitted: compute -> pick",
        "Thunk emitted: compute -> pack",
        f"Workflow orchestration completed: {WORKFLOW}",
    ]
    assert list(log.entries()[-1]["context"]) == [
        "node_id",
        "workflow_id",
        "operation_id",
        "processing_time_ms",
        "steps_completed",
        "thunks_emitted",
    ]


@pytest.mark.asyncio
async def test_an_emitted_thunk_has_a_new_id_and_the_old_dependencies(node: OrderFlow) -> None:
    """Odd but relied on: the ids that it waits for are not those of emitted thunks."""
    pick = step("pick")
    pack = step("pack", after=pick)
    output = await node.process(workflow(pick, pack))
    first, second = output.thunks_emitted
    assert first.thunk_id != pick.thunks[0].thunk_id
    assert second.dependencies == [pick.thunks[0].thunk_id]
    assert second.operation_data == {"for": "pack", "workflow_id": WORKFLOW}
    assert (second.priority, second.timeout_ms, second.retry_count) == (3, 700, 0)
    assert second.metadata["emitted_by"] == node.node_id
    assert node.emitted_thunks == {WORKFLOW: [first, second]}


@pytest.mark.asyncio
async def test_the_order_of_the_list_holds_without_dependency_resolution(
    node: OrderFlow,
) -> None:
    pick = step("pick")
    pack = step("pack", after=pick)
    await node.process(workflow(pack, pick, dependency_resolution_enabled=False))
    assert targets(node) == ["pack", "pick"]


@pytest.mark.asyncio
async def test_no_thunk_is_emitted_when_the_emission_is_off(node: OrderFlow) -> None:
    node.thunk_emission_enabled = False
    output = await node.process(workflow(step("pick")))
    assert (output.steps_completed, len(output.results)) == (1, 1)
    assert (output.thunks_emitted, node.emitted_thunks) == ([], {})


@pytest.mark.asyncio
@pytest.mark.parametrize("mode", [EnumExecutionMode.SEQUENTIAL, PARALLEL, BATCH])
async def test_a_cycle_is_refused(node: OrderFlow, mode: EnumExecutionMode) -> None:
    pick = step("pick")
    pack = step("pack", after=pick)
    pick.thunks[0].dependencies = [pack.thunks[0].thunk_id]
    with pytest.raises(ModelOnexError, match="Workflow contains dependency cycles") as error:
        await node.process(workflow(pick, pack, execution_mode=mode))
    assert error.value.error_code is EnumCoreErrorCode.OPERATION_FAILED
    assert isinstance(error.value.__cause__, ModelOnexError)
    assert error.value.__cause__.error_code is EnumCoreErrorCode.VALIDATION_ERROR
    assert node.workflow_states == {str(WORKFLOW): EnumWorkflowState.FAILED}
    assert node.active_workflows == {}


@pytest.mark.asyncio
async def test_a_thunk_that_waits_for_one_of_its_own_step_is_a_cycle(node: OrderFlow) -> None:
    """Odd but relied on."""
    pick = step("pick")
    pick.thunks.append(thunk("label", after=pick))
    with pytest.raises(ModelOnexError, match="Workflow contains dependency cycles"):
        await node.process(workflow(pick))


@pytest.mark.asyncio
async def test_an_unknown_dependency_is_ignored(node: OrderFlow) -> None:
    pick = step("pick", after=step("elsewhere"))
    assert (await node.process(workflow(pick))).steps_completed == 1


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("condition", "function", "runs"),
    [
        (EnumBranchCondition.IF_TRUE, None, True),
        (EnumBranchCondition.IF_FALSE, None, False),
        (EnumBranchCondition.IF_ERROR, None, True),
        (EnumBranchCondition.IF_SUCCESS, None, True),
        (EnumBranchCondition.IF_TIMEOUT, None, True),
        (EnumBranchCondition.CUSTOM, None, True),
        (EnumBranchCondition.CUSTOM, lambda _step, results: len(results) > 1, False),
        (EnumBranchCondition.CUSTOM, lambda step, results: [step.step_name, results], True),
    ],
)
async def test_a_condition_decides_whether_a_step_runs(
    node: OrderFlow,
    log: Log,
    condition: EnumBranchCondition,
    function: object,
    runs: bool,
) -> None:
    pick = step("pick")
    pack = step("pack", condition=condition, condition_function=function)
    output = await node.process(workflow(pick, pack))
    assert states(pick, pack) == ["completed", "completed" if runs else "pending"]
    assert (output.steps_completed, output.steps_failed) == (1 + runs, 0)
    skipped = [entry for entry in log.entries() if entry["message"].startswith("Step skipped")]
    assert [entry["message"] for entry in skipped] == (
        [] if runs else ["Step skipped due to condition: pack"]
    )
    if skipped:
        assert skipped[0]["context"] == {
            "step_id": str(pack.step_id),
            "condition": condition.value,
        }


@pytest.mark.asyncio
async def test_steps_after_a_skipped_or_failed_one_run_all_the_same(node: OrderFlow) -> None:
    """Odd but relied on, as is the state that the node remembers."""
    node.broken = "fetch"
    skipped = step("skip", condition=EnumBranchCondition.IF_FALSE)
    failed = step("fetch")
    late = [step("pack", after=skipped), step("ship", after=failed)]
    order = workflow(skipped, failed, *late, failure_strategy="rollback")
    output = await node.process(order)
    assert states(skipped, failed, *late) == ["pending", "failed", "completed", "completed"]
    assert str(failed.error) == "line is dead"
    assert output.workflow_state is EnumWorkflowState.FAILED
    assert (output.steps_completed, output.steps_failed) == (2, 1)
    assert node.workflow_states == {str(WORKFLOW): EnumWorkflowState.COMPLETED}
    assert node.orchestration_metrics["sequential"]["success_count"] == 1.0


@pytest.mark.asyncio
async def test_fail_fast_ends_the_workflow_at_the_first_failure(node: OrderFlow) -> None:
    node.broken = "pick"
    steps = [step("pick"), step("pack")]
    message = r"Workflow orchestration failed: line is dead"
    with pytest.raises(ModelOnexError, match=message) as error:
        await node.process(workflow(*steps))
    context = error.value.context["additional_context"]["context"]
    assert list(context) == [
        "node_id",
        "workflow_id",
        "operation_id",
        "processing_time_ms",
        "error",
    ]
    assert context["error"] == "line is dead"
    assert isinstance(error.value.__cause__, ConnectionError)
    assert states(*steps) == ["failed", "pending"]
    assert node.workflow_states == {str(WORKFLOW): EnumWorkflowState.FAILED}
    assert node.orchestration_metrics["sequential"]["error_count"] == 1.0
    assert node.orchestration_metrics["sequential"]["total_steps_processed"] == 2.0
    assert node.metrics["error_count"] == 1.0


@pytest.mark.asyncio
async def test_parallel_steps_run_in_waves_of_what_is_ready(node: OrderFlow) -> None:
    first = [step(name) for name in ("a", "b", "c")]
    last = step("d", after=first[2])
    output = await node.process(
        workflow(last, *first, execution_mode=PARALLEL, max_parallel_steps=2)
    )
    assert targets(node) == ["a", "b", "c", "d"]
    assert (output.parallel_executions, output.steps_completed) == (3, 4)
    assert output.metadata["execution_mode"].to_value() == "parallel"
    assert output.results[0].keys() == {
        "thunk_id",
        "thunk_type",
        "target_node_type",
        "status",
        "execution_time",
    }
    assert output.results[0]["thunk_type"] == "compute"


@pytest.mark.asyncio
async def test_parallel_steps_have_no_conditions(node: OrderFlow) -> None:
    """Odd but relied on."""
    never = step("never", condition=EnumBranchCondition.IF_FALSE)
    output = await node.process(workflow(never, execution_mode=PARALLEL))
    assert output.steps_completed == 1


@pytest.mark.asyncio
async def test_parallel_steps_after_a_failed_one_are_lost(node: OrderFlow) -> None:
    """Odd but relied on: nothing counts them."""
    node.broken = "a"
    failed = step("a")
    steps = [failed, step("b"), step("c", after=failed)]
    output = await node.process(
        workflow(*steps, execution_mode=PARALLEL, failure_strategy="continue_on_error")
    )
    assert states(*steps) == ["failed", "completed", "pending"]
    assert (output.steps_completed, output.steps_failed) == (1, 1)
    assert targets(node) == ["b"]


@pytest.mark.asyncio
async def test_fail_fast_leaves_the_rest_of_a_wave_running(node: OrderFlow) -> None:
    node.broken = "a"
    steps = [step("a"), step("b")]
    with pytest.raises(ModelOnexError, match="line is dead"):
        await node.process(workflow(*steps, execution_mode=PARALLEL))
    assert states(*steps) == ["failed", "running"]


@pytest.mark.asyncio
async def test_fail_fast_cancels_what_has_not_ended(node: OrderFlow) -> None:
    ended: list[str] = []

    async def single(each: ModelWorkflowStepExecution, _workflow: UUID | str) -> list[Any]:
        if each.step_name == "a":
            raise ConnectionError("line is dead")
        try:
            await asyncio.sleep(3600)
        finally:
            ended.append(each.step_name)
        return []

    node._execute_single_step = single  # type: ignore[method-assign]
    with pytest.raises(ModelOnexError, match="line is dead"):
        await node.process(workflow(step("a"), step("b"), execution_mode=PARALLEL))
    await asyncio.sleep(0)
    assert ended == ["b"]


@pytest.mark.asyncio
async def test_parallel_steps_without_emission_give_results_alone(node: OrderFlow) -> None:
    node.thunk_emission_enabled = False
    output = await node.process(workflow(step("a"), execution_mode=PARALLEL))
    assert (len(output.results), output.thunks_emitted) == (1, [])


@pytest.mark.asyncio
async def test_one_wave_is_all_without_dependency_resolution(node: OrderFlow) -> None:
    """Odd but relied on: what does not fit is dropped, and so are failures and thunks."""
    node.broken = "a"
    steps = [step("a"), step("b"), step("c")]
    output = await node.process(
        workflow(
            *steps,
            execution_mode=PARALLEL,
            max_parallel_steps=2,
            dependency_resolution_enabled=False,
        )
    )
    assert states(*steps) == ["failed", "completed", "pending"]
    assert (output.steps_completed, output.steps_failed) == (1, 1)
    assert output.parallel_executions == 1
    assert (output.thunks_emitted, node.emitted_thunks) == ([], {})


@pytest.mark.asyncio
async def test_a_parallel_workflow_does_nothing_the_second_time(node: OrderFlow) -> None:
    order = workflow(step("a"), execution_mode=PARALLEL)
    await node.process(order)
    again = await node.process(order)
    assert again.workflow_state is EnumWorkflowState.COMPLETED
    assert (again.steps_completed, again.parallel_executions, again.results) == (0, 0, [])


@pytest.mark.asyncio
async def test_a_sequential_workflow_repeats_everything(node: OrderFlow) -> None:
    order = workflow(step("a"))
    await node.process(order)
    assert (await node.process(order)).steps_completed == 1
    assert targets(node) == ["a", "a"]


@pytest.mark.asyncio
async def test_a_batch_runs_every_step_with_thunks_twice(node: OrderFlow) -> None:
    """Odd but relied on, as is that no flag switches the balanced pass off."""
    node.load_balancing_enabled = False
    runs: list[str] = []
    single, emit = node._execute_single_step, node.emit_thunk

    async def noted_step(each: ModelWorkflowStepExecution, workflow_id: UUID | str) -> list[Any]:
        runs.append(f"balanced {each.step_name}")
        assert list(node.load_balancer.active_operations) == [str(each.step_id)]
        return await single(each, workflow_id)

    async def noted_thunk(**named: Any) -> ModelThunk:
        runs.append(f"sequential {named['target_node_type']}")
        return await emit(**named)

    node._execute_single_step = noted_step  # type: ignore[method-assign]
    node.emit_thunk = noted_thunk  # type: ignore[assignment, method-assign]
    bare = step("bare", thunks=[])
    store = step("store")
    store.thunks[0].thunk_type = EnumThunkType.EFFECT
    output = await node.process(workflow(step("a"), store, step("b"), bare, execution_mode=BATCH))
    assert runs == [
        "balanced a",
        "balanced b",
        "balanced store",
        "sequential a",
        "sequential store",
        "sequential b",
    ]
    assert (output.steps_completed, output.load_balanced_operations) == (4, 3)
    assert output.metadata["execution_mode"].to_value() == "batch"
    assert len(output.results) == 3
    assert node.load_balancer.active_operations == {}


@pytest.mark.asyncio
async def test_a_failure_in_the_balanced_pass_ends_the_batch_and_frees_the_slot(
    node: OrderFlow,
) -> None:
    node.broken = "a"
    with pytest.raises(ModelOnexError, match="line is dead"):
        await node.process(
            workflow(step("a"), execution_mode=BATCH, failure_strategy="continue_on_error")
        )
    assert node.load_balancer.active_operations == {}
    assert node.load_balancer.semaphore._value == 20


@pytest.mark.asyncio
@pytest.mark.parametrize("mode", [EnumExecutionMode.CONDITIONAL, EnumExecutionMode.STREAMING])
async def test_other_modes_are_sequential_but_are_counted_apart(
    node: OrderFlow, mode: EnumExecutionMode
) -> None:
    output = await node.process(workflow(step("a"), execution_mode=mode))
    assert output.metadata["execution_mode"].to_value() == "sequential"
    assert output.metadata["execution_mode"] != "sequential"
    assert list(node.orchestration_metrics) == [mode.value]


@pytest.mark.asyncio
async def test_a_workflow_without_steps_leaves_metrics_and_no_state(node: OrderFlow) -> None:
    with pytest.raises(ModelOnexError, match="Workflow must have at least one step"):
        await node.process(workflow())
    assert node.workflow_states == {}
    assert node.orchestration_metrics["sequential"]["error_count"] == 1.0
    assert node.metrics["total_operations"] == 1.0


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"workflow_id": None}, "Workflow ID cannot be empty"),
        ({"execution_mode": "batch"}, "Execution mode must be valid EnumExecutionMode enum"),
    ],
)
def test_an_order_that_was_never_checked_is_refused(
    node: OrderFlow, fields: dict[str, object], message: str
) -> None:
    order = ModelOrchestratorInput.model_construct(**{**vars(workflow(step("a"))), **fields})
    with pytest.raises(ModelOnexError, match=message):
        node._validate_orchestrator_input(order)


@pytest.mark.asyncio
async def test_nothing_is_no_workflow(node: OrderFlow) -> None:
    """Odd but relied on: not an error of the runtime."""
    with pytest.raises(AttributeError, match="workflow_id"):
        await node.process(None)  # type: ignore[arg-type]


@pytest.mark.asyncio
async def test_an_order_from_the_future_fails_after_its_last_step(node: OrderFlow) -> None:
    """Odd but relied on: the time counts from the making of the order."""
    last = step("a")
    ahead = datetime.now() + timedelta(hours=1)  # noqa: DTZ005 - orders carry naive times
    with pytest.raises(ModelOnexError, match="processing_time_ms"):
        await node.process(workflow(last, timestamp=ahead))
    assert states(last) == ["completed"]


@pytest.mark.asyncio
async def test_no_more_workflows_run_at_once_than_there_are_slots(node: OrderFlow) -> None:
    running: list[int] = []

    async def condition_takes_a_while(
        _step: ModelWorkflowStepExecution, _results: list[Any]
    ) -> bool:
        running.append(len(node.active_workflows))
        await asyncio.sleep(0)
        return True

    node.workflow_semaphore = asyncio.Semaphore(2)
    node._evaluate_condition = condition_takes_a_while  # type: ignore[method-assign]
    orders = [
        workflow(step("a", condition=EnumBranchCondition.CUSTOM), workflow_id=UUID(int=number))
        for number in range(6)
    ]
    await asyncio.gather(*map(node.process, orders))
    assert max(running) == 2


@pytest.mark.asyncio
@pytest.mark.parametrize(("tickets", "emitted"), [(None, 2), ([UUID(int=9)], 3)])
async def test_a_ticket_goes_from_state_to_state(
    node: OrderFlow, tickets: list[UUID] | None, emitted: int
) -> None:
    result = await node.orchestrate_rsd_ticket_lifecycle(UUID(int=5), "open", "closed", tickets)
    assert list(result) == [
        "ticket_id",
        "workflow_id",
        "state_transition",
        "steps_completed",
        "processing_time_ms",
        "thunks_emitted",
        "success",
    ]
    assert result["ticket_id"] == str(UUID(int=5))
    assert result["state_transition"] == "open -> closed"
    assert (result["steps_completed"], result["thunks_emitted"]) == (emitted, emitted)
    assert result["success"] is True
    thunks = node.emitted_thunks[UUID(result["workflow_id"])]
    assert [each.target_node_type for each in thunks] == (
        ["NodeCompute", "NodeReducer", "NodeEffect"] if tickets else ["NodeCompute", "NodeEffect"]
    )
    assert [each.timeout_ms for each in thunks] == (
        [5000, 10000, 15000] if tickets else [5000, 15000]
    )
    assert (thunks[-1].priority, len(thunks[-1].dependencies)) == (2, emitted - 1)
    assert thunks[-1].operation_data["to_state"] == "closed"


@pytest.mark.asyncio
async def test_a_thunk_of_no_workflow_is_kept_under_default(node: OrderFlow, log: Log) -> None:
    made = await node.emit_thunk(EnumThunkType.EFFECT, "NodeEffect", {}, priority=4)
    assert node.emitted_thunks == {"default": [made]}
    await node.emit_thunk(EnumThunkType.EFFECT, "NodeEffect", {"workflow_id": "mine"})
    assert targets(node, "mine") == ["NodeEffect"]
    assert log.entries()[0]["context"] == {
        "node_id": str(node.node_id),
        "thunk_id": str(made.thunk_id),
        "thunk_type": "effect",
        "target_node_type": "NodeEffect",
        "priority": 4,
        "dependencies": 0,
    }


@pytest.mark.asyncio
async def test_conditions_are_registered_once_and_never_consulted(
    node: OrderFlow, log: Log
) -> None:
    def never(*_given: object) -> bool:
        raise AssertionError

    node.register_condition_function("never", never)
    assert log.messages() == ["Condition function registered: never"]
    with pytest.raises(ModelOnexError, match="Condition function already registered: never"):
        node.register_condition_function("never", never)
    with pytest.raises(ModelOnexError, match="Condition function must be callable: text"):
        node.register_condition_function("text", "text")  # type: ignore[arg-type]
    await node.process(workflow(step("a", condition=EnumBranchCondition.CUSTOM)))


@pytest.mark.parametrize(
    ("name", "results", "holds"),
    [
        ("always_true", [], True),
        ("always_false", [], False),
        ("has_previous_results", [], False),
        ("has_previous_results", [None], True),
        ("previous_step_success", [], True),
        ("previous_step_success", [{"status": "executed"}], True),
        ("previous_step_success", [{"status": "executed"}, {"status": "failed"}], False),
        ("previous_step_success", ["executed"], False),
    ],
)
def test_built_in_conditions(
    node: OrderFlow, name: str, results: list[object], holds: bool
) -> None:
    assert node.condition_functions[name](step("a"), results) is holds


@pytest.mark.asyncio
async def test_metrics_tell_of_modes_the_balancer_and_workflows(node: OrderFlow) -> None:
    await node.process(workflow(step("a"), step("b"), execution_mode=BATCH))
    await node.process(workflow(step("a"), execution_mode=BATCH))
    metrics = await node.get_orchestration_metrics()
    batch = metrics["batch"]
    assert (batch["total_workflows"], batch["success_count"], batch["error_count"]) == (2, 2, 0)
    assert (batch["total_steps_processed"], batch["avg_steps_per_workflow"]) == (3.0, 1.5)
    assert batch["min_processing_time_ms"] <= batch["avg_processing_time_ms"]
    assert batch["avg_processing_time_ms"] <= batch["max_processing_time_ms"]
    assert metrics["load_balancing"] == {
        "active_operations": 0.0,
        "max_concurrent": 20.0,
        "utilization": 0.0,
        "total_operations": 3.0,
    }
    assert metrics["workflow_management"] == {
        "active_workflows": 0.0,
        "max_concurrent_workflows": 5.0,
        "total_thunks_emitted": 3.0,
        "condition_functions_registered": 4.0,
    }


@pytest.mark.asyncio
async def test_cleanup_cancels_what_is_in_progress(node: OrderFlow, log: Log) -> None:
    node.active_workflows["unfinished"] = workflow(step("a"))
    await node.emit_thunk(EnumThunkType.EFFECT, "NodeEffect", {})
    await node.cleanup()
    assert node.workflow_states == {"unfinished": EnumWorkflowState.CANCELLED}
    assert (node.active_workflows, node.emitted_thunks) == ({}, {})
    assert log.messages()[1:3] == [
        "Cancelled active workflow during cleanup: unfinished",
        "NodeOrchestrator resources cleaned up",
    ]


@pytest.mark.asyncio
async def test_introspection_names_modes_limits_and_conditions(node: OrderFlow) -> None:
    await node.process(workflow(step("a")))
    data = await node.get_introspection_data()
    assert data["introspection_metadata"]["supports_full_introspection"] is True
    assert data["runtime_information"]["current_health_status"] == "healthy"
    operations = data["node_capabilities"]["available_operations"]
    assert operations[4:9] == [f"execute_{mode.value}_workflow" for mode in EnumExecutionMode]
    assert len(operations) == 16
    assert data["runtime_information"]["workflow_state"] == {
        "active_workflows": 0,
        "queued_workflows": 0,
        "completed_workflows_count": 1.0,
        "failed_workflows_count": 0.0,
        "workflow_execution_modes_used": ["sequential"],
    }
    assert data["runtime_information"]["orchestration_metrics"]["load_balancer_status"] == {
        "enabled": True,
        "active_operations": 0,
    }
    assert data["workflow_management_information"]["condition_function_count"] == 4
    assert data["configuration_details"]["max_parallel_workflows"] == 5


@pytest.mark.asyncio
async def test_introspection_falls_back_when_a_part_fails(node: OrderFlow, log: Log) -> None:
    del node.max_thunk_queue_size
    data = await node.get_introspection_data()
    assert list(data) == ["node_capabilities", "runtime_information", "introspection_metadata"]
    assert data["runtime_information"] == {
        "current_health_status": "unknown",
        "condition_function_count": 4,
    }
    assert data["introspection_metadata"]["supports_full_introspection"] is False
    assert "max_thunk_queue_size" in data["introspection_metadata"]["fallback_reason"]
    assert log.messages()[-1].startswith(
        "Failed to generate full orchestrator introspection data: "
    )


@pytest.fixture
def flow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> type[NodeOrchestrator]:
    """Return a class whose module has a contract file beside it."""
    name = f"flow_{uuid4().hex}"
    (tmp_path / f"{name}.py").write_text(
        f"from {NodeOrchestrator.__module__} import {NodeOrchestrator.__name__} as Node\n"
        "class Flow(Node): pass\n",
        encoding="utf-8",
    )
    (tmp_path / "contract.yaml").write_text(
        "name: order_flow\nversion: {major: 1, minor: 0, patch: 0}\ndescription: Runs\n"
        "input_model: a.B\noutput_model: a.C\nperformance: {single_operation_max_ms: 5}\n",
        encoding="utf-8",
    )
    monkeypatch.syspath_prepend(tmp_path)
    made: type[NodeOrchestrator] = importlib.import_module(name).Flow
    return made


def test_a_contract_file_is_refused_for_its_root_list(flow: type[NodeOrchestrator]) -> None:
    """Odd but relied on: whoever has a contract file must load it otherwise."""
    message = "Contract model loading failed for NodeOrchestrator: "
    with pytest.raises(ModelOnexError, match=message) as error:
        flow(ModelONEXContainer())
    assert "root_list" in error.value.message
    assert error.value.__cause__ is None
    assert error.value.context["additional_context"]["details"] == {
        "contract_model_type": "ModelContractOrchestrator",
        "error_type": "ValidationError",
    }


def test_a_contract_file_without_a_root_list_is_loaded(
    flow: type[NodeOrchestrator], tmp_path: Path, log: Log
) -> None:
    def without_root_list(_node: object, data: dict[str, Any], *_rest: object) -> dict[str, Any]:
        return {key: value for key, value in data.items() if key != "root_list"}

    flow._resolve_contract_references = without_root_list  # type: ignore[method-assign]
    node = flow(ModelONEXContainer())
    assert node.contract_model.name == "order_flow"
    assert node.version == "1.0.0"
    [entry] = log.entries()
    assert entry["message"] == "Contract model loaded successfully for NodeOrchestrator"
    assert entry["context"] == {
        "contract_type": "ModelContractOrchestrator",
        "node_type": "ORCHESTRATOR",
        "version": {"major": 1, "minor": 0, "patch": 0},
        "contract_path": str(tmp_path / "contract.yaml"),
    }


@pytest.mark.parametrize(
    ("data", "resolved"),
    [
        ({"$ref": "a.yaml", "beside": 1}, ("a.yaml", Path("here"))),
        ([{"$ref": ""}], [(".", Path("here"))]),
        ({"deep": {"$ref": None}}, {"deep": {"$ref": None}}),
        ((1, 2), (1, 2)),
    ],
)
def test_references_are_left_to_the_resolver(
    node: OrderFlow, data: object, resolved: object
) -> None:
    class Resolver:
        def resolve_reference(self, *given: object) -> object:
            return given

    assert node._resolve_contract_references(data, Path("here"), Resolver()) == resolved


@pytest.mark.asyncio
async def test_what_cannot_be_read_is_reported_as_unknown(node: OrderFlow, log: Log) -> None:
    del node.orchestration_metrics
    data = await node.get_introspection_data()
    unknown = {"status": "unknown", "error": log.entries()[0]["context"]["error"]}
    assert data["runtime_information"]["orchestration_metrics"] == unknown
    assert data["runtime_information"]["workflow_state"] == unknown
    assert [message.partition(":")[0] for message in log.messages()] == [
        "Failed to get orchestration metrics",
        "Failed to get workflow state",
    ]


def test_without_a_contract_file_there_is_no_node() -> None:
    message = "Could not find contract.yaml file for orchestrator node"
    with pytest.raises(ModelOnexError, match=message) as error:
        NodeOrchestrator(ModelONEXContainer())
    assert error.value.error_code is EnumCoreErrorCode.VALIDATION_ERROR
