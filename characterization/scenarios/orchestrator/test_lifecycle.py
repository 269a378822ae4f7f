"""What the node adds to the lifecycle of its base class."""

import asyncio
from typing import Any
from uuid import UUID

from scenarios.orchestrator.conftest import Emitter, line, loose, node_facts, states, workflow

from omnibase_core.enums.enum_workflow_execution import EnumWorkflowState

FIRST = UUID("00000000-0000-4000-8000-0000000000f1")


def test_initialize(make_node: Any, pinned: Any, services: Any, bus: Any) -> None:
    """The limits are announced; nothing is acquired."""
    node = make_node(
        services(event_bus=bus), max_concurrent_workflows=9, thunk_emission_enabled=False
    )
    seen = pinned.observe(node.initialize)
    seen["status"] = node.state
    seen["events"] = bus.calls
    pinned.check(seen)


def test_initialize_without_a_limit(make_node: Any, pinned: Any, services: Any) -> None:
    """What goes wrong with the announcement keeps the node from getting ready."""
    node = make_node(services())
    del node.max_concurrent_workflows
    seen = pinned.observe(node.initialize)
    seen["status"] = node.state
    seen["metrics"] = node.metrics
    pinned.check(seen)


def test_resources_alone(make_node: Any, pinned: Any) -> None:
    """Neither hook touches the status of the node."""
    node = make_node(node_id="node-7")
    pinned.check(
        {
            "initialize": pinned.observe(node._initialize_node_resources),
            "cleanup": pinned.observe(node._cleanup_node_resources),
            "status": node.state,
        }
    )


def test_cleanup(make_node: Any, pinned: Any, services: Any, bus: Any) -> None:
    """Odd but relied on: states of workflows stay for ever, emitted thunks do not."""
    node = make_node(services(event_bus=bus))
    node.active_workflows.update({str(FIRST): workflow(*loose("a")), "by name": None})
    node.workflow_states.update(
        {"by name": EnumWorkflowState.RUNNING, "old": EnumWorkflowState.COMPLETED}
    )
    node.emitted_thunks["default"] = [1]
    tables = [node.active_workflows, node.emitted_thunks]
    seen = pinned.observe(node.cleanup)
    seen["state"] = node_facts(node)
    seen["same tables"] = [
        tables[0] is node.active_workflows,
        tables[1] is node.emitted_thunks,
    ]
    seen["status"] = node.state
    seen["events"] = bus.calls
    pinned.check(seen)


def test_cleanup_while_a_workflow_runs(make_node: Any, pinned: Any, clock: Any) -> None:
    """Odd but relied on: the workflow goes on, and its state becomes `completed` after all."""
    node, steps = make_node(), line("first", "second")
    Emitter(node, clock)

    async def work() -> Any:
        task = asyncio.create_task(node.process(workflow(*steps)))
        await asyncio.sleep(1.5)
        await node.cleanup()
        between = [node_facts(node), states(*steps)]
        return [between, (await task).workflow_state]

    seen = pinned.observe(work)
    seen["state"] = node_facts(node)
    pinned.check(seen)


def test_cleanup_of_broken_tables(make_node: Any, pinned: Any) -> None:
    """A failed cleanup is logged; what was cancelled before stays cancelled."""
    node = make_node(emitted_thunks=None)
    node.active_workflows["by name"] = None
    seen = pinned.observe(node.cleanup)
    seen["tables"] = [node.active_workflows, node.workflow_states]
    seen["status"] = node.state
    pinned.check(seen)


def test_process_after_cleanup(make_node: Any, pinned: Any, clock: Any) -> None:
    """Odd but relied on: a node that was cleaned up works as before."""
    node = make_node()
    clock.run(node.cleanup())
    seen = pinned.observe(lambda: node.process(workflow(*loose("one"))))
    seen["outcome"] = seen.value.workflow_state
    seen["status"] = node.state
    pinned.check(seen)


def test_performance_metrics(make_node: Any, pinned: Any, clock: Any) -> None:
    """Workflows count once each, whatever became of their steps; refused ones are errors."""
    node = make_node()
    Emitter(node, clock, {2: [3, OSError("full")]})
    for asked in (
        workflow(*loose("good")),
        workflow(*loose("good", "bad"), failure_strategy="continue_on_error"),
        workflow(*loose("good", "bad")),
        workflow(),
    ):
        pinned.observe(lambda asked=asked: node.process(asked))
    seen = pinned.observe(node.get_performance_metrics)
    seen["identity"] = [node.get_node_type(), node.get_version(), node.get_state()]
    pinned.check(seen)
