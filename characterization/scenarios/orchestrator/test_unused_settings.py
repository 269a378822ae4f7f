"""Settings that change nothing, which callers have come to rely on."""

from typing import Any

from scenarios.orchestrator.conftest import (
    BATCH,
    PARALLEL,
    SEQUENTIAL,
    Emitter,
    Runner,
    brief,
    loose,
    node_facts,
    states,
    step,
    thunk,
    workflow,
)


def test_time_limits(make_node: Any, pinned: Any, clock: Any) -> None:
    """Odd but relied on: steps, thunks and workflows may take longer than they are allowed to."""
    told = {}
    for mode in (SEQUENTIAL, PARALLEL, BATCH):
        node = make_node(default_step_timeout_ms=100)
        slow = step("slow", thunk(1, timeout_ms=100), timeout_ms=100)
        Runner(node, clock, slow=[7])
        Emitter(node, clock, {1: [5]})
        asked = workflow(slow, execution_mode=mode, global_timeout_ms=1000)
        output = clock.run(node.process(asked))
        told[mode.value] = [output.processing_time_ms, states(slow)]
    pinned.check(told)


def test_repetitions(make_node: Any, pinned: Any, clock: Any) -> None:
    """Odd but relied on: nothing is ever tried again, whatever the strategy is called."""
    told = {}
    for mode in (SEQUENTIAL, PARALLEL, BATCH):
        node = make_node()
        failing = step("failing", thunk(1, retry_count=3), retry_count=3)
        emitter = Emitter(node, clock, {1: [0.5, ConnectionError("down")]})
        asked = workflow(failing, execution_mode=mode, failure_strategy="retry")
        output = clock.run(node.process(asked))
        told[mode.value] = {
            "completed and failed": [output.steps_completed, output.steps_failed],
            "emissions": len(emitter.calls),
            "steps": states(failing),
        }
    pinned.check(told)


def test_priorities(make_node: Any, pinned: Any, clock: Any) -> None:
    """Odd but relied on: urgent thunks wait for their turn like all others."""
    node, told = make_node(), {}
    for mode in (SEQUENTIAL, PARALLEL, BATCH):
        late = step("late", thunk(1, priority=1), thunk(2, priority=10))
        urgent = step("urgent", thunk(3, priority=10))
        output = clock.run(node.process(workflow(late, urgent, execution_mode=mode)))
        told[mode.value] = [
            f"{each.operation_data['number']} with priority {each.priority}"
            for each in output.thunks_emitted
        ]
    pinned.check(told)


def test_switches_and_limits_of_the_node(make_node: Any, pinned: Any) -> None:
    """Odd but relied on: the node's switch for dependencies and the queue size are only told."""
    node = make_node(dependency_resolution_enabled=False, max_thunk_queue_size=1)
    steps = [step("second", thunk(2, 1)), step("first", thunk(1))]
    seen = brief(pinned.observe(lambda: node.process(workflow(*steps))))
    pinned.check({"outcome": seen["outcome"], "state": node_facts(node)})


def test_modes_of_steps(make_node: Any, pinned: Any, clock: Any) -> None:
    """Odd but relied on: only the mode of the workflow counts."""
    told = {}
    for mode, other in ((SEQUENTIAL, PARALLEL), (PARALLEL, SEQUENTIAL)):
        node, steps = make_node(), loose("one", "two")
        for each in steps:
            each.execution_mode = other
        runner = Runner(node, clock)
        output = clock.run(node.process(workflow(*steps, execution_mode=mode)))
        told[mode.value] = {"waves": output.parallel_executions, "events": runner.events}
    pinned.check(told)
