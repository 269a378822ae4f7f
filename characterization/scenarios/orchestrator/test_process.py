"""The way of a workflow through a node."""

import asyncio
from typing import Any
from uuid import UUID

from scenarios.orchestrator.conftest import (
    BATCH,
    MODES,
    PARALLEL,
    WAYS,
    Emitter,
    Runner,
    brief,
    line,
    loose,
    node_facts,
    states,
    step,
    step_facts,
    thunk,
    workflow,
)

from omnibase_core.enums.enum_workflow_execution import EnumExecutionMode
from omnibase_core.models.common.model_schema_value import ModelSchemaValue
from omnibase_core.models.operations.model_orchestrator_input import ModelOrchestratorInput

PARTS = [
    "_validate_input_data",
    "_validate_orchestrator_input",
    "_build_dependency_graph",
    "_execute_sequential_workflow",
    "_execute_parallel_workflow",
    "_execute_batch_workflow",
    "_get_topological_order",
    "_group_steps_by_type",
    "_execute_single_step",
    "_evaluate_condition",
    "emit_thunk",
    "_update_orchestration_metrics",
    "_update_processing_metrics",
]


@MODES
def test_mode(make_node: Any, pinned: Any, mode: Any) -> None:
    """Odd but relied on: the word for the mode is wrapped; two modes are run as `sequential`."""
    node, steps = make_node(), line("first", "second")
    seen = pinned.observe(lambda: node.process(workflow(*steps, execution_mode=mode)))
    word = seen.value.metadata["execution_mode"]
    seen["word"] = [word.to_value(), word == mode.value]
    seen["steps"] = step_facts(*steps)
    seen["results"] = [each.results for each in steps]
    seen["emitted"] = list(node.emitted_thunks.values()) == [seen.value.thunks_emitted]
    seen["state"] = node_facts(node)
    pinned.check(seen)


@MODES
def test_mode_without_dependency_resolution(make_node: Any, pinned: Any, mode: Any) -> None:
    """The order of the input holds, even where it is the wrong one."""
    node, steps = make_node(), line("first", "second")
    asked = workflow(*reversed(steps), execution_mode=mode, dependency_resolution_enabled=False)
    seen = brief(pinned.observe(lambda: node.process(asked)))
    pinned.check({"outcome": seen["outcome"], "steps": states(*steps)})


def test_defaults_of_the_input(make_node: Any, pinned: Any) -> None:
    """A workflow needs an id and its steps, and nothing else."""
    node = make_node()
    asked = ModelOrchestratorInput(workflow_id=UUID(int=1, version=4), steps=loose("only"))
    seen = pinned.observe(lambda: node.process(asked))
    seen["asked"] = asked
    pinned.check(seen)


def test_progress_shows_on_the_node(make_node: Any, pinned: Any, clock: Any) -> None:
    """The workflow itself is listed while it runs, and its state stays when it has ended."""
    node, steps = make_node(), line("first", "second")
    Emitter(node, clock)
    asked, during = workflow(*steps), []

    async def work() -> Any:
        task = asyncio.create_task(node.process(asked))
        await asyncio.sleep(0.5)
        during.append([node_facts(node), states(*steps)])
        during.append([key for key, each in node.active_workflows.items() if each is asked])
        await asyncio.sleep(1)
        during.append([node_facts(node), states(*steps)])
        return (await task).workflow_state

    seen = pinned.observe(work)
    seen["during"] = during
    seen["state"] = node_facts(node)
    pinned.check(seen)


@WAYS
def test_time_counts_from_the_making_of_the_input(
    make_node: Any, pinned: Any, clock: Any, mode: Any
) -> None:
    """Odd but relied on: the output counts the wait before the run, log and metrics do not."""
    node = make_node()
    Emitter(node, clock, {1: [1.5], 2: [0.25]})
    asked = workflow(*line("first", "second"), execution_mode=mode)
    clock.advance(10)
    seen = pinned.observe(lambda: node.process(asked))
    seen["made at"] = seen.value.timestamp
    brief(seen)
    seen["steps"] = step_facts(*asked.steps)
    seen["state"] = node_facts(node)
    pinned.check(seen)


