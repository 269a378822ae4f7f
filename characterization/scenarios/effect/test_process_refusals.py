"""Orders that are refused before anybody is asked to carry them out."""

from typing import Any

import pytest
from scenarios.effect.conftest import API, Handler, node_facts, order

from omnibase_core.enums.enum_transaction_state import EnumTransactionState


def test_no_order_at_all(make_node: Any, pinned: Any) -> None:
    """Odd but relied on: None fails raw, before anything is counted."""
    node = make_node()
    seen = pinned.observe(lambda: node.process(None))
    seen["state"] = node_facts(node)
    pinned.check(seen)


@pytest.mark.parametrize("breaker", [True, False], ids=["breaker", "no_breaker"])
def test_effect_type_is_a_text(make_node: Any, pinned: Any, breaker: bool) -> None:
    """Odd but relied on: the error path needs an enum, so a raw AttributeError gets out."""
    node = make_node()
    asked = order(circuit_breaker_enabled=breaker)
    asked.effect_type = "api_call"
    seen = pinned.observe(lambda: node.process(asked))
    seen["during"] = seen.error.__context__
    seen["state"] = node_facts(node)
    pinned.check(seen)


def test_effect_type_of_another_enum(make_node: Any, pinned: Any) -> None:
    """Odd but relied on: refused, yet counted and given a breaker under the foreign name."""
    node = make_node()
    asked = order(circuit_breaker_enabled=True)
    asked.effect_type = EnumTransactionState.PENDING
    seen = pinned.observe(lambda: node.process(asked))
    seen["state"] = node_facts(node)
    pinned.check(seen)


@pytest.mark.parametrize("data", [[], None, "key"], ids=["list", "none", "text"])
def test_operation_data_is_no_mapping(make_node: Any, pinned: Any, data: Any) -> None:
    """Refused before the handler, without a retry and without a transaction."""
    node = make_node()
    node.effect_handlers[API] = handler = Handler("ok")
    asked = order(circuit_breaker_enabled=True)
    asked.operation_data = data
    seen = pinned.observe(lambda: node.process(asked))
    seen["calls"] = handler.calls
    seen["state"] = node_facts(node)
    pinned.check(seen)


@pytest.mark.parametrize("case", ["none", "text_type", "list_data", "good", "empty_data"])
def test_validation_alone(make_node: Any, pinned: Any, case: str) -> None:
    """Subclasses call the validation themselves and get its own errors, unwrapped."""
    asked = order()
    if case == "text_type":
        asked.effect_type, asked.operation_data = "api_call", []
    elif case == "list_data":
        asked.operation_data = [1]
    elif case == "good":
        asked.operation_data = {"raw": object()}
    node = make_node()
    pinned.check(
        pinned.observe(lambda: node._validate_effect_input(None if case == "none" else asked))
    )
