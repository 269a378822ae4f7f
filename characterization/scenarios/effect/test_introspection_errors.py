"""What a node tells about itself when a part of it is broken."""

from types import SimpleNamespace
from typing import Any

import pytest

from omnibase_core.enums.enum_effect_type import EnumEffectType
from omnibase_core.models.infrastructure.model_transaction import ModelTransaction

BROKEN = {
    "state": None,
    "created_at": "yesterday",
    "effect_handlers": {EnumEffectType.API_CALL: None, "by name": None},
    "effect_semaphore": None,
    "active_transactions": None,
    "circuit_breakers": None,
    "effect_metrics": None,
}


@pytest.mark.parametrize(("name", "value"), BROKEN.items(), ids=list(BROKEN))
def test_broken(make_node: Any, pinned: Any, name: str, value: Any) -> None:
    """Odd but relied on: some parts mend themselves, others cost the whole answer."""
    node = make_node(**{name: value})
    pinned.check(pinned.observe(node.get_introspection_data))


def test_deleted_limit(make_node: Any, pinned: Any, clock: Any) -> None:
    """The reduced answer tells the reason, and its time is that of the answer."""
    node = make_node()
    del node.default_timeout_ms
    clock.advance(2.25)
    pinned.check(pinned.observe(node.get_introspection_data))


def test_broken_part(make_node: Any, pinned: Any) -> None:
    """A part that a class has replaced may fail; the id in the log is text, in the answer not."""

    def broken() -> None:
        raise LookupError("nothing known")

    node = make_node(_extract_effect_constraints=broken)
    pinned.check(pinned.observe(node.get_introspection_data))


def test_the_reduced_answer_can_break_as_well(make_node: Any, pinned: Any) -> None:
    """Odd but relied on: it counts the handlers, and without a table it raises as it is."""
    node = make_node(effect_handlers=None)
    seen = pinned.observe(node.get_introspection_data)
    seen["context"] = seen.error.__context__
    pinned.check(seen)


@pytest.mark.parametrize(
    "handlers",
    [None, {"by name": None}, {EnumEffectType.API_CALL: None, 7: None}],
    ids=["none", "name", "second_is_odd"],
)
def test_operations(make_node: Any, pinned: Any, handlers: Any) -> None:
    """Odd but relied on: an odd key ends the list, the parts of transactions are missing then."""
    node = make_node(effect_handlers=handlers, node_id="node-7")
    pinned.check(pinned.observe(node._extract_effect_operations))


@pytest.mark.parametrize(
    "name", ["active_transactions", "effect_semaphore", "circuit_breakers", "effect_handlers"]
)
def test_resource_usage(make_node: Any, pinned: Any, name: str) -> None:
    """Odd but relied on: unlike its neighbours, this part does not give the error."""
    node = make_node(node_id="node-7", **{name: None})
    pinned.check(pinned.observe(node._get_effect_resource_usage))


def test_resource_usage_without_a_limit(make_node: Any, pinned: Any) -> None:
    node = make_node(node_id="node-7")
    del node.max_concurrent_effects
    pinned.check(pinned.observe(node._get_effect_resource_usage))


@pytest.mark.parametrize("broken", [None, {"a": None}], ids=["no_table", "no_transaction"])
def test_transaction_status(make_node: Any, pinned: Any, broken: Any) -> None:
    """One transaction that cannot be described costs the description of all."""
    node = make_node(node_id="node-7", active_transactions=broken)
    pinned.check(pinned.observe(node._get_transaction_status))


def test_transaction_status_of_a_half_made_transaction(make_node: Any, pinned: Any) -> None:
    """The state of the second one is no enum member."""
    odd = ModelTransaction(None)
    odd.state = "active"
    node = make_node(active_transactions={"good": ModelTransaction(None), "odd": odd})
    pinned.check(pinned.observe(node._get_transaction_status))


@pytest.mark.parametrize("broken", [None, {"a": None}], ids=["no_table", "no_breaker"])
def test_circuit_breaker_status(make_node: Any, pinned: Any, broken: Any) -> None:
    """One breaker that cannot be described costs the description of all."""
    node = make_node(node_id="node-7", circuit_breakers=broken)
    pinned.check(pinned.observe(node._get_circuit_breaker_status))


def test_circuit_breaker_status_of_a_breaker_without_a_state(make_node: Any, pinned: Any) -> None:
    """A breaker of a caller's own making has to have all that is told."""
    node = make_node(circuit_breakers={"own": SimpleNamespace(state=None)})
    pinned.check(pinned.observe(node._get_circuit_breaker_status))
