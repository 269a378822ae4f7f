"""A condition decides whether a step runs."""

import asyncio
from typing import Any
from uuid import uuid4

import pytest

from omnibase_core.enums.enum_workflow_execution import EnumBranchCondition, EnumExecutionMode
from omnibase_core.errors.model_onex_error import ModelOnexError
from omnibase_core.mixins.mixin_workflow_conditions import MixinWorkflowConditions
from omnibase_core.models.workflows.model_workflow_step_execution import (
    ModelWorkflowStepExecution,
)


class Host(MixinWorkflowConditions):
    node_id = uuid4()


def step(condition: EnumBranchCondition | None = None, **more: Any) -> ModelWorkflowStepExecution:
    return ModelWorkflowStepExecution(
        step_name="pack",
        execution_mode=EnumExecutionMode.SEQUENTIAL,
        condition=condition,
        **more,
    )


def runs(condition: EnumBranchCondition | None = None, **more: Any) -> bool:
    return asyncio.run(Host()._evaluate_condition(step(condition, **more), ["packed"]))


def test_a_step_runs_unless_it_says_otherwise() -> None:
    assert runs()
    assert runs(EnumBranchCondition.IF_TRUE)
    assert not runs(EnumBranchCondition.IF_FALSE)


def test_a_function_of_its_own_sees_the_results_so_far() -> None:
    custom = EnumBranchCondition.CUSTOM
    assert runs(custom, condition_function=lambda _, results: results == ["packed"])
    assert not runs(custom, condition_function=lambda _, results: len(results) > 1)


def test_a_custom_condition_without_a_function_holds() -> None:
    assert runs(EnumBranchCondition.CUSTOM)


def test_a_condition_is_added_under_a_free_name_only() -> None:
    host = Host()
    host._register_builtin_conditions()
    host.register_condition_function("late", lambda *_: True)
    with pytest.raises(ModelOnexError, match="Condition function already registered: late"):
        host.register_condition_function("late", lambda *_: False)
    with pytest.raises(ModelOnexError, match="already registered: always_true"):
        host.register_condition_function("always_true", lambda *_: False)


def test_what_cannot_be_called_is_no_condition() -> None:
    wrong: Any = True
    with pytest.raises(ModelOnexError, match="Condition function must be callable: early"):
        Host().register_condition_function("early", wrong)


@pytest.mark.parametrize(
    ("name", "results", "expected"),
    [
        ("always_true", [], True),
        ("always_false", ["packed"], False),
        ("has_previous_results", [], False),
        ("has_previous_results", ["packed"], True),
        ("previous_step_success", [], True),
        ("previous_step_success", [{"status": "executed"}], True),
        ("previous_step_success", [{"status": "executed"}, {"status": "lost"}], False),
        ("previous_step_success", ["packed"], False),
    ],
)
def test_built_in_conditions(name: str, results: list[Any], expected: bool) -> None:
    host = Host()
    host._register_builtin_conditions()
    assert host.condition_functions[name](step(), results) is expected
