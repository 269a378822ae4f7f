"""Workflows that are balanced first, and then run once more."""

import asyncio
from typing import Any

import pytest
from scenarios.orchestrator.conftest import (
    BATCH,
    IF_FALSE,
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


class Balancer:
    """A load balancer that notes its calls and refuses when told to."""

    def __init__(self, *refuses: str) -> None:
        self.refuses = refuses
        self.calls: list[Any] = []
        self.names: dict[str, str] = {}

    async def acquire(self, operation_id: Any) -> Any:
        name = self.names[operation_id]
        self.calls.append(["acquire", name, type(operation_id).__name__])
        return name not in self.refuses

    def release(self, operation_id: Any) -> None:
        self.calls.append(["release", self.names[operation_id], type(operation_id).__name__])


def mixed() -> list[Any]:
    """Return steps of several kinds; the first thunk of a step says which kind it is."""
    return [
        step("effect", thunk(1, thunk_type="effect"), thunk(2, thunk_type="compute")),
        step("idle"),
        step("compute", thunk(3)),
        step("effect too", thunk(4, 3, thunk_type="effect")),
        step("reduce", thunk(5, thunk_type="reduce")),
    ]


def test_kind_by_kind(make_node: Any, pinned: Any, clock: Any) -> None:
    """Odd but relied on: every step with thunks runs twice, first by kind, then in its order."""
    node, steps = make_node(), mixed()
    runner = Runner(node, clock)
    seen = brief(pinned.observe(lambda: node.process(workflow(*steps, execution_mode=BATCH))))
    seen["events"] = runner.events
    seen["steps"] = step_facts(*steps)
    seen["state"] = node_facts(node)
    pinned.check(seen)


@pytest.mark.parametrize("input_flag", [True, False], ids=["input", "no_input"])
@pytest.mark.parametrize("node_flag", [True, False], ids=["node", "no_node"])
def test_flags_are_ignored(
    *, make_node: Any, pinned: Any, input_flag: bool, node_flag: bool
) -> None:
    """Odd but relied on: load is balanced whatever the flags say."""
    node = make_node(load_balancing_enabled=node_flag)
    asked = workflow(*loose("one"), execution_mode=BATCH, load_balancing_enabled=input_flag)
    seen = pinned.observe(lambda: node.process(asked))
    pinned.check({"balanced": seen.value.load_balanced_operations})


def test_a_balancer_that_refuses(make_node: Any, pinned: Any, clock: Any) -> None:
    """A slot that was refused is not given back; the second pass runs the step all the same."""
    balancer = Balancer("compute")
    node, steps = make_node(load_balancer=balancer), mixed()
    balancer.names = {str(each.step_id): each.step_name for each in steps}
    runner = Runner(node, clock)
    seen = brief(pinned.observe(lambda: node.process(workflow(*steps, execution_mode=BATCH))))
    seen["calls"] = balancer.calls
    seen["events"] = runner.events
    seen["steps"] = states(*steps)
    pinned.check(seen)


@pytest.mark.parametrize("strategy", ["fail_fast", "continue_on_error"])
def test_failed_step(make_node: Any, pinned: Any, clock: Any, strategy: str) -> None:
    """Odd but relied on: a failure of the first pass always counts; its slot is given back."""
    node, steps = make_node(), loose("good", "bad", "next")
    runner = Runner(node, clock, bad=[0.5, ConnectionError("down")])
    asked = workflow(*steps, execution_mode=BATCH, failure_strategy=strategy)
    seen = pinned.observe(lambda: node.process(asked))
    seen["events"] = runner.events
    seen["steps"] = step_facts(*steps)
    seen["free slots of the balancer"] = node.load_balancer.semaphore._value
    seen["state"] = node_facts(node)
    pinned.check(seen)


def test_slots_are_waited_for(make_node: Any, pinned: Any, clock: Any) -> None:
    """Steps wait until the balancer has a slot; the counts of its operations stay."""
    node, steps = make_node(), line("first", "second")
    runner, during = Runner(node, clock), []
    balancer = node.load_balancer

    async def work() -> Any:
        for number in range(20):
            await balancer.acquire(f"other {number}")
        task = asyncio.create_task(node.process(workflow(*steps, execution_mode=BATCH)))
        await asyncio.sleep(2)
        during.append([dict(balancer.get_stats()), states(*steps)])
        balancer.release("other 0")
        await asyncio.sleep(0.5)
        during.append([dict(balancer.get_stats()), states(*steps)])
        return await task

    seen = brief(pinned.observe(work))
    seen["during"] = during
    seen["events"] = runner.events
    seen["counts"] = [balancer.operation_counts[str(each.step_id)] for each in steps]
    seen["active"] = len(balancer.active_operations)
    seen["free"] = balancer.semaphore._value
    pinned.check(seen)


def test_conditions_hold_for_the_second_pass_only(make_node: Any, pinned: Any) -> None:
    """Odd but relied on: the skipped step has been run, and stays in the state `running`."""
    node, steps = make_node(), loose("never", "always")
    steps[0].condition = IF_FALSE
    seen = brief(pinned.observe(lambda: node.process(workflow(*steps, execution_mode=BATCH))))
    seen["steps"] = step_facts(*steps)
    pinned.check(seen)


def test_groups(make_node: Any, pinned: Any) -> None:
    """The first thunk decides; steps without thunks are in no group."""
    node, steps = make_node(), mixed()
    seen = pinned.observe(lambda: node._group_steps_by_type(steps))
    seen["outcome"] = [
        [kind, [each.step_name for each in group]] for kind, group in seen.value.items()
    ]
    seen["same objects"] = seen.value["effect"][1] is steps[3]
    seen["nothing"] = node._group_steps_by_type([])
    pinned.check(seen)
