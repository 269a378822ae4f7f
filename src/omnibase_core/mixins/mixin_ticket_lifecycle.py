"""Takes a ticket through its states as a workflow."""

from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from omnibase_core.enums.enum_workflow_execution import (
    EnumExecutionMode,
    EnumThunkType,
    EnumWorkflowState,
)
from omnibase_core.models.common.model_schema_value import ModelSchemaValue
from omnibase_core.models.operations.model_orchestrator_input import ModelOrchestratorInput
from omnibase_core.models.orchestrator.model_thunk import ModelThunk
from omnibase_core.models.workflows.model_workflow_step_execution import ModelWorkflowStepExecution

if TYPE_CHECKING:
    from omnibase_core.models.operations.model_orchestrator_output import ModelOrchestratorOutput


class MixinTicketLifecycle:
    """Takes a ticket through its states as a workflow.

    Needs `self.process` from the class that it is mixed into.
    """

    if TYPE_CHECKING:

        async def process(self, input_data: ModelOrchestratorInput) -> ModelOrchestratorOutput: ...

    async def orchestrate_rsd_ticket_lifecycle(
        self,
        ticket_id: UUID,
        current_state: str,
        target_state: str,
        dependency_tickets: list[UUID] | None = None,
    ) -> dict[str, Any]:
        """Bring a ticket from one state to another as a workflow of this node.

        The workflow validates the present state, checks the tickets that the ticket depends on,
        if there are any, and carries out the transition.

        Args:
            ticket_id: The ticket in question.
            current_state: The state that it is expected to be in.
            target_state: The state that it is to reach.
            dependency_tickets: The tickets that it depends on.

        Returns:
            The ticket, the workflow and the transition as texts, how many steps have ended well,
            how long it took, how many thunks were emitted, and whether no step has failed.

        Raises:
            ModelOnexError: OPERATION_FAILED if the workflow itself fails. A failed step is
                passed over, so it shows in the result alone.
        """
        workflow_id = uuid4()

        steps = self._create_ticket_lifecycle_steps(
            ticket_id, current_state, target_state, dependency_tickets or []
        )

        orchestrator_input = ModelOrchestratorInput(
            workflow_id=workflow_id,
            steps=steps,
            execution_mode=EnumExecutionMode.SEQUENTIAL,
            dependency_resolution_enabled=True,
            failure_strategy="rollback",
            metadata={
                "ticket_id": ModelSchemaValue.from_value(str(ticket_id)),
                "current_state": ModelSchemaValue.from_value(current_state),
                "target_state": ModelSchemaValue.from_value(target_state),
                "rsd_operation": ModelSchemaValue.from_value("ticket_lifecycle"),
            },
        )

        output = await self.process(orchestrator_input)

        return {
            "ticket_id": str(ticket_id),
            "workflow_id": str(workflow_id),
            "state_transition": f"{current_state} -> {target_state}",
            "steps_completed": output.steps_completed,
            "processing_time_ms": output.processing_time_ms,
            "thunks_emitted": len(output.thunks_emitted),
            "success": output.workflow_state == EnumWorkflowState.COMPLETED,
        }

    def _create_ticket_lifecycle_steps(
        self,
        ticket_id: UUID,
        current_state: str,
        target_state: str,
        dependencies: list[UUID],
    ) -> list[ModelWorkflowStepExecution]:
        """Make the steps that bring a ticket from one state to another.

        Args:
            ticket_id: The ticket in question.
            current_state: The state that it is expected to be in.
            target_state: The state that it is to reach.
            dependencies: The tickets that it depends on.

        Returns:
            The validation, the check of the dependencies if there are any, and the transition,
            which waits for both. The ids of tickets are texts in the data of the operations.
        """
        steps: list[ModelWorkflowStepExecution] = []

        validation_thunk = ModelThunk(
            thunk_id=uuid4(),
            thunk_type=EnumThunkType.COMPUTE,
            target_node_type="NodeCompute",
            operation_data={
                "computation_type": "state_validation",
                "ticket_id": str(ticket_id),
                "current_state": current_state,
            },
            dependencies=[],
            priority=1,
            timeout_ms=5000,
            retry_count=0,
        )

        steps.append(
            ModelWorkflowStepExecution(
                step_name="Validate Current State",
                execution_mode=EnumExecutionMode.SEQUENTIAL,
                thunks=[validation_thunk],
            )
        )

        # Whatever has to be done before the transition is collected here.
        transition_dependencies = [validation_thunk.thunk_id]

        if dependencies:
            dependency_thunk = ModelThunk(
                thunk_id=uuid4(),
                thunk_type=EnumThunkType.REDUCE,
                target_node_type="NodeReducer",
                operation_data={
                    "reduction_type": "dependency_check",
                    "ticket_id": str(ticket_id),
                    "dependencies": [str(dependency) for dependency in dependencies],
                },
                dependencies=[validation_thunk.thunk_id],
                priority=1,
                timeout_ms=10000,
                retry_count=0,
            )

            steps.append(
                ModelWorkflowStepExecution(
                    step_name="Check Dependencies",
                    execution_mode=EnumExecutionMode.SEQUENTIAL,
                    thunks=[dependency_thunk],
                )
            )

            transition_dependencies.append(dependency_thunk.thunk_id)

        transition_thunk = ModelThunk(
            thunk_id=uuid4(),
            thunk_type=EnumThunkType.EFFECT,
            target_node_type="NodeEffect",
            operation_data={
                "effect_type": "ticket_state_transition",
                "ticket_id": str(ticket_id),
                "from_state": current_state,
                "to_state": target_state,
            },
            dependencies=transition_dependencies,
            priority=2,
            timeout_ms=15000,
            # It is the only one of the three that touches the world, so it alone may fail in
            # passing.
            retry_count=1,
        )

        steps.append(
            ModelWorkflowStepExecution(
                step_name="Execute State Transition",
                execution_mode=EnumExecutionMode.SEQUENTIAL,
                thunks=[transition_thunk],
            )
        )

        return steps
