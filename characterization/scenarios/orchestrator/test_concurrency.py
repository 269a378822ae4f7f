"""Several workflows at a time, and workflows that are cancelled."""

import asyncio
from typing import Any
from uuid import UUID

import pytest
from scenarios.orchestrator.conftest import (
    PARALLEL,
    SEQUENTIAL,
    WAYS,
    Emitter,
    Runner,
    line,
    loose,
    node_facts,
    states,
    step,
    thunk,
    workflow,
)


def numbered(number: int, **settings: Any) -> Any:
    """Return a workflow of one step, whose thunk has the number of the workflow."""
    only = step(f"step {number}", thunk(number))
    return workflow(only, workflow_id=UUID(int=number, version=4), **settings)


def begins(emitter: Emitter) -> list[Any]:
    return [[at, named["operation_data"]["number"]] for at, _, named in emitter.calls]


def test_five_at_a_time(make_node: Any, pinned: Any, clock: Any) -> None:
    """Seven workflows: two wait for a slot, in the order in which they came."""
    node = make_node()
    emitter = Emitter(node, clock, {number: [1 + number / 100] for number in range(7)})

    async def work() -> list[Any]:
        outputs = await asyncio.gather(*[node.process(numbered(each)) for each in range(7)])
        return [each.processing_time_ms for each in outputs]

    seen = pinned.observe(work)
    seen["begins"] = begins(emitter)
    seen["state"] = node_facts(node)
    pinned.check({name: seen[name] for name in ("outcome", "begins", "state")})


def test_waiting_counts_as_processing(make_node: Any, pinned: Any, clock: Any) -> None:
    """Odd but relied on: a workflow that waits for its slot has no state yet, but a time."""
    node, during = make_node(workflow_semaphore=asyncio.Semaphore(1)), []
    Emitter(node, clock)

    async def work() -> Any:
        tasks = [asyncio.create_task(node.process(numbered(each))) for each in (1, 2)]
        await asyncio.sleep(0.5)
        during.append(node_facts(node))
        return [each.processing_time_ms for each in await asyncio.gather(*tasks)]

    seen = pinned.observe(work)
    seen["during"] = during
    seen["state"] = node_facts(node)
    pinned.check(seen)


def test_semaphore_replaced_and_limit_changed(make_node: Any, pinned: Any, clock: Any) -> None:
    """Odd but relied on: only the semaphore limits, the number is what the node reports."""
    node = make_node(max_concurrent_workflows=1)
    emitter = Emitter(node, clock)
    old, new = node.workflow_semaphore, asyncio.Semaphore(1)
    slots: list[Any] = []

    async def work() -> Any:
        first = [asyncio.create_task(node.process(numbered(each))) for each in (1, 2)]
        await asyncio.sleep(0.5)
        node.workflow_semaphore = new
        second = [asyncio.create_task(node.process(numbered(each))) for each in (3, 4)]
        await asyncio.sleep(0.25)
        slots.append([old._value, new._value])
        return [each.steps_completed for each in await asyncio.gather(*first, *second)]

    seen = pinned.observe(work)
    pinned.check(
        {
            "outcome": seen["outcome"],
            "begins": begins(emitter),
            "slots": [*slots, [old._value, new._value]],
        }
    )


def test_same_id_at_the_same_time(make_node: Any, pinned: Any, clock: Any) -> None:
    """Odd but relied on: they share entries, and the first to end takes the active one."""
    node, during = make_node(), []
    Emitter(node, clock, {1: [1], 2: [2, OSError("full")]})

    async def work() -> Any:
        both = [workflow(step("one", thunk(1))), workflow(step("two", thunk(2)))]
        tasks = [asyncio.create_task(node.process(each)) for each in both]
        await asyncio.sleep(1.5)
        during.append(node_facts(node))
        return [
            type(each).__name__ for each in await asyncio.gather(*tasks, return_exceptions=True)
        ]

    seen = pinned.observe(work)
    seen["during"] = during
    seen["state"] = node_facts(node)
    pinned.check(seen)


async def cancelled_after(seconds: float, work: Any) -> Any:
    task = asyncio.create_task(work)
    await asyncio.sleep(seconds)
    task.cancel()
    return await task


@WAYS
def test_cancelled(make_node: Any, pinned: Any, clock: Any, mode: Any) -> None:
    """Odd but relied on: nothing is counted, and the state of the workflow stays `running`."""
    node, steps = make_node(), line("first", "second")
    runner = Runner(node, clock, first=[2], second=[2])
    Emitter(node, clock, {1: [1], 2: [2]})
    asked = workflow(*steps, execution_mode=mode)
    seen = pinned.observe(lambda: cancelled_after(1.5, node.process(asked)))
    seen["events"] = runner.events
    seen["steps"] = states(*steps)
    seen["balancer"] = [
        node.load_balancer.get_stats()["active_operations"],
        node.load_balancer.semaphore._value,
    ]
    seen["state"] = node_facts(node)
    pinned.check(seen)


def test_cancelled_while_waiting_for_a_slot(make_node: Any, pinned: Any) -> None:
    """It leaves no trace."""
    node = make_node(workflow_semaphore=asyncio.Semaphore(0))
    seen = pinned.observe(lambda: cancelled_after(2, node.process(workflow(*loose("one")))))
    seen["state"] = node_facts(node)
    pinned.check(seen)


@pytest.mark.parametrize("mode", [SEQUENTIAL, PARALLEL], ids=lambda each: each.value)
def test_step_that_is_cancelled(make_node: Any, pinned: Any, clock: Any, mode: Any) -> None:
    """Odd but relied on: a step that cancels itself ends the workflow without a failure."""
    node, steps = make_node(), loose("good", "cancelled", "next")
    error = asyncio.CancelledError("enough")
    Runner(node, clock, cancelled=[1, error])
    Emitter(node, clock, {2: [1, error]})
    asked = workflow(*steps, execution_mode=mode, failure_strategy="continue_on_error")
    seen = pinned.observe(lambda: node.process(asked))
    seen["steps"] = states(*steps)
    seen["state"] = node_facts(node)
    pinned.check(seen)
