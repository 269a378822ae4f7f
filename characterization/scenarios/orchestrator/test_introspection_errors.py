"""What a node tells about itself when a part of it is broken."""

from typing import Any

import pytest

from omnibase_core.enums.enum_workflow_execution import EnumExecutionMode

BROKEN = {
    "state": None,
    "created_at": "yesterday",
    "load_balancer": None,
    "orchestration_metrics": {"batch": {}},
}
LIMITS = [
    "max_concurrent_workflows",
    "default_step_timeout_ms",
    "max_thunk_queue_size",
    "thunk_emission_enabled",
    "load_balancing_enabled",
    "dependency_resolution_enabled",
]


@pytest.mark.parametrize(("name", "value"), BROKEN.items(), ids=list(BROKEN))
def test_broken(make_node: Any, pinned: Any, name: str, value: Any) -> None:
    """Odd but relied on: some parts mend themselves, others cost the whole answer."""
    node = make_node(**{name: value})
    seen = pinned.observe(node.get_introspection_data)
    told = seen.value
    pinned.check(
        {
            "sections": sorted(told),
            "runtime": told["runtime_information"],
            "metadata": told["introspection_metadata"],
            "logs": seen["logs"],
        }
    )


@pytest.mark.parametrize("name", LIMITS)
def test_deleted_setting(make_node: Any, pinned: Any, clock: Any, name: str) -> None:
    """The reduced answer tells the reason; parts that mend themselves complain before."""
    node = make_node(node_id="node-7")
    delattr(node, name)
    clock.advance(2.25)
    pinned.check(pinned.observe(node.get_introspection_data))


def test_broken_part(make_node: Any, pinned: Any) -> None:
    """A part that a class has replaced may fail."""

    def broken() -> None:
        raise LookupError("nothing known")

    node = make_node(_extract_coordination_constraints=broken)
    pinned.check(pinned.observe(node.get_introspection_data))


def test_the_reduced_answer_can_break_as_well(make_node: Any, pinned: Any) -> None:
    """Odd but relied on: it counts the conditions, and without a table it raises as it is."""
    node = make_node(condition_functions=None)
    seen = pinned.observe(node.get_introspection_data)
    seen["context"] = seen.error.__context__
    pinned.check(seen)


def test_configuration_and_usage(make_node: Any, pinned: Any) -> None:
    """Odd but relied on: one of the two falls back on a limit, which may be the missing one."""
    told = {}
    for name in LIMITS:
        node = make_node(node_id="node-7", max_concurrent_workflows=9)
        delattr(node, name)
        told[name] = [
            pinned.observe(node._extract_workflow_configuration),
            pinned.observe(node._get_orchestrator_resource_usage),
        ]
    pinned.check(told)


def test_operations_of_an_odd_mode(
    make_node: Any, pinned: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Odd but relied on: a mode without a text ends the list, what comes after it is missing."""

    class Mute:
        def __str__(self) -> str:
            raise RuntimeError("no text")

    monkeypatch.setattr(EnumExecutionMode.CONDITIONAL, "_value_", Mute())
    node = make_node(node_id="node-7")
    pinned.check(pinned.observe(node._extract_orchestrator_operations))


@pytest.mark.parametrize(
    "metrics",
    [None, {"batch": {"success_count": 1.0}}, {"batch": {"error_count": 1.0}}],
    ids=["none", "no_errors", "no_successes"],
)
def test_workflow_state(make_node: Any, pinned: Any, metrics: Any) -> None:
    """One table without a counter costs all of the state."""
    node = make_node(node_id="node-7", orchestration_metrics=metrics)
    pinned.check(pinned.observe(node._get_workflow_state))
