"""Thunks that are emitted one by one."""

from typing import Any
from uuid import UUID

from scenarios.orchestrator.conftest import OPERATION, WORKFLOW, thunk_id

from omnibase_core.enums.enum_workflow_execution import EnumThunkType


def emitted(pinned: Any, node: Any, *given: Any, **named: Any) -> Any:
    seen = pinned.observe(lambda: node.emit_thunk(*given, **named))
    seen["table"] = [
        [key, type(key).__name__, len(thunks), thunks[-1] is seen.value]
        for key, thunks in node.emitted_thunks.items()
    ]
    return seen


def test_defaults(make_node: Any, pinned: Any, clock: Any) -> None:
    """Without a workflow in its data a thunk is kept under `default`."""
    node = make_node()
    clock.advance(4.5)
    pinned.check(emitted(pinned, node, EnumThunkType.EFFECT, "NodeEffect", {"a": 1}))


def test_everything_given(make_node: Any, pinned: Any, clock: Any) -> None:
    """The thunk always gets an id of its own, and is never repeated by itself."""
    node = make_node()
    clock.advance(4.5)
    seen = emitted(
        pinned,
        node,
        thunk_type=EnumThunkType.CUSTOM,
        target_node_type="Anything",
        operation_data={"workflow_id": "flow-1", "a": [1]},
        dependencies=[thunk_id(1), thunk_id(2)],
        priority=10,
        timeout_ms=100,
    )
    pinned.check(seen)


def test_keys_of_the_table(make_node: Any, pinned: Any, clock: Any) -> None:
    """Odd but relied on: the id is kept as it comes, so a text and its id are two workflows."""
    node = make_node()
    keys = [WORKFLOW, str(WORKFLOW), None, "", 7, WORKFLOW, OPERATION]
    for key in [*keys, "left out"]:
        data = {} if key == "left out" else {"workflow_id": key}
        clock.run(node.emit_thunk(EnumThunkType.REDUCE, "NodeReducer", data))
    told = [[key, type(key).__name__, len(each)] for key, each in node.emitted_thunks.items()]
    pinned.check({"table": told})


def test_what_the_caller_keeps(make_node: Any, pinned: Any) -> None:
    """The lists of the caller and of the thunk, and the logs, are told apart."""
    node = make_node(node_id="node-7")
    dependencies: list[UUID] = []
    data = {"a": 1}
    seen = emitted(pinned, node, EnumThunkType.COMPUTE, "NodeCompute", data, dependencies)
    seen["outcome"] = seen.value.metadata
    seen["same objects"] = [
        seen.value.operation_data is data,
        seen.value.dependencies is dependencies,
    ]
    pinned.check(seen)


ODD = {
    "priority 0": {"priority": 0},
    "priority 11": {"priority": 11},
    "timeout 99": {"timeout_ms": 99},
    "no target": {"target_node_type": ""},
    "key that is no key": {"operation_data": {"workflow_id": []}},
    "no data": {"operation_data": None},
    "type is a text": {"thunk_type": "compute"},
}


def test_odd_arguments(make_node: Any, pinned: Any) -> None:
    """Odd: a type given as a text is kept, and only then noticed, while the log is written."""
    usual = {
        "thunk_type": EnumThunkType.COMPUTE,
        "target_node_type": "NodeCompute",
        "operation_data": {},
    }
    told = {}
    for name, named in ODD.items():
        node = make_node()
        seen = pinned.observe(lambda node=node, named=named: node.emit_thunk(**{**usual, **named}))
        kept = [len(each) for each in node.emitted_thunks.values()]
        told[name] = {"outcome": seen["outcome"], "logs": len(seen["logs"]), "kept": kept}
    pinned.check(told)


def test_queue_limit_is_ignored(make_node: Any, pinned: Any, clock: Any) -> None:
    """Odd but relied on: neither the size of the queue nor the switch stops a direct emission."""
    node = make_node(max_thunk_queue_size=1, thunk_emission_enabled=False)
    for _ in range(3):
        clock.run(node.emit_thunk(EnumThunkType.ORCHESTRATE, "NodeOrchestrator", {}))
    pinned.check({"emitted": len(node.emitted_thunks["default"])})
