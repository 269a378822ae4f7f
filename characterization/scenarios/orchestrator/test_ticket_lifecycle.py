"""Tickets that are brought from one state to another."""

import asyncio
from typing import Any
from uuid import UUID

import pytest
from scenarios.orchestrator.conftest import node_facts, states

TICKET = UUID("00000000-0000-4000-8000-0000000000a0")
OTHERS = [UUID(int=number, version=4) for number in (901, 902)]


@pytest.mark.parametrize(
    "others", [[], OTHERS, OTHERS[:1]], ids=["no_others", "two_others", "one_other"]
)
def test_steps(make_node: Any, pinned: Any, others: list[UUID]) -> None:
    """The transition waits for the validation, and for the check of other tickets if any."""
    node = make_node()
    seen = pinned.observe(
        lambda: node._create_ticket_lifecycle_steps(TICKET, "open", "closed", others)
    )
    seen["emitted"] = node.emitted_thunks
    pinned.check(seen)


@pytest.mark.parametrize(
    "given",
    [
        pytest.param([], id="no_others"),
        pytest.param([None], id="none"),
        pytest.param([[]], id="empty"),
        pytest.param([OTHERS], id="two_others"),
    ],
)
def test_transition(make_node: Any, pinned: Any, given: list[Any]) -> None:
    """Odd but relied on: each transition is a workflow of its own, whose id is told as a text."""
    node, inputs = make_node(), []
    process = node.process

    async def noting(asked: Any) -> Any:
        inputs.append(asked)
        await asyncio.sleep(0.5)
        return await process(asked)

    node.process = noting
    seen = pinned.observe(
        lambda: node.orchestrate_rsd_ticket_lifecycle(TICKET, "open", "closed", *given)
    )
    asked = inputs[0]
    seen["input"] = {
        "mode": asked.execution_mode,
        "strategy": asked.failure_strategy,
        "resolved": asked.dependency_resolution_enabled,
        "metadata": {name: each.to_value() for name, each in asked.metadata.items()},
        "steps": states(*asked.steps),
    }
    seen["kinds"] = {name: type(each).__name__ for name, each in seen.value.items()}
    seen["state"] = node_facts(node)
    pinned.check(seen)


def test_failed_transition(make_node: Any, pinned: Any) -> None:
    """Odd but relied on: the strategy is called `rollback`, and nothing is rolled back."""
    node = make_node()
    real, calls = node.emit_thunk, []

    async def emit(**named: Any) -> Any:
        calls.append(named["operation_data"].get("effect_type"))
        await asyncio.sleep(1)
        if named["target_node_type"] == "NodeReducer":
            raise ConnectionError("down")
        return await real(**named)

    node.emit_thunk = emit
    seen = pinned.observe(
        lambda: node.orchestrate_rsd_ticket_lifecycle(
            ticket_id=TICKET,
            current_state="open",
            target_state="closed",
            dependency_tickets=OTHERS,
        )
    )
    seen["calls"] = calls
    seen["state"] = node_facts(node)
    pinned.check(seen)


def test_workflow_that_fails(make_node: Any, pinned: Any) -> None:
    """A failure of the workflow itself is raised to the caller."""

    def refuse(_asked: Any) -> None:
        raise ValueError("closed today")

    node = make_node(_validate_orchestrator_input=refuse)
    pinned.check(
        pinned.observe(lambda: node.orchestrate_rsd_ticket_lifecycle(TICKET, "open", "closed"))
    )


def test_same_state(make_node: Any, pinned: Any) -> None:
    """Nobody looks at the names of states."""
    node = make_node(thunk_emission_enabled=False)
    seen = pinned.observe(lambda: node.orchestrate_rsd_ticket_lifecycle("no id", "", ""))
    pinned.check(seen)


def test_steps_are_made_through_the_node(make_node: Any, pinned: Any) -> None:
    """A class may make other steps; what it gets in place of no tickets is an empty list."""
    node, asked = make_node(), []
    make = node._create_ticket_lifecycle_steps

    def noting(*given: Any) -> Any:
        asked.append(list(given))
        return make(*given)[:1]

    node._create_ticket_lifecycle_steps = noting
    seen = pinned.observe(
        lambda: node.orchestrate_rsd_ticket_lifecycle(TICKET, "open", "closed", None)
    )
    seen["asked"] = asked
    pinned.check(seen)
