"""Runs the steps of a workflow in sequence, side by side or in balanced batches."""

import asyncio
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from omnibase_core.enums.enum_log_level import EnumLogLevel as LogLevel
from omnibase_core.enums.enum_workflow_execution import EnumWorkflowState
from omnibase_core.logging.structured import emit_log_event_sync as emit_log_event
from omnibase_core.models.common.model_schema_value import ModelSchemaValue
from omnibase_core.models.operations.model_orchestrator_input import ModelOrchestratorInput
from omnibase_core.models.operations.model_orchestrator_output import ModelOrchestratorOutput
from omnibase_core.models.orchestrator.model_thunk import ModelThunk
from omnibase_core.models.workflows.model_dependency_graph import ModelDependencyGraph
from omnibase_core.models.workflows.model_workflow_step_execution import ModelWorkflowStepExecution

if TYPE_CHECKING:
    from omnibase_core.enums.enum_workflow_execution import EnumThunkType
    from omnibase_core.infrastructure.load_balancer import LoadBalancer


class MixinWorkflowExecution:
    """Runs the steps of a workflow in sequence, side by side or in balanced batches.

    Needs `self._evaluate_condition`, `self._get_topological_order`,
    `self._group_steps_by_type`, `self.emit_thunk`, `self.load_balancer`,
    `self.node_id`, `self.orchestration_metrics`, `self.thunk_emission_enabled` from the
    class that it is mixed into.
    """

    if TYPE_CHECKING:
        load_balancer: LoadBalancer
        node_id: UUID
        orchestration_metrics: dict[str, dict[str, float]]
        thunk_emission_enabled: bool

        async def _evaluate_condition(
            self,
            step: ModelWorkflowStepExecution,
            previous_results: list[Any],
        ) -> bool: ...

        def _get_topological_order(self, dependency_graph: ModelDependencyGraph) -> list[str]: ...

        def _group_steps_by_type(
            self,
            steps: list[ModelWorkflowStepExecution],
        ) -> dict[str, list[ModelWorkflowStepExecution]]: ...

        async def emit_thunk(
            self,
            thunk_type: EnumThunkType,
            target_node_type: str,
            operation_data: dict[str, Any],
            dependencies: list[UUID] | None = ...,
            priority: int = ...,
            timeout_ms: int = ...,
        ) -> ModelThunk: ...

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Give the instance 4 attributes of its own."""
        super().__init__(*args, **kwargs)
        # How long a step is expected to take at most. It is reported to those who ask for the
        # node's configuration; the time in force is the one that each step carries.
        self.default_step_timeout_ms: int = 30000
        # Whether the node claims to balance its load. It is reported, nothing else.
        self.load_balancing_enabled: bool = True
        # Workflows in progress by the text of their id, so that the cleanup finds them.
        self.active_workflows: dict[str, ModelOrchestratorInput] = {}
        # How far each workflow has come, by the text of its id. Workflows that have ended are
        # kept, so that callers can still ask about them.
        self.workflow_states: dict[str, EnumWorkflowState] = {}

    async def _execute_sequential_workflow(
        self,
        input_data: ModelOrchestratorInput,
        dependency_graph: ModelDependencyGraph | None,
    ) -> ModelOrchestratorOutput:
        """Run the steps of a workflow one after the other.

        A step whose condition does not hold is skipped. It is not counted and keeps its state,
        and the steps that depend on it are run all the same, just like those that depend on a
        failed one.

        Args:
            input_data: The workflow.
            dependency_graph: Decides about the order; without it the order of the input holds.

        Returns:
            The outcome of the workflow.

        Raises:
            Exception: The error of the first step that fails, unchanged, if the strategy of the
                input is `fail_fast`.
        """
        steps_completed = 0
        steps_failed = 0
        thunks_emitted: list[ModelThunk] = []
        results: list[Any] = []

        if dependency_graph is not None:
            execution_order = self._get_topological_order(dependency_graph)
            ordered_steps = [dependency_graph.nodes[step_id] for step_id in execution_order]
        else:
            ordered_steps = list(input_data.steps)

        for step in ordered_steps:
            try:
                if step.condition is not None and not await self._evaluate_condition(
                    step, results
                ):
                    emit_log_event(
                        LogLevel.INFO,
                        f"Step skipped due to condition: {step.step_name}",
                        {"step_id": step.step_id, "condition": step.condition.value},
                    )
                    continue

                step.state = EnumWorkflowState.RUNNING
                step.started_at = datetime.now()

                step_results: list[Any] = []
                for thunk in step.thunks:
                    if self.thunk_emission_enabled:
                        # The receiver must be able to tell which workflow it works for, so the
                        # id joins the data of the operation.
                        emitted_thunk = await self.emit_thunk(
                            thunk_type=thunk.thunk_type,
                            target_node_type=thunk.target_node_type,
                            operation_data={
                                **thunk.operation_data,
                                "workflow_id": input_data.workflow_id,
                            },
                            dependencies=thunk.dependencies,
                            priority=thunk.priority,
                            timeout_ms=thunk.timeout_ms,
                        )
                        thunks_emitted.append(emitted_thunk)

                    # The results speak of the thunks that the caller knows, and not of those
                    # that were emitted in their place.
                    step_results.append({"thunk_id": str(thunk.thunk_id), "status": "executed"})

                step.results = step_results
                step.state = EnumWorkflowState.COMPLETED
                step.completed_at = datetime.now()
                steps_completed += 1
                results.extend(step_results)

                if dependency_graph is not None:
                    dependency_graph.mark_completed(step.step_id)

            except Exception as e:
                step.state = EnumWorkflowState.FAILED
                step.error = e
                steps_failed += 1

                if input_data.failure_strategy == "fail_fast":
                    raise

        processing_time_ms = (datetime.now() - input_data.timestamp).total_seconds() * 1000

        return ModelOrchestratorOutput(
            workflow_id=input_data.workflow_id,
            operation_id=input_data.operation_id,
            workflow_state=(
                EnumWorkflowState.COMPLETED if steps_failed == 0 else EnumWorkflowState.FAILED
            ),
            steps_completed=steps_completed,
            steps_failed=steps_failed,
            thunks_emitted=thunks_emitted,
            processing_time_ms=processing_time_ms,
            results=results,
            metadata={"execution_mode": ModelSchemaValue.from_value("sequential")},
        )

    async def _execute_parallel_workflow(
        self,
        input_data: ModelOrchestratorInput,
        dependency_graph: ModelDependencyGraph | None,
    ) -> ModelOrchestratorOutput:
        """Run the steps of a workflow side by side.

        With a graph, the steps are run in waves: everything that waits for nothing is started
        together, up to the limit of the input, and the next wave begins when all of it has
        ended. Without a graph there is a single wave, whose failures are counted and nothing
        else. Conditions are not evaluated in either case.

        Args:
            input_data: The workflow.
            dependency_graph: Decides which steps are ready; without it all of them are.

        Returns:
            The outcome of the workflow. Steps that wait for a failed one are never run and are
            not counted.

        Raises:
            Exception: The error of the first failed step of a wave, unchanged, if there is a
                graph and the strategy of the input is `fail_fast`.
        """
        steps_completed = 0
        steps_failed = 0
        parallel_executions = 0
        thunks_emitted: list[ModelThunk] = []
        results: list[Any] = []

        if dependency_graph is not None:
            while True:
                ready_step_ids = dependency_graph.get_ready_steps()
                ready_steps = [
                    step for step in input_data.steps if str(step.step_id) in ready_step_ids
                ]

                # Either everything has been run, or what is left waits for a failed step.
                if not ready_steps:
                    break

                parallel_executions += 1

                wave = [
                    (
                        step,
                        asyncio.create_task(
                            self._execute_single_step(step, input_data.workflow_id)
                        ),
                    )
                    for step in ready_steps[: input_data.max_parallel_steps]
                ]

                for step, task in wave:
                    try:
                        step_results = await task

                        step.state = EnumWorkflowState.COMPLETED
                        steps_completed += 1
                        results.extend(step_results)
                        dependency_graph.mark_completed(step.step_id)

                        for thunk in step.thunks:
                            if self.thunk_emission_enabled:
                                emitted_thunk = await self.emit_thunk(
                                    thunk_type=thunk.thunk_type,
                                    target_node_type=thunk.target_node_type,
                                    operation_data={
                                        **thunk.operation_data,
                                        "workflow_id": input_data.workflow_id,
                                    },
                                    dependencies=thunk.dependencies,
                                    priority=thunk.priority,
                                    timeout_ms=thunk.timeout_ms,
                                )
                                thunks_emitted.append(emitted_thunk)

                    except Exception as e:
                        step.state = EnumWorkflowState.FAILED
                        step.error = e
                        steps_failed += 1

                        if input_data.failure_strategy == "fail_fast":
                            # Nobody will wait for the rest of the wave any more.
                            for _, other_task in wave:
                                if not other_task.done():
                                    other_task.cancel()
                            raise

        else:
            parallel_executions = 1

            wave = [
                (
                    step,
                    asyncio.create_task(self._execute_single_step(step, input_data.workflow_id)),
                )
                for step in input_data.steps[: input_data.max_parallel_steps]
            ]

            for step, task in wave:
                try:
                    step_results = await task

                    step.state = EnumWorkflowState.COMPLETED
                    steps_completed += 1
                    results.extend(step_results)

                except Exception as e:
                    # All steps have been started already, so there is nothing left to stop.
                    step.state = EnumWorkflowState.FAILED
                    step.error = e
                    steps_failed += 1

        processing_time_ms = (datetime.now() - input_data.timestamp).total_seconds() * 1000

        return ModelOrchestratorOutput(
            workflow_id=input_data.workflow_id,
            operation_id=input_data.operation_id,
            workflow_state=(
                EnumWorkflowState.COMPLETED if steps_failed == 0 else EnumWorkflowState.FAILED
            ),
            steps_completed=steps_completed,
            steps_failed=steps_failed,
            thunks_emitted=thunks_emitted,
            processing_time_ms=processing_time_ms,
            parallel_executions=parallel_executions,
            results=results,
            metadata={"execution_mode": ModelSchemaValue.from_value("parallel")},
        )

    async def _execute_batch_workflow(
        self,
        input_data: ModelOrchestratorInput,
        dependency_graph: ModelDependencyGraph | None,
    ) -> ModelOrchestratorOutput:
        """Run the steps of a workflow in balanced groups, and then in their order.

        The first pass takes the steps kind by kind, each in a slot of the load balancer. The
        second pass is a sequential run of the whole workflow, which evaluates the conditions,
        emits the thunks and counts the steps. Every step that has thunks is run by both of them.

        Args:
            input_data: The workflow.
            dependency_graph: Decides about the order of the second pass.

        Returns:
            The outcome of the second pass, with the number of slots that the first one took.

        Raises:
            Exception: The error of a step that fails in the first pass, unchanged and whatever
                the strategy of the input is, or that of the second pass as for a sequential
                workflow.
        """
        load_balanced_operations = 0

        step_groups = self._group_steps_by_type(input_data.steps)

        for group_steps in step_groups.values():
            for step in group_steps:
                if await self.load_balancer.acquire(str(step.step_id)):
                    load_balanced_operations += 1
                    try:
                        await self._execute_single_step(step, input_data.workflow_id)
                    finally:
                        # A slot that is not given back is lost to all later workflows.
                        self.load_balancer.release(str(step.step_id))

        output = await self._execute_sequential_workflow(input_data, dependency_graph)

        output.load_balanced_operations = load_balanced_operations
        output.metadata["execution_mode"] = ModelSchemaValue.from_value("batch")

        return output

    async def _execute_single_step(
        self,
        step: ModelWorkflowStepExecution,
        workflow_id: UUID | str,
    ) -> list[Any]:
        """Run one step by itself, without the emission of its thunks.

        The step is left in the state `running`: whoever has started it decides what becomes of
        it.

        Args:
            step: The step to run. Its times and its results are written into it.
            workflow_id: The workflow that the step belongs to.

        Returns:
            One entry for each thunk of the step, which says what was done for whom and when.
        """
        step.state = EnumWorkflowState.RUNNING
        step.started_at = datetime.now()

        results: list[Any] = []
        for thunk in step.thunks:
            results.append(
                {
                    "thunk_id": str(thunk.thunk_id),
                    "thunk_type": thunk.thunk_type.value,
                    "target_node_type": thunk.target_node_type,
                    "status": "executed",
                    "execution_time": datetime.now().isoformat(),
                }
            )

        step.results = results
        step.completed_at = datetime.now()

        return results

    def _get_workflow_state(self) -> dict[str, Any]:
        """Sum up the workflows that have been run so far.

        The figures come from the metrics, and these speak of workflows that have ended.
        Workflows in progress or in wait are therefore always given as none.

        Returns:
            How many workflows have succeeded and how many have failed, and the modes they were
            run in; or the status `unknown` with the error if they cannot be summed up.
        """
        try:
            return {
                "active_workflows": 0,
                "queued_workflows": 0,
                "completed_workflows_count": sum(
                    metrics["success_count"] for metrics in self.orchestration_metrics.values()
                ),
                "failed_workflows_count": sum(
                    metrics["error_count"] for metrics in self.orchestration_metrics.values()
                ),
                "workflow_execution_modes_used": list(self.orchestration_metrics.keys()),
            }

        except Exception as e:
            emit_log_event(
                LogLevel.WARNING,
                f"Failed to get workflow state: {e!s}",
                {"node_id": self.node_id, "error": str(e)},
            )
            return {"status": "unknown", "error": str(e)}