@WAYS
def test_input_from_the_future(make_node: Any, pinned: Any, clock: Any, mode: Any) -> None:
    """Odd but relied on: the output is refused for its negative time when all steps are done."""
    node, steps = make_node(), line("first", "second")
    clock.advance(60)
    asked = workflow(*steps, execution_mode=mode)
    clock.advance(-60)
    asked.timestamp = asked.timestamp.replace(hour=1)
    seen = pinned.observe(lambda: node.process(asked))
    del seen["logs"]
    seen["steps"] = states(*steps)
    seen["state"] = node_facts(node)
    pinned.check(seen)


@WAYS
def test_same_input_again(make_node: Any, pinned: Any, mode: Any) -> None:
    """Odd but relied on: only parallel workflows notice that their steps have been run already."""
    node = make_node()
    asked = workflow(*line("first", "second"), execution_mode=mode)
    first = pinned.observe(lambda: node.process(asked))
    second = pinned.observe(lambda: node.process(asked))
    pinned.check(
        {
            "completed": [each.value.steps_completed for each in (first, second)],
            "second": brief(second)["outcome"],
            "state": node_facts(node),
        }
    )


def noting(name: str, method: Any, calls: list[Any]) -> Any:
    """Return what does the work of `method` and notes the kinds of its arguments."""

    def note(*given: Any, **named: Any) -> Any:
        calls.append(" ".join([name, *[type(each).__name__ for each in given], *named]))
        return method(*given, **named)

    return note


def test_works_through_its_own_methods(make_node: Any, pinned: Any, clock: Any) -> None:
    """Whatever is part of the way can be replaced on the node."""
    node, calls = make_node(), []
    for name in PARTS:
        setattr(node, name, noting(name, getattr(node, name), calls))
    told = {}
    for mode in (EnumExecutionMode.CONDITIONAL, PARALLEL, BATCH):
        calls.clear()
        always = step("only", thunk(1), condition="if_true")
        clock.run(node.process(workflow(always, execution_mode=mode)))
        told[mode.value] = list(calls)
    pinned.check(told)


def test_metrics_get_mode_time_and_steps(make_node: Any, pinned: Any, clock: Any) -> None:
    """Both metrics get the same time, of a success and of a failure."""
    node, calls = make_node(), []

    async def noting(*given: Any) -> None:
        calls.append(list(given))

    node._update_orchestration_metrics = node._update_processing_metrics = noting
    Emitter(node, clock, {2: [0.25, OSError("full")]})
    good, bad = workflow(*loose("good")), workflow(*loose("good", "bad"), execution_mode=BATCH)
    for asked in (good, bad):
        pinned.observe(lambda asked=asked: node.process(asked))
    pinned.check({"calls": calls})


@WAYS
def test_several_steps_with_one_id(make_node: Any, pinned: Any, clock: Any, mode: Any) -> None:
    """Odd: a graph keeps the last of them only, which is what sequential workflows run."""
    told = {}
    for resolved in (True, False):
        node = make_node()
        emitter = Emitter(node, clock)
        steps = loose("one", "two")
        steps[1].step_id = steps[0].step_id
        asked = workflow(*steps, execution_mode=mode, dependency_resolution_enabled=resolved)
        output = clock.run(node.process(asked))
        told[f"resolved {resolved}"] = {
            "completed": output.steps_completed,
            "emitted": [named["operation_data"]["number"] for _, _, named in emitter.calls],
            "steps": states(*steps),
        }
    pinned.check(told)


def test_metadata_of_the_input_stay_there(make_node: Any, pinned: Any) -> None:
    """Odd: nothing of what the caller says about the workflow gets into the output."""
    node = make_node()
    asked = workflow(*loose("only"), metadata={"colour": ModelSchemaValue.from_value("red")})
    seen = pinned.observe(lambda: node.process(asked))
    pinned.check({"metadata": seen.value.metadata, "given": asked.metadata})


def test_tables_replaced_meanwhile(make_node: Any, pinned: Any, clock: Any) -> None:
    """Tables are looked up anew each time, so replaced ones are written to in their turn."""
    node = make_node()
    Runner(node, clock)
    old = [node.active_workflows, node.workflow_states]
    asked = workflow(*loose("only"), execution_mode=PARALLEL)

    async def work() -> Any:
        task = asyncio.create_task(node.process(asked))
        await asyncio.sleep(0.5)
        node.active_workflows, node.workflow_states = {"other": asked}, {}
        node.emitted_thunks = {}
        return (await task).steps_completed

    seen = pinned.observe(work)
    seen["old"] = [list(old[0]), old[1]]
    seen["state"] = node_facts(node)
    pinned.check(seen)
