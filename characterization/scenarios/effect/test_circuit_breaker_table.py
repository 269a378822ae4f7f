"""The table of breakers, which callers may read, fill and replace."""

from typing import Any

from scenarios.effect.conftest import API, Handler, node_facts, order

from omnibase_core.models.infrastructure.model_circuit_breaker import ModelCircuitBreaker

GUARDED = {"circuit_breaker_enabled": True, "retry_enabled": False}
DOWN = ConnectionError("down")


def test_is_made_once_for_each_name(make_node: Any, pinned: Any) -> None:
    """Any name gets a breaker with the defaults, and keeps it until somebody replaces it."""
    node = make_node()
    made = node._get_circuit_breaker("some service")
    again = node._get_circuit_breaker("some service")
    other = node._get_circuit_breaker("")
    node.circuit_breakers["some service"] = mine = ModelCircuitBreaker(failure_threshold=1)
    seen = pinned.observe(lambda: vars(node._get_circuit_breaker("some service")))
    seen["same"] = [
        made is again,
        made is other,
        mine is node._get_circuit_breaker("some service"),
    ]
    seen["state"] = node_facts(node)
    pinned.check(seen)


def test_whatever_is_in_the_table_is_returned(make_node: Any, pinned: Any) -> None:
    """A name that is in the table is never given a new breaker, not even if it stands for None."""
    node = make_node(circuit_breakers={"disabled": None})
    seen = pinned.observe(lambda: node._get_circuit_breaker("disabled"))
    seen["names"] = node.circuit_breakers
    pinned.check(seen)


def test_replaced_breaker_is_used(make_node: Any, pinned: Any, clock: Any) -> None:
    """Other settings come with a breaker of one's own, put into the table."""
    node = make_node()
    node.effect_handlers[API] = Handler(DOWN, "ok", "ok")
    node.circuit_breakers["api_call"] = ModelCircuitBreaker(1, 5, 0)
    failed = pinned.observe(lambda: node.process(order(**GUARDED)))
    clock.advance(5.5)
    probe = pinned.observe(lambda: node.process(order(**GUARDED)))
    pinned.check({"failed": failed, "probe": probe, "state": node_facts(node)})


def test_replaced_while_the_handler_runs(make_node: Any, pinned: Any) -> None:
    """The breaker that hears about the outcome is the one in the table at that time."""
    node = make_node()
    first = node._get_circuit_breaker("api_call")
    second = ModelCircuitBreaker()
    second.failure_count = 3

    async def replaces(_data: Any, _transaction: Any) -> str:
        node.circuit_breakers["api_call"] = second
        return "ok"

    node.effect_handlers[API] = replaces
    first.failure_count = 2
    seen = pinned.observe(lambda: node.process(order(**GUARDED)))
    seen["breakers"] = {"first": vars(first), "second": vars(second)}
    pinned.check(seen)
