"""What thunks, steps, workflow orders and their outcomes accept, and what they fill in."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from pydantic import ValidationError

from omnibase_core.enums.enum_workflow_execution import (
    EnumBranchCondition,
    EnumExecutionMode,
    EnumThunkType,
    EnumWorkflowState,
)
from omnibase_core.models.operations import ModelOrchestratorInput, ModelOrchestratorOutput
from omnibase_core.models.orchestrator import ModelThunk
from omnibase_core.models.workflows import ModelWorkflowStepExecution


def thunk(**fields: Any) -> ModelThunk:
    required = {"thunk_type": EnumThunkType.COMPUTE, "target_node_type": "NodeCompute"}
    return ModelThunk(**{**required, **fields})


def step(**fields: Any) -> ModelWorkflowStepExecution:
    required = {"step_name": "price", "execution_mode": EnumExecutionMode.SEQUENTIAL}
    return ModelWorkflowStepExecution(**{**required, **fields})


def order(**fields: Any) -> ModelOrchestratorInput:
    return ModelOrchestratorInput(**{"workflow_id": uuid4(), "steps": [], **fields})


def outcome(**fields: Any) -> ModelOrchestratorOutput:
    required = {
        "workflow_id": uuid4(),
        "operation_id": uuid4(),
        "workflow_state": EnumWorkflowState.COMPLETED,
        "steps_completed": 1,
        "steps_failed": 0,
        "thunks_emitted": [],
        "processing_time_ms": 0.5,
    }
    return ModelOrchestratorOutput(**{**required, **fields})


def test_a_thunk_waits_for_nothing_and_is_not_urgent_by_default() -> None:
    made = thunk()
    assert isinstance(made.thunk_id, UUID)
    assert (made.operation_data, made.dependencies, made.metadata) == ({}, [], {})
    assert (made.priority, made.timeout_ms, made.retry_count) == (1, 30000, 0)
    assert made.created_at.tzinfo is None


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("target_node_type", ""),
        ("target_node_type", "x" * 101),
        ("priority", 0),
        ("priority", 11),
        ("timeout_ms", 99),
        ("timeout_ms", 300001),
        ("retry_count", 11),
        ("thunk_type", "guess"),
    ],
)
def test_a_thunk_keeps_its_bounds_when_built_and_when_assigned(field: str, value: object) -> None:
    with pytest.raises(ValidationError, match=field):
        thunk(**{field: value})
    made = thunk()
    with pytest.raises(ValidationError, match=field):
        setattr(made, field, value)
    assert getattr(made, field) != value


def test_a_step_is_pending_and_has_no_condition_by_default() -> None:
    made = step()
    assert isinstance(made.step_id, UUID)
    assert made.state is EnumWorkflowState.PENDING
    assert (made.condition, made.condition_function, made.error) == (None, None, None)
    assert (made.started_at, made.completed_at) == (None, None)
    assert (made.thunks, made.results, made.metadata) == ([], [], {})
    assert (made.timeout_ms, made.retry_count) == (30000, 0)


def test_a_step_dumps_neither_its_function_nor_its_error() -> None:
    made = step(condition=EnumBranchCondition.CUSTOM, condition_function=print)
    made.error = ValueError("late")
    assert made.condition_function is print
    assert {"condition_function", "error"}.isdisjoint(made.model_dump())
    assert '"condition":"custom"' in made.model_dump_json()


@pytest.mark.parametrize(
    ("field", "value"),
    [("step_name", ""), ("step_name", "x" * 201), ("timeout_ms", 99), ("error", "late")],
)
def test_a_step_keeps_its_bounds(field: str, value: object) -> None:
    made = step()
    with pytest.raises(ValidationError, match=field):
        setattr(made, field, value)


def test_an_order_is_sequential_and_fails_fast_by_default() -> None:
    made = order()
    assert isinstance(made.operation_id, UUID)
    assert made.execution_mode is EnumExecutionMode.SEQUENTIAL
    assert (made.max_parallel_steps, made.global_timeout_ms) == (5, 300000)
    assert made.failure_strategy == "fail_fast"
    assert (made.load_balancing_enabled, made.dependency_resolution_enabled) == (False, True)
    assert made.metadata == {}
    assert made.timestamp.tzinfo is None


def test_an_order_keeps_the_very_steps_that_it_was_given() -> None:
    first = step(thunks=[thunk()])
    assert order(steps=[first]).steps[0] is first


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("workflow_id", "seven"),
        ("execution_mode", "sideways"),
        ("max_parallel_steps", 0),
        ("max_parallel_steps", 101),
        ("global_timeout_ms", 999),
        ("global_timeout_ms", 3600001),
        ("metadata", {"raw": 1}),
    ],
)
def test_an_order_is_checked_on_assignment(field: str, value: object) -> None:
    made = order()
    with pytest.raises(ValidationError, match=field):
        setattr(made, field, value)


@pytest.mark.parametrize(
    "field",
    [
        "steps_completed",
        "steps_failed",
        "processing_time_ms",
        "parallel_executions",
        "load_balanced_operations",
        "dependency_violations",
    ],
)
def test_no_figure_of_an_outcome_is_negative(field: str) -> None:
    with pytest.raises(ValidationError, match=field):
        outcome(**{field: -1})


def test_an_outcome_counts_nothing_that_it_was_not_told() -> None:
    made = outcome()
    assert (made.parallel_executions, made.load_balanced_operations) == (0, 0)
    assert (made.dependency_violations, made.results, made.metadata) == (0, [], {})
