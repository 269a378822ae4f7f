"""A ticket goes from state to state by a workflow of two or three steps."""

import asyncio
from typing import Any
from uuid import UUID, uuid4

from omnibase_core.enums.enum_workflow_execution import EnumWorkflowState
from omnibase_core.mixins.mixin_ticket_lifecycle import MixinTicketLifecycle
from omnibase_core.models.operations.model_orchestrator_input import ModelOrchestratorInput
from omnibase_core.models.operations.model_orchestrator_output import ModelOrchestratorOutput

TICKET = uuid4()


class Host(MixinTicketLifecycle):
    """Runs no workflow, and says what was wanted and how it went."""

    def __init__(self, state: EnumWorkflowState = EnumWorkflowState.COMPLETED) -> None:
        self.asked: list[ModelOrchestratorInput] = []
        self.state = state

    async def process(self, input_data: ModelOrchestratorInput) -> ModelOrchestratorOutput:
        self.asked.append(input_data)
        return ModelOrchestratorOutput(
            workflow_id=input_data.workflow_id,
            operation_id=input_data.operation_id,
            workflow_state=self.state,
            steps_completed=len(input_data.steps),
            steps_failed=0,
            thunks_emitted=[],
            processing_time_ms=1.0,
        )


def moved(host: Host, *tickets: UUID) -> dict[str, Any]:
    work = host.orchestrate_rsd_ticket_lifecycle(TICKET, "open", "done", list(tickets))
    return asyncio.run(work)


def test_the_answer_names_ticket_workflow_and_transition() -> None:
    host = Host()
    answer = moved(host)
    assert answer["ticket_id"] == str(TICKET)
    assert answer["workflow_id"] == str(host.asked[0].workflow_id)
    assert answer["state_transition"] == "open -> done"
    assert (answer["success"], answer["steps_completed"]) == (True, 2)


def test_a_workflow_that_fails_is_no_success() -> None:
    assert moved(Host(EnumWorkflowState.FAILED))["success"] is False


def test_dependencies_are_checked_only_where_there_are_some() -> None:
    host = Host()
    moved(host)
    moved(host, uuid4())
    without, with_some = ([step.step_name for step in each.steps] for each in host.asked)
    assert without == ["Validate Current State", "Execute State Transition"]
    assert with_some == [
        "Validate Current State",
        "Check Dependencies",
        "Execute State Transition",
    ]


def test_the_transition_waits_for_everything_before_it() -> None:
    host = Host()
    moved(host, uuid4())
    *before, transition = [thunk for step in host.asked[0].steps for thunk in step.thunks]
    assert transition.dependencies == [each.thunk_id for each in before]
    assert (transition.retry_count, [each.retry_count for each in before]) == (1, [0, 0])
