"""Carries out one workflow from its input to its output."""

import asyncio
import time
from typing import TYPE_CHECKING, Any

from omnibase_core.enums.enum_log_level import EnumLogLevel as LogLevel
from omnibase_core.enums.enum_workflow_execution import EnumExecutionMode, EnumWorkflowState
from omnibase_core.errors.error_codes import EnumCoreErrorCode
from omnibase_core.errors.model_onex_error import ModelOnexError
from omnibase_core.infrastructure.load_balancer import LoadBalancer
from omnibase_core.logging.structured import emit_log_event_sync as emit_log_event
from omnibase_core.models.container.model_onex_container import ModelONEXContainer
from omnibase_core.models.operations.model_orchestrator_input import ModelOrchestratorInput
from omnibase_core.models.operations.model_orchestrator_output import ModelOrchestratorOutput
from omnibase_core.models.workflows.model_dependency_graph import ModelDependencyGraph

if TYPE_CHECKING:
    from uuid import UUID

    from omnibase_core.models.orchestrator.model_thunk import ModelThunk
    from omnibase_core.models.workflows.model_workflow_step_execution import (
        ModelWorkflowStepExecution,
    )


class MixinOrchestratorExecution:
    """Carries out one workflow from its input to its output.

    Needs `self._build_dependency_graph`, `self._execute_batch_workflow`,
    `self._execute_parallel_workflow`, `self._execute_sequential_workflow`,
    `self._register_builtin_conditions`, `self._update_orchestration_metrics`,
    `self._update_processing_metrics`, `self._validate_input_data`,
    `self.active_workflows`, `self.emitted_thunks`, `self.node_id`,
    `self.thunk_emission_enabled`, `self.workflow_states` from the class that it is
    mixed into.
    """

    if TYPE_CHECKING:
        _update_orchestration_metrics: Any
        active_workflows: dict[str, ModelOrchestratorInput]
        emitted_thunks: dict[UUID | str, list[ModelThunk]]
        node_id: UUID
        thunk_emission_enabled: bool
        workflow_states: dict[str, EnumWorkflowState]

        def _build_dependency_graph(
            self,
            steps: list[ModelWorkflowStepExecution],
        ) -> ModelDependencyGraph: ...

        async def _execute_batch_workflow(
            self,
            input_data: ModelOrchestratorInput,
            dependency_graph: ModelDependencyGraph | None,
        ) -> ModelOrchestratorOutput: ...

        async def _execute_parallel_workflow(
            self,
            input_data: ModelOrchestratorInput,
            dependency_graph: ModelDependencyGraph | None,
        ) -> ModelOrchestratorOutput: ...

        async def _execute_sequential_workflow(
            self,
            input_data: ModelOrchestratorInput,
            dependency_graph: ModelDependencyGraph | None,
        ) -> ModelOrchestratorOutput: ...

        def _register_builtin_conditions(self) -> None: ...

        async def _update_processing_metrics(
            self,
            processing_time_ms: float,
            success: bool,
        ) -> None: ...

        def _validate_input_data(self, input_data: Any) -> None: ...

    def __init__(self, container: ModelONEXContainer) -> None:
        """Load the contract, set the limits and register the built-in conditions.

        Args:
            container: Where the node finds its collaborators, the event bus among them.

        Raises:
            ModelOnexError: If the container is None, or if no valid contract can be loaded.
        """
        super().__init__(container)

        # More workflows than this at a time wait for a free slot.
        self.max_concurrent_workflows: int = 5

        # Hands out the slots of the balanced pass of batch workflows.
        self.load_balancer: LoadBalancer = LoadBalancer(max_concurrent_operations=20)

        # Holds the limit above. A workflow keeps its slot until its last step has ended.
        self.workflow_semaphore: asyncio.Semaphore = asyncio.Semaphore(
            self.max_concurrent_workflows
        )

        self._register_builtin_conditions()

    async def process(self, input_data: ModelOrchestratorInput) -> ModelOrchestratorOutput:
        """Run one workflow.

        The workflow waits for a free slot, has its dependencies resolved if the input asks for
        it, and is run in the mode that the input names. Conditional and streaming workflows are
        run sequentially: conditions are evaluated there anyway, and nothing is streamed.

        Args:
            input_data: The steps, and how they are to be run. The steps are written into.

        Returns:
            How many steps have ended well and how many have failed, what they gave, and the
            thunks that were emitted for them.

        Raises:
            ModelOnexError: OPERATION_FAILED for every failure of the workflow as a whole, with
                the original error in the message and as `__cause__`. A failed step is such a
                failure only if the strategy of the input is `fail_fast`.
        """
        start_time = time.time()

        try:
            self._validate_orchestrator_input(input_data)

            async with self.workflow_semaphore:
                self.active_workflows[str(input_data.workflow_id)] = input_data
                self.workflow_states[str(input_data.workflow_id)] = EnumWorkflowState.RUNNING

                # Without a graph, the order of the steps in the input is their order.
                dependency_graph: ModelDependencyGraph | None = None
                if input_data.dependency_resolution_enabled:
                    dependency_graph = self._build_dependency_graph(input_data.steps)

                    # Steps that wait for each other would never become ready.
                    if dependency_graph.has_cycles():
                        raise ModelOnexError(
                            message="Workflow contains dependency cycles",
                            error_code=EnumCoreErrorCode.VALIDATION_ERROR,
                            context={
                                "node_id": self.node_id,
                                "workflow_id": input_data.workflow_id,
                                "operation_id": input_data.operation_id,
                            },
                        )

                if input_data.execution_mode == EnumExecutionMode.PARALLEL:
                    output = await self._execute_parallel_workflow(input_data, dependency_graph)
                elif input_data.execution_mode == EnumExecutionMode.BATCH:
                    output = await self._execute_batch_workflow(input_data, dependency_graph)
                else:
                    output = await self._execute_sequential_workflow(input_data, dependency_graph)

                # The workflow has come to its end, whatever became of its single steps. These
                # are judged by the state in the output.
                self.workflow_states[str(input_data.workflow_id)] = EnumWorkflowState.COMPLETED

            processing_time_ms = (time.time() - start_time) * 1000

            await self._update_orchestration_metrics(
                input_data.execution_mode.value, processing_time_ms, True, len(input_data.steps)
            )
            await self._update_processing_metrics(processing_time_ms, True)

            emit_log_event(
                LogLevel.INFO,
                f"Workflow orchestration completed: {input_data.workflow_id}",
                {
                    "node_id": self.node_id,
                    "workflow_id": input_data.workflow_id,
                    "operation_id": input_data.operation_id,
                    "processing_time_ms": processing_time_ms,
                    "steps_completed": output.steps_completed,
                    "thunks_emitted": len(output.thunks_emitted),
                },
            )

            return output

        except Exception as e:
            processing_time_ms = (time.time() - start_time) * 1000

            # A workflow that was refused before it started has no state that could change.
            if str(input_data.workflow_id) in self.workflow_states:
                self.workflow_states[str(input_data.workflow_id)] = EnumWorkflowState.FAILED

            await self._update_orchestration_metrics(
                input_data.execution_mode.value, processing_time_ms, False, len(input_data.steps)
            )
            await self._update_processing_metrics(processing_time_ms, False)

            raise ModelOnexError(
                message=f"Workflow orchestration failed: {e!s}",
                error_code=EnumCoreErrorCode.OPERATION_FAILED,
                context={
                    "node_id": self.node_id,
                    "workflow_id": input_data.workflow_id,
                    "operation_id": input_data.operation_id,
                    "processing_time_ms": processing_time_ms,
                    "error": str(e),
                },
            ) from e

        finally:
            # The entry is missing when the workflow was refused before it started.
            self.active_workflows.pop(str(input_data.workflow_id), None)

    def _start_facts(self) -> Any:
        """Do what differs between the classes in `_initialize_node_resources`."""
        return {
            "node_id": self.node_id,
            "max_concurrent_workflows": self.max_concurrent_workflows,
            "thunk_emission_enabled": self.thunk_emission_enabled,
        }

    async def _cleanup_node_resources(self) -> None:
        """Cancel every workflow that is still in progress and forget the emitted thunks.

        The steps that run at this moment are not interrupted. The states of all workflows are
        kept, those of the cancelled ones included.
        """
        for workflow_id in list(self.active_workflows.keys()):
            self.workflow_states[workflow_id] = EnumWorkflowState.CANCELLED
            emit_log_event(
                LogLevel.WARNING,
                f"Cancelled active workflow during cleanup: {workflow_id}",
                {"node_id": self.node_id, "workflow_id": workflow_id},
            )

        self.active_workflows.clear()
        self.emitted_thunks.clear()

        emit_log_event(
            LogLevel.INFO,
            "NodeOrchestrator resources cleaned up",
            {"node_id": self.node_id},
        )

    def _validate_orchestrator_input(self, input_data: ModelOrchestratorInput) -> None:
        """Refuse an input that no workflow could be made of.

        The input model allows a workflow without steps, since such inputs are also kept as
        templates. To run one makes no sense, therefore it is refused here.

        Args:
            input_data: The input to look at.

        Raises:
            ModelOnexError: VALIDATION_ERROR if the input is missing, if it has no workflow id or
                no steps, or if its execution mode is not a member of the enum.
        """
        self._validate_input_data(input_data)

        if not input_data.workflow_id:
            raise ModelOnexError(
                message="Workflow ID cannot be empty",
                error_code=EnumCoreErrorCode.VALIDATION_ERROR,
                context={
                    "node_id": self.node_id,
                    "operation_id": input_data.operation_id,
                },
            )

        if not input_data.steps:
            raise ModelOnexError(
                message="Workflow must have at least one step",
                error_code=EnumCoreErrorCode.VALIDATION_ERROR,
                context={
                    "node_id": self.node_id,
                    "workflow_id": input_data.workflow_id,
                },
            )

        if not isinstance(input_data.execution_mode, EnumExecutionMode):
            raise ModelOnexError(
                message="Execution mode must be valid EnumExecutionMode enum",
                error_code=EnumCoreErrorCode.VALIDATION_ERROR,
                context={
                    "node_id": self.node_id,
                    "execution_mode": str(input_data.execution_mode),
                },
            )
