"""Workflows that are refused or fail as a whole."""

from typing import Any

import pytest
from scenarios.orchestrator.conftest import (
    OPERATION,
    SEQUENTIAL,
    WAYS,
    WORKFLOW,
    Emitter,
    line,
    loose,
    node_facts,
    states,
    step,
    thunk,
    workflow,
)

from omnibase_core.errors.error_codes import EnumCoreErrorCode
from omnibase_core.errors.model_onex_error import ModelOnexError
from omnibase_core.models.operations.model_orchestrator_input import ModelOrchestratorInput


def odd(**fields: Any) -> Any:
    """Return an input that was made without the checks of its model."""
    settings = {
        "workflow_id": WORKFLOW,
        "operation_id": OPERATION,
        "steps": loose("only"),
        "execution_mode": SEQUENTIAL,
    }
    return ModelOrchestratorInput.model_construct(**{**settings, **fields})


ODD = {
    "no_steps": {"steps": []},
    "steps_none": {"steps": None},
    "no_workflow_id": {"workflow_id": None},
    "empty_workflow_id": {"workflow_id": ""},
    "text_workflow_id": {"workflow_id": "flow-1"},
    "mode_is_a_text": {"execution_mode": "sequential"},
    "mode_none": {"execution_mode": None},
    "everything": {"workflow_id": None, "steps": [], "execution_mode": "sequential"},
    "no_steps_and_text": {"steps": [], "execution_mode": "sequential"},
}


def test_validation_alone(make_node: Any, pinned: Any) -> None:
    """The check of the base class comes first; then the id, the steps and the mode."""
    node = make_node()
    told = {
        name: pinned.observe(
            lambda fields=fields: node._validate_orchestrator_input(odd(**fields))
        )["outcome"]
        for name, fields in {"good": {}, **ODD}.items()
    }
    told["none"] = pinned.observe(lambda: node._validate_orchestrator_input(None))
    pinned.check(told)


@pytest.mark.parametrize("fields", ODD.values(), ids=list(ODD))
def test_odd_input(make_node: Any, pinned: Any, fields: Any) -> None:
    """Odd but relied on: a refused workflow has no state, yet counts in the metrics."""
    node = make_node()
    seen = pinned.observe(lambda: node.process(odd(**fields)))
    seen["state"] = node_facts(node)
    pinned.check(seen)


def test_no_input_at_all(make_node: Any, pinned: Any) -> None:
    """Odd but relied on: the raw error of Python comes out, and nothing is counted."""
    node = make_node()
    seen = pinned.observe(lambda: node.process(None))
    seen["state"] = node_facts(node)
    pinned.check(seen)


def test_refused_workflow_that_was_run_before(make_node: Any, pinned: Any) -> None:
    """Odd: the state of the earlier run becomes `failed`, the entry of a running one goes."""
    node = make_node()
    asked = workflow(*loose("only"))
    pinned.observe(lambda: node.process(asked))
    node.active_workflows.update({str(WORKFLOW): asked, "other": asked})
    asked.steps = []
    seen = pinned.observe(lambda: node.process(asked))
    seen["state"] = node_facts(node)
    pinned.check(seen)


@WAYS
def test_cycle(make_node: Any, pinned: Any, mode: Any) -> None:
    """Nothing is run, and the workflow has failed."""
    node = make_node()
    steps = [step("first", thunk(1, 2)), step("second", thunk(2, 1)), step("free", thunk(3))]
    seen = pinned.observe(lambda: node.process(workflow(*steps, execution_mode=mode)))
    seen["steps"] = states(*steps)
    seen["state"] = node_facts(node)
    pinned.check(seen)


def test_cycle_within_a_step(make_node: Any, pinned: Any) -> None:
    """Odd but relied on: thunks of one step may not wait for each other."""
    node = make_node()
    seen = pinned.observe(lambda: node.process(workflow(step("own", thunk(1), thunk(2, 1)))))
    pinned.check(seen)


def test_cycle_without_dependency_resolution(make_node: Any, pinned: Any) -> None:
    """Odd but relied on: whoever does not ask for the order gets cycles through."""
    node = make_node()
    steps = [step("first", thunk(1, 2)), step("second", thunk(2, 1))]
    asked = workflow(*steps, dependency_resolution_enabled=False)
    seen = pinned.observe(lambda: node.process(asked))
    seen["outcome"] = [seen.value.workflow_state, seen.value.steps_completed]
    seen["steps"] = states(*steps)
    pinned.check(seen)


@pytest.mark.parametrize(
    "error",
    [
        pytest.param(ConnectionError("down"), id="connection"),
        pytest.param(KeyError("name"), id="missing_key"),
        pytest.param(ValueError(), id="without_text"),
        pytest.param(
            ModelOnexError("full", EnumCoreErrorCode.VALIDATION_ERROR, context={"a": 1}),
            id="coded",
        ),
    ],
)
def test_every_error_becomes_operation_failed(
    make_node: Any, pinned: Any, clock: Any, error: Exception
) -> None:
    """The original error is the cause, and its text is in the message and in the context."""
    node, steps = make_node(), line("first", "second")
    Emitter(node, clock, {2: [0.5, error]})
    seen = pinned.observe(lambda: node.process(workflow(*steps)))
    seen["cause"] = [seen.error.__cause__ is error, seen.error.__suppress_context__]
    seen["steps"] = states(*steps)
    seen["state"] = node_facts(node)
    pinned.check(seen)


def test_node_id_may_be_any_text(make_node: Any, pinned: Any) -> None:
    """Logs, errors and thunks carry it as it is."""
    node = make_node(node_id="node-7")
    cyclic = workflow(step("own", thunk(1, 1)))
    told = {"good": pinned.observe(lambda: node.process(workflow(*loose("only"))))}
    told["cycle"] = pinned.observe(lambda: node.process(cyclic))
    told["cause"] = told["cycle"].error.__cause__
    pinned.check(told)


def test_graph_that_a_class_builds_its_own_way(make_node: Any, pinned: Any, clock: Any) -> None:
    """What goes wrong outside the steps fails the workflow whatever the strategy is."""
    node = make_node()
    steps = line("first", "second")

    def broken(_graph: Any) -> Any:
        clock.advance(0.25)
        raise LookupError("no order today")

    node._get_topological_order = broken
    asked = workflow(*steps, failure_strategy="continue_on_error")
    seen = pinned.observe(lambda: node.process(asked))
    seen["steps"] = states(*steps)
    seen["state"] = node_facts(node)
    pinned.check(seen)


def test_metrics_that_cannot_be_kept(make_node: Any, pinned: Any) -> None:
    """Odd: the table is asked for twice, so its error comes out raw; the state says `failed`."""
    node, steps = make_node(orchestration_metrics=None), loose("only")
    seen = pinned.observe(lambda: node.process(workflow(*steps)))
    seen["steps"] = states(*steps)
    seen["active"] = list(node.active_workflows)
    seen["states"] = node.workflow_states
    pinned.check(seen)


def test_metrics_of_the_base_that_fail_once(make_node: Any, pinned: Any) -> None:
    """Odd: a workflow that was counted as a success is counted as a failure as well."""
    node, steps = make_node(), loose("only")
    real, calls = node._update_processing_metrics, []

    async def fails_once(*given: Any) -> None:
        calls.append(list(given))
        if len(calls) == 1:
            raise OSError("full")
        await real(*given)

    node._update_processing_metrics = fails_once
    seen = pinned.observe(lambda: node.process(workflow(*steps)))
    seen["calls"] = calls
    seen["state"] = node_facts(node)
    pinned.check(seen)
