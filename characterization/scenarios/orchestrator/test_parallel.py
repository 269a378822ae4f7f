"""Workflows whose steps run side by side."""

from typing import Any

import pytest
from scenarios.orchestrator.conftest import (
    IF_FALSE,
    PARALLEL,
    RESOLUTION,
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


def test_waves(make_node: Any, pinned: Any, clock: Any) -> None:
    """A wave ends with its slowest step, and thunks are emitted once their step was awaited."""
    node = make_node()
    runner = Runner(node, clock, slow=[3], fast=[0.5], second=[1.25])
    emitter = Emitter(node, clock, {1: [0.25]})
    steps = [
        step("last", thunk(4, 3), thunk(5, 1)),
        step("slow", thunk(1)),
        step("fast", thunk(2)),
        step("second", thunk(3, 2)),
    ]
    seen = brief(pinned.observe(lambda: node.process(workflow(*steps, execution_mode=PARALLEL))))
    seen["events"] = runner.events
    seen["emissions"] = [[at, named["operation_data"]] for at, _, named in emitter.calls]
    seen["steps"] = step_facts(*steps)
    seen["state"] = node_facts(node)
    pinned.check(seen)


@RESOLUTION
def test_limit(*, make_node: Any, pinned: Any, clock: Any, resolved: bool) -> None:
    """Odd but relied on: without a graph the steps beyond the limit are dropped silently."""
    told = {}
    for limit in (1, 2, 3, 4):
        node, steps = make_node(), loose("one", "two", "three")
        runner = Runner(node, clock)
        asked = workflow(
            *steps,
            execution_mode=PARALLEL,
            max_parallel_steps=limit,
            dependency_resolution_enabled=resolved,
        )
        output = clock.run(node.process(asked))
        told[f"limit {limit}"] = {
            "events": [f"{event[0]} {event[1]} {event[2]}" for event in runner.events],
            "waves": output.parallel_executions,
            "thunks": len(output.thunks_emitted),
            "steps": states(*steps),
        }
    pinned.check(told)


def test_conditions_are_not_evaluated(make_node: Any, pinned: Any) -> None:
    """Odd but relied on: a step that is never to run does run."""
    node, steps = make_node(), loose("never", "always")
    steps[0].condition = IF_FALSE
    asked = workflow(*steps, execution_mode=PARALLEL)
    pinned.check(brief(pinned.observe(lambda: node.process(asked))))


@RESOLUTION
@pytest.mark.parametrize("strategy", ["fail_fast", "continue_on_error"])
def test_failed_step(
    *, make_node: Any, pinned: Any, clock: Any, strategy: str, resolved: bool
) -> None:
    """Odd but relied on: dependents of a failed step are neither run nor counted."""
    node = make_node()
    turns = {"good": [1], "bad": [2, ConnectionError("down")], "slow": [9]}
    runner = Runner(node, clock, **turns)
    steps = [*loose("good", "bad", "slow"), step("dependent", thunk(4, 2))]
    asked = workflow(
        *steps,
        execution_mode=PARALLEL,
        failure_strategy=strategy,
        dependency_resolution_enabled=resolved,
    )
    seen = pinned.observe(lambda: node.process(asked))
    brief(seen)
    seen["events"] = runner.events
    seen["steps"] = step_facts(*steps)
    seen["state"] = node_facts(node)
    pinned.check(seen)


def test_failed_step_behind_a_slow_one(make_node: Any, pinned: Any, clock: Any) -> None:
    """Odd: the wave is awaited in its order, so the failure is noticed after the slow step."""
    node, steps = make_node(), loose("slow", "bad", "slower")
    runner = Runner(node, clock, slow=[3], bad=[1, OSError("full")], slower=[5])
    asked = workflow(*steps, execution_mode=PARALLEL)
    seen = pinned.observe(lambda: node.process(asked))
    seen["events"] = runner.events
    seen["steps"] = step_facts(*steps)
    pinned.check(seen)


def test_cancelled_steps(make_node: Any, pinned: Any, clock: Any) -> None:
    """Odd but relied on: after a fail-fast abort the others stay in the state `running`."""
    node, steps = make_node(), loose("done", "bad", "running", "ended early")
    turns = {"done": [1], "bad": [2, OSError("full")], "running": [5], "ended early": [1.5]}
    runner = Runner(node, clock, **turns)

    async def work() -> Any:
        try:
            return await node.process(workflow(*steps, execution_mode=PARALLEL))
        finally:
            await runner.run(step("a moment later"), "later")

    seen = pinned.observe(work)
    clock.advance(20)
    clock.run(runner.run(step("much later"), "later"))
    seen["events"] = runner.events
    seen["steps"] = step_facts(*steps)
    pinned.check(seen)


@RESOLUTION
def test_two_failures_in_a_wave(
    *, make_node: Any, pinned: Any, clock: Any, resolved: bool
) -> None:
    """Each is counted when the others go on."""
    node, steps = make_node(), loose("bad", "good", "worse")
    Runner(node, clock, bad=[2, OSError("one")], good=[1], worse=[3, OSError("two")])
    asked = workflow(
        *steps,
        execution_mode=PARALLEL,
        failure_strategy="rollback",
        dependency_resolution_enabled=resolved,
    )
    seen = brief(pinned.observe(lambda: node.process(asked)))
    seen["steps"] = step_facts(*steps)
    seen["state"] = node_facts(node)
    pinned.check(seen)


@pytest.mark.parametrize("strategy", ["fail_fast", "continue_on_error"])
def test_failed_emission(make_node: Any, pinned: Any, clock: Any, strategy: str) -> None:
    """Odd but relied on: the step is counted twice, as completed and as failed."""
    node, steps = make_node(), line("first", "second", "third")
    Emitter(node, clock, {2: [1, ConnectionError("down")]})
    asked = workflow(*steps, execution_mode=PARALLEL, failure_strategy=strategy)
    seen = pinned.observe(lambda: node.process(asked))
    brief(seen)
    seen["steps"] = step_facts(*steps)
    seen["state"] = node_facts(node)
    pinned.check(seen)


@RESOLUTION
def test_steps_that_are_not_pending(*, make_node: Any, pinned: Any, resolved: bool) -> None:
    """Odd but relied on: a graph leaves them out and with them all that wait for them."""
    node, steps = make_node(), line("first", "second")
    steps[0].state = "completed"
    asked = workflow(*steps, execution_mode=PARALLEL, dependency_resolution_enabled=resolved)
    seen = brief(pinned.observe(lambda: node.process(asked)))
    seen["steps"] = states(*steps)
    pinned.check(seen)


@RESOLUTION
def test_results_are_those_of_the_runs(
    *, make_node: Any, pinned: Any, clock: Any, resolved: bool
) -> None:
    """Results come in the order of the wave; a class may run a step its own way."""
    node, steps = make_node(), loose("one", "two")
    asked_for: list[Any] = []

    async def run(running: Any, workflow_id: Any) -> Any:
        clock.advance(0.5)
        asked_for.append([running.step_name, workflow_id])
        return ({"thunk_id": f"{running.step_name} {number}"} for number in (1, 2))

    node._execute_single_step = run
    asked = workflow(*steps, execution_mode=PARALLEL, dependency_resolution_enabled=resolved)
    seen = brief(pinned.observe(lambda: node.process(asked)))
    seen["asked for"] = asked_for
    seen["steps"] = step_facts(*steps)
    pinned.check(seen)


def test_single_step(make_node: Any, pinned: Any, clock: Any) -> None:
    """Odd but relied on: the step is left in the state `running`, although it has an end."""
    node = make_node()
    running = step("one", thunk(1), thunk(2, thunk_type="effect", target_node_type="NodeEffect"))
    clock.advance(3)
    seen = pinned.observe(lambda: node._execute_single_step(running, "any workflow"))
    seen["step"] = step_facts(running)
    seen["results"] = running.results
    seen["same list"] = seen.value is running.results
    seen["idle"] = clock.run(node._execute_single_step(step("idle"), None))
    seen["emitted"] = node.emitted_thunks
    pinned.check(seen)


def test_called_directly(make_node: Any, pinned: Any) -> None:
    """Only steps of the input are run, and only those that the graph calls ready."""
    node = make_node()
    steps = line("first", "second")
    graph = node._build_dependency_graph([*steps, step("of the graph alone")])
    asked = workflow(steps[0], step("of the input alone"))
    seen = brief(pinned.observe(lambda: node._execute_parallel_workflow(asked, graph)))
    seen["graph"] = states(*graph.nodes.values())
    seen["waits for"] = list(graph.in_degree.values())
    seen["steps"] = states(*asked.steps)
    pinned.check(seen)
