"""Counters and times for each mode, and the two reports about them."""

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest
from scenarios.orchestrator.conftest import WORKFLOW, Emitter, loose, workflow

REPORTS = pytest.mark.parametrize(
    "report", ["get_orchestration_metrics", "_get_orchestration_metrics_sync"]
)


def test_one_mode_step_by_step(make_node: Any, pinned: Any, clock: Any) -> None:
    """Failures count for all times and steps as well; the smallest time starts at infinity."""
    node, told = make_node(), []
    for run in [(20.0, True, 2), (40.0, False, 1), (6.0, True, 0), (14.0, True, 5)]:
        clock.run(node._update_orchestration_metrics("batch", *run))
        told.append(dict(node.orchestration_metrics["batch"]))
    pinned.check({"steps": told, "metrics of the node": node.metrics})


@pytest.mark.parametrize("time_ms", [0.0, -5.0], ids=["nothing", "negative"])
def test_odd_durations(make_node: Any, pinned: Any, clock: Any, time_ms: float) -> None:
    """Odd: a clock that was set back leaves the largest time at zero."""
    node = make_node()
    clock.run(node._update_orchestration_metrics("any text", time_ms, False, 3))
    pinned.check({"metrics": node.orchestration_metrics})


def test_modes_are_kept_apart(make_node: Any, pinned: Any, clock: Any) -> None:
    """What callers put into a table stays there."""
    node = make_node()
    clock.run(node._update_orchestration_metrics("batch", 8.0, True, 1))
    node.orchestration_metrics["batch"]["weight"] = 3.0
    node.orchestration_metrics["half"] = {"total_workflows": 4.0}
    clock.run(node._update_orchestration_metrics("batch", 2.0, True, 1))
    broken = pinned.observe(lambda: node._update_orchestration_metrics("half", 2.0, True, 1))
    pinned.check({"broken": broken, "metrics": node.orchestration_metrics})


@REPORTS
def test_of_a_fresh_node(make_node: Any, pinned: Any, report: str) -> None:
    """There are entries besides the modes, and only one of the reports has floats in them."""
    node = make_node()
    pinned.check(pinned.observe(getattr(node, report)))


@REPORTS
def test_of_a_busy_node(make_node: Any, pinned: Any, clock: Any, report: str) -> None:
    """Limits and tables are read anew; emitted thunks are counted over all workflows."""
    node = make_node(max_concurrent_workflows=7, load_balancing_enabled=False)
    node.register_condition_function("mine", len)
    node.active_workflows.update({"one": None, "two": None})
    node.emitted_thunks.update({WORKFLOW: [1, 2], "default": [3], "none": []})
    clock.run(node._update_orchestration_metrics("parallel", 20.0, True, 2))
    clock.run(node.load_balancer.acquire("a"))
    clock.run(node.load_balancer.acquire("b"))
    clock.run(node.load_balancer.acquire("b"))
    seen = pinned.observe(getattr(node, report))
    seen["modes are shared"] = seen.value["parallel"] is node.orchestration_metrics["parallel"]
    pinned.check(seen)


@REPORTS
def test_names_that_clash(make_node: Any, pinned: Any, report: str) -> None:
    """Odd but relied on: the entries of the node win over modes of the same name."""
    names = ["load_balancing", "workflow_management", "load_balancer_status", "mode"]
    node = make_node(orchestration_metrics={name: {} for name in names})
    pinned.check(pinned.observe(getattr(node, report)))


@REPORTS
@pytest.mark.parametrize(
    "broken",
    [
        pytest.param({"orchestration_metrics": None}, id="no_metrics"),
        pytest.param({"load_balancer": None}, id="no_balancer"),
        pytest.param({"condition_functions": None}, id="no_conditions"),
        pytest.param({"emitted_thunks": {"a": None}}, id="no_thunks"),
        pytest.param({"max_concurrent_workflows": "many"}, id="limit_of_text"),
        pytest.param({"active_workflows": None}, id="no_workflows"),
    ],
)
def test_that_cannot_be_made(
    make_node: Any, pinned: Any, report: str, broken: dict[str, Any]
) -> None:
    """Odd but relied on: only the synchronous report answers with the error."""
    node = make_node(node_id="node-7", **broken)
    pinned.check(pinned.observe(getattr(node, report)))


def test_balancer_of_a_callers_own(make_node: Any, pinned: Any) -> None:
    """Each report asks the balancer for something else."""
    stats = {"active_operations": 1, "max_concurrent": "2", "utilization": "inf"}
    balancer = SimpleNamespace(
        get_stats=lambda: {**stats, "total_operations": True}, active_operations=[1, 2, 3]
    )
    node = make_node(load_balancer=balancer)
    pinned.check(
        {
            "async": pinned.observe(node.get_orchestration_metrics)["outcome"],
            "sync": pinned.observe(node._get_orchestration_metrics_sync)["outcome"],
        }
    )


def test_while_workflows_run(make_node: Any, pinned: Any, clock: Any) -> None:
    """Workflows that wait for a slot are not active; a mode is listed once one has ended."""
    node = make_node(workflow_semaphore=asyncio.Semaphore(1))
    Emitter(node, clock)

    async def work() -> Any:
        ids = (WORKFLOW, WORKFLOW.__class__(int=5, version=4))
        both = [workflow(*loose("one"), workflow_id=each) for each in ids]
        tasks = [asyncio.create_task(node.process(each)) for each in both]
        await asyncio.sleep(0.5)
        early = await node.get_orchestration_metrics()
        await asyncio.sleep(1)
        late = await node.get_orchestration_metrics()
        await asyncio.gather(*tasks)
        return {"early": early, "late": late, "end": await node.get_orchestration_metrics()}

    told = pinned.observe(work)["outcome"]["returned"]
    for each in told.values():
        del each["load_balancing"]
    pinned.check(told)
