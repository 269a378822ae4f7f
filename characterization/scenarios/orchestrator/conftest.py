"""What the scenarios of orchestrator nodes share: workflows, their steps, and a node's state."""

import asyncio
import copy
import operator
from typing import Any
from uuid import UUID

import pytest

from omnibase_core.enums.enum_workflow_execution import (
    EnumBranchCondition,
    EnumExecutionMode,
    EnumThunkType,
)
from omnibase_core.models.operations.model_orchestrator_input import ModelOrchestratorInput
from omnibase_core.models.orchestrator.model_thunk import ModelThunk
from omnibase_core.models.workflows.model_workflow_step_execution import (
    ModelWorkflowStepExecution,
)

_AVERAGE = "avg_processing_time_ms"

WORKFLOW = UUID("00000000-0000-4000-8000-0000000000f0")
OPERATION = UUID("00000000-0000-4000-8000-0000000000fe")

BATCH = EnumExecutionMode.BATCH
PARALLEL = EnumExecutionMode.PARALLEL
SEQUENTIAL = EnumExecutionMode.SEQUENTIAL

IF_TRUE = EnumBranchCondition.IF_TRUE
IF_FALSE = EnumBranchCondition.IF_FALSE
CUSTOM = EnumBranchCondition.CUSTOM

VALUE = operator.attrgetter("value")
MODES = pytest.mark.parametrize("mode", EnumExecutionMode, ids=VALUE)
WAYS = pytest.mark.parametrize("mode", [SEQUENTIAL, PARALLEL, BATCH], ids=VALUE)
RESOLUTION = pytest.mark.parametrize("resolved", [True, False], ids=["graph", "no_graph"])


def thunk_id(number: int) -> UUID:
    """Return the id of a thunk that a scenario knows by a number."""
    return UUID(int=number, version=4)


def thunk(number: int, *waits_for: int, **settings: Any) -> ModelThunk:
    """Return a thunk that waits for others, all known by number."""
    settings.setdefault("thunk_type", EnumThunkType.COMPUTE)
    settings.setdefault("target_node_type", "NodeCompute")
    settings.setdefault("operation_data", {"number": number})
    dependencies = [thunk_id(other) for other in waits_for]
    return ModelThunk(thunk_id=thunk_id(number), dependencies=dependencies, **settings)


def step(name: str, *thunks: ModelThunk, **settings: Any) -> ModelWorkflowStepExecution:
    """Return a step that is known by its name."""
    settings.setdefault("execution_mode", SEQUENTIAL)
    return ModelWorkflowStepExecution(step_name=name, thunks=list(thunks), **settings)


def line(*names: str) -> list[ModelWorkflowStepExecution]:
    """Return steps with one thunk each, in which each step waits for the one before it."""
    return [
        step(name, thunk(number, *([number - 1] if number > 1 else [])))
        for number, name in enumerate(names, start=1)
    ]


def loose(*names: str) -> list[ModelWorkflowStepExecution]:
    """Return steps with one thunk each that wait for nothing."""
    return [step(name, thunk(number)) for number, name in enumerate(names, start=1)]


def workflow(*steps: ModelWorkflowStepExecution, **settings: Any) -> ModelOrchestratorInput:
    """Return an input with known ids."""
    settings.setdefault("workflow_id", WORKFLOW)
    settings.setdefault("operation_id", OPERATION)
    return ModelOrchestratorInput(steps=list(steps), **settings)


def step_facts(*steps: ModelWorkflowStepExecution) -> dict[str, str]:
    """Return what a run has written into steps, by name and in brief."""
    return {
        each.step_name: f"{each.state.value}, {each.started_at} to {each.completed_at}, "
        f"error {each.error!r}, {len(each.results)} results"
        for each in steps
    }


def states(*steps: ModelWorkflowStepExecution) -> dict[str, str]:
    """Return how far each step has come, by name."""
    return {each.step_name: each.state.value for each in steps}


def brief(seen: Any) -> Any:
    """Put the figures of an output in its place; the thunks are told by their data."""
    if seen.error is None:
        out = seen.value
        seen["outcome"] = {
            "state": out.workflow_state.value,
            "completed and failed": [out.steps_completed, out.steps_failed],
            "waves, balanced, violations": [
                out.parallel_executions,
                out.load_balanced_operations,
                out.dependency_violations,
            ],
            "word": out.metadata["execution_mode"].to_value(),
            "thunks": [each.operation_data["number"] for each in out.thunks_emitted],
            "results": [each["thunk_id"] for each in out.results],
            "time": out.processing_time_ms,
        }
    return seen


def node_facts(node: Any) -> dict[str, Any]:
    """Return what a node shows of its workflows at this moment."""
    return {
        "active_workflows": list(node.active_workflows),
        "workflow_states": dict(node.workflow_states),
        "emitted_thunks": {key: len(thunks) for key, thunks in node.emitted_thunks.items()},
        "orchestration_metrics": copy.deepcopy(node.orchestration_metrics),
        "metrics": " ".join(
            f"{name}={node.metrics[name]:.3f}"
            for name in ("total_operations", "success_count", "error_count", _AVERAGE)
        ),
        "free_slots": node.workflow_semaphore._value,
    }


class Runner:
    """Runs single steps like the node does, but lets time pass and fails when told to.

    Put in the place of `_execute_single_step`. The turns say by step name how many seconds a
    step takes, and which error it ends with, if any.
    """

    def __init__(self, node: Any, clock: Any, **turns: Any) -> None:
        self.run = node._execute_single_step
        self.clock = clock
        self.turns = turns
        self.events: list[Any] = []
        node._execute_single_step = self

    async def __call__(self, running: Any, workflow_id: Any) -> list[Any]:
        name = running.step_name
        seconds, *errors = self.turns.get(name, [1])
        self.events.append([self.clock.seconds(), name, "begins", workflow_id])
        results = await self.run(running, workflow_id)
        await asyncio.sleep(seconds)
        self.events.append([self.clock.seconds(), name, "ends"])
        for error in errors:
            raise error
        return list(results)


class Emitter:
    """Emits thunks like the node does, but lets time pass and fails when told to.

    Put in the place of `emit_thunk`. The turns say by the number in the data how many seconds an
    emission takes, and which error it ends with, if any.
    """

    def __init__(self, node: Any, clock: Any, turns: dict[int, Any] | None = None) -> None:
        self.emit = node.emit_thunk
        self.clock = clock
        self.turns = turns or {}
        self.calls: list[Any] = []
        node.emit_thunk = self

    async def __call__(self, *given: Any, **named: Any) -> Any:
        self.calls.append([self.clock.seconds(), list(given), named])
        seconds, *errors = self.turns.get(named["operation_data"]["number"], [1])
        await asyncio.sleep(seconds)
        for error in errors:
            raise error
        return await self.emit(*given, **named)
