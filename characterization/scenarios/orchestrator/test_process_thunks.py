"""Thunks that are emitted for the steps of a workflow."""

import asyncio
from typing import Any

from scenarios.orchestrator.conftest import (
    BATCH,
    MODES,
    PARALLEL,
    SEQUENTIAL,
    Emitter,
    brief,
    line,
    node_facts,
    step,
    step_facts,
    thunk,
    workflow,
)


def test_thunks_are_emitted_for_the_workflow(make_node: Any, pinned: Any, clock: Any) -> None:
    """Odd but relied on: a workflow id in the data is overwritten; the given data stay as is."""
    node = make_node()
    emitter = Emitter(node, clock)
    given = thunk(
        2,
        1,
        thunk_type="effect",
        target_node_type="NodeEffect",
        operation_data={"number": 2, "workflow_id": "mine"},
        priority=7,
        timeout_ms=450,
        retry_count=3,
        metadata={"colour": "red"},
    )
    steps = [step("first", thunk(1)), step("second", given)]
    told = {}
    for mode in (SEQUENTIAL, PARALLEL):
        for each in steps:
            each.state = "pending"
        emitter.calls.clear()
        seen = pinned.observe(
            lambda mode=mode: node.process(workflow(*steps, execution_mode=mode))
        )
        told[mode.value] = {"calls": list(emitter.calls), "emitted": seen.value.thunks_emitted}
    pinned.check({**told, "given": given, "table": node_facts(node)["emitted_thunks"]})


@MODES
def test_thunk_emission_switched_off(make_node: Any, pinned: Any, mode: Any) -> None:
    """Steps are run and counted all the same, and their results say `executed`."""
    node, steps = make_node(thunk_emission_enabled=False), line("first", "second")
    seen = brief(pinned.observe(lambda: node.process(workflow(*steps, execution_mode=mode))))
    seen["steps"] = step_facts(*steps)
    seen["emitted"] = node.emitted_thunks
    pinned.check(seen)


def test_thunk_emission_switched_off_meanwhile(make_node: Any, pinned: Any, clock: Any) -> None:
    """The switch is read anew for each thunk."""
    node = make_node()
    emitter = Emitter(node, clock)
    emitted = {}

    async def work(mode: Any) -> Any:
        node.thunk_emission_enabled = True
        several = step("several", thunk(1), thunk(2), thunk(3))
        task = asyncio.create_task(node.process(workflow(several, execution_mode=mode)))
        await asyncio.sleep(1.5)
        node.thunk_emission_enabled = False
        return await task

    for mode in (SEQUENTIAL, PARALLEL):
        emitter.calls.clear()
        seen = pinned.observe(lambda mode=mode: work(mode))
        emitted[mode.value] = [len(emitter.calls), len(seen.value.thunks_emitted)]
    pinned.check({"calls and thunks": emitted})


def test_steps_without_thunks(make_node: Any, pinned: Any) -> None:
    """They are completed and have no results."""
    node = make_node()
    told = {}
    for mode in (SEQUENTIAL, PARALLEL, BATCH):
        idle = [step("idle"), step("busy", thunk(1), thunk(2)), step("idle too")]
        seen = pinned.observe(
            lambda idle=idle, mode=mode: node.process(workflow(*idle, execution_mode=mode))
        )
        told[mode.value] = {
            "completed": seen.value.steps_completed,
            "balanced": seen.value.load_balanced_operations,
            "results": seen.value.results,
            "steps": step_facts(*idle),
        }
    pinned.check(told)
