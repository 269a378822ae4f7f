"""Workflows whose steps run one after the other."""

from typing import Any

import pytest
from scenarios.orchestrator.conftest import (
    CUSTOM,
    IF_FALSE,
    IF_TRUE,
    RESOLUTION,
    VALUE,
    Emitter,
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


def in_order(emitter: Emitter) -> list[Any]:
    return [[at, named["operation_data"]["number"]] for at, _, named in emitter.calls]


@RESOLUTION
def test_order(*, make_node: Any, pinned: Any, clock: Any, resolved: bool) -> None:
    """Dependencies decide, then the order of the input; later dependents come last."""
    node = make_node()
    emitter = Emitter(node, clock)
    steps = [
        step("waits for both", thunk(1, 3, 4)),
        step("free", thunk(2)),
        step("first", thunk(3)),
        step("second", thunk(4, 3)),
        step("free too", thunk(5)),
        step("waits for free", thunk(6, 2)),
    ]
    asked = workflow(*steps, dependency_resolution_enabled=resolved)
    seen = brief(pinned.observe(lambda: node.process(asked)))
    seen["emitted in order"] = in_order(emitter)
    seen["steps"] = step_facts(*steps)
    pinned.check(seen)


@RESOLUTION
@pytest.mark.parametrize("strategy", ["fail_fast", "continue_on_error"])
def test_failed_step(
    *, make_node: Any, pinned: Any, clock: Any, strategy: str, resolved: bool
) -> None:
    """Odd but relied on: every other text goes on, with the dependents of the failed step too."""
    node, steps = make_node(), line("first", "second", "third")
    emitter = Emitter(node, clock, {2: [0.5, ConnectionError("down")]})
    asked = workflow(*steps, failure_strategy=strategy, dependency_resolution_enabled=resolved)
    seen = brief(pinned.observe(lambda: node.process(asked)))
    seen["emitted in order"] = in_order(emitter)
    seen["steps"] = step_facts(*steps)
    seen["state"] = node_facts(node)
    pinned.check(seen)


def test_every_step_fails(make_node: Any, pinned: Any, clock: Any) -> None:
    """Odd but relied on: the output says `failed`, the table of states `completed`."""
    node, steps = make_node(), loose("first", "second")
    Emitter(node, clock, {1: [0, OSError("one")], 2: [0, OSError("two")]})
    asked = workflow(*steps, failure_strategy="retry")
    seen = brief(pinned.observe(lambda: node.process(asked)))
    seen["steps"] = step_facts(*steps)
    seen["state"] = node_facts(node)
    pinned.check(seen)


def test_step_that_fails_halfway(make_node: Any, pinned: Any, clock: Any) -> None:
    """Odd: its first thunk was emitted and is listed, yet the step has no results."""
    node = make_node()
    Emitter(node, clock, {2: [1, OSError("full")]})
    halfway = step("halfway", thunk(1), thunk(2), thunk(3))
    last = step("last", thunk(4))
    asked = workflow(halfway, last, failure_strategy="continue_on_error")
    seen = brief(pinned.observe(lambda: node.process(asked)))
    seen["steps"] = step_facts(halfway, last)
    pinned.check(seen)


@RESOLUTION
@pytest.mark.parametrize("condition", [IF_FALSE, IF_TRUE], ids=VALUE)
def test_condition(
    *, make_node: Any, pinned: Any, clock: Any, condition: Any, resolved: bool
) -> None:
    """Odd but relied on: a skipped step is not counted, and its dependents run all the same."""
    node, steps = make_node(), line("first", "second", "third")
    emitter = Emitter(node, clock)
    steps[1].condition = condition
    asked = workflow(*steps, dependency_resolution_enabled=resolved)
    seen = brief(pinned.observe(lambda: node.process(asked)))
    seen["emitted in order"] = in_order(emitter)
    seen["steps"] = step_facts(*steps)
    seen["state"] = node_facts(node)
    pinned.check(seen)


def test_condition_of_its_own(make_node: Any, pinned: Any, clock: Any) -> None:
    """The function gets the step and the results so far, those of skipped steps not included."""
    node, calls = make_node(), []

    def decide(asked: Any, results: list[Any]) -> Any:
        calls.append([asked.step_name, asked.state, list(results)])
        clock.advance(0.5)
        return len(results) < 2 and "any true value"

    steps = [
        step("one", thunk(1), condition=CUSTOM, condition_function=decide),
        step("two", thunk(2), thunk(3), condition=CUSTOM, condition_function=decide),
        step("three", thunk(4), condition=CUSTOM, condition_function=decide),
    ]
    seen = brief(pinned.observe(lambda: node.process(workflow(*steps))))
    seen["calls"] = calls
    seen["steps"] = step_facts(*steps)
    pinned.check(seen)


@pytest.mark.parametrize("strategy", ["fail_fast", "continue_on_error"])
def test_condition_that_fails(make_node: Any, pinned: Any, strategy: str) -> None:
    """A condition that cannot be decided is a failure of its step."""
    node = make_node()

    def broken(_step: Any, _results: Any) -> None:
        raise LookupError("no such order")

    steps = loose("first", "second")
    steps[0].condition, steps[0].condition_function = CUSTOM, broken
    asked = workflow(*steps, failure_strategy=strategy)
    seen = brief(pinned.observe(lambda: node.process(asked)))
    seen["steps"] = step_facts(*steps)
    seen["state"] = node_facts(node)
    pinned.check(seen)


def test_conditions_are_evaluated_through_the_node(make_node: Any, pinned: Any) -> None:
    """A class may decide its own way; steps without a condition are not put before it."""
    node, calls = make_node(), []

    async def evaluate(asked: Any, results: Any) -> Any:
        calls.append([asked.step_name, len(results)])
        return asked.step_name == "run"

    node._evaluate_condition = evaluate
    steps = loose("free", "skip", "run")
    steps[1].condition = steps[2].condition = IF_FALSE
    seen = pinned.observe(lambda: node.process(workflow(*steps)))
    seen["outcome"] = seen.value.steps_completed
    seen["calls"] = calls
    seen["steps"] = states(*steps)
    pinned.check(seen)


def test_called_directly(make_node: Any, pinned: Any) -> None:
    """The steps of the graph are run, and not those of the input, which decide without one."""
    node = make_node()
    graph = node._build_dependency_graph(line("first of the graph", "second of the graph"))
    asked = workflow(*loose("only of the input"))
    with_graph = pinned.observe(lambda: node._execute_sequential_workflow(asked, graph))
    without = pinned.observe(lambda: node._execute_sequential_workflow(asked, None))
    pinned.check(
        {
            "with graph": brief(with_graph),
            "graph": {"in_degree": graph.in_degree, "states": states(*graph.nodes.values())},
            "without": without.value.steps_completed,
            "input": states(*asked.steps),
            "state": node_facts(node),
        }
    )
