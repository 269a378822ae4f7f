"""When a breaker opens, whom it refuses, and how it recovers."""

import asyncio
from typing import Any

import pytest
from scenarios.effect.conftest import API, DATABASE, Handler, node_facts, order

from omnibase_core.enums.enum_circuit_breaker_state import EnumCircuitBreakerState

GUARDED = {"circuit_breaker_enabled": True, "retry_enabled": False}
DOWN = ConnectionError("down")


def _breaker(node: Any) -> dict[str, Any]:
    return dict(vars(node.circuit_breakers["api_call"]))


def _opened(make_node: Any, clock: Any, *later: Any) -> tuple[Any, Handler]:
    """Return a node whose breaker has just opened, and its handler with the turns to come."""
    node = make_node()
    node.effect_handlers[API] = handler = Handler(*[DOWN] * 5, *later)

    async def fail() -> None:
        for _ in range(5):
            await asyncio.gather(node.process(order(**GUARDED)), return_exceptions=True)

    clock.run(fail())
    return node, handler


def test_unused_unless_asked_for(make_node: Any, pinned: Any) -> None:
    """An effect that does not ask for a breaker is neither counted nor refused by it."""
    node = make_node()
    node.effect_handlers[API] = Handler(DOWN, "ok")
    unguarded = {"retry_enabled": False}
    first = pinned.observe(lambda: node.process(order(**unguarded)))
    made = node._get_circuit_breaker("api_call")
    made.state = EnumCircuitBreakerState.OPEN
    second = pinned.observe(lambda: node.process(order(**unguarded)))
    pinned.check({"failure": first, "success": second, "state": node_facts(node)})


@pytest.mark.parametrize("failures", [1, 4, 5, 6])
def test_opens_at_the_threshold(make_node: Any, pinned: Any, failures: int) -> None:
    """The fifth failure opens it; the sixth call is refused before the handler is reached."""
    node = make_node()
    node.effect_handlers[API] = handler = Handler(DOWN)
    looks = [pinned.observe(lambda: node.process(order(**GUARDED))) for _ in range(failures)]
    pinned.check({"last": looks[-1], "calls": len(handler.calls), "state": node_facts(node)})


def test_a_success_forgets_one_failure(make_node: Any, pinned: Any) -> None:
    """Odd but relied on: a success takes one off the count instead of clearing it."""
    node, counts = make_node(), []
    node.effect_handlers[API] = Handler(DOWN, DOWN, "ok", DOWN, "ok", "ok", "ok", DOWN)
    for _ in range(8):
        pinned.observe(lambda: node.process(order(**GUARDED)))
        counts.append(_breaker(node)["failure_count"])
    pinned.check({"counts": counts, "state": node_facts(node)})


def test_each_type_has_its_own(make_node: Any, pinned: Any, clock: Any) -> None:
    """An open breaker refuses its own kind of effect only."""
    node, _ = _opened(make_node, clock)
    node.effect_handlers[DATABASE] = Handler("ok")
    api = pinned.observe(lambda: node.process(order(**GUARDED)))
    database = pinned.observe(lambda: node.process(order(DATABASE, **GUARDED)))
    pinned.check({"api": api, "database": database, "state": node_facts(node)})


@pytest.mark.parametrize("transaction", [True, False], ids=["transaction", "no_transaction"])
def test_refusal(make_node: Any, pinned: Any, clock: Any, transaction: bool) -> None:
    """Odd but relied on: a refusal opens no transaction, yet counts as one more failure."""
    node, handler = _opened(make_node, clock)
    clock.advance(10)
    asked = order(circuit_breaker_enabled=True, transaction_enabled=transaction)
    seen = pinned.observe(lambda: node.process(asked))
    seen["calls"] = len(handler.calls)
    seen["state"] = node_facts(node)
    pinned.check(seen)


def test_polling_keeps_it_open(make_node: Any, pinned: Any, clock: Any) -> None:
    """Odd but relied on: each refusal restarts the rest, so an impatient caller never gets in."""
    node, handler = _opened(make_node, clock, "well again")
    history = []
    for _ in range(6):
        clock.advance(40)
        pinned.observe(lambda: node.process(order(**GUARDED)))
        history.append(_breaker(node))
    clock.advance(61)
    patient = pinned.observe(lambda: node.process(order(**GUARDED)))
    pinned.check(
        {"polled": history, "patient": patient, "calls": len(handler.calls), "end": _breaker(node)}
    )


@pytest.mark.parametrize("seconds", [59.5, 60, 60.000001], ids=["before", "exactly", "just_after"])
def test_half_opens_after_the_rest(
    make_node: Any, pinned: Any, clock: Any, seconds: float
) -> None:
    """A minute to the microsecond is still too early; a success after it closes the breaker."""
    node, handler = _opened(make_node, clock, "well again")
    clock.advance(seconds)
    seen = pinned.observe(lambda: node.process(order(**GUARDED)))
    seen["calls"] = len(handler.calls)
    seen["state"] = node_facts(node)
    pinned.check(seen)


def test_state_while_probing(make_node: Any, pinned: Any, clock: Any) -> None:
    """Odd but relied on: half-open admits any number of calls; nothing counts the attempts."""
    node, _ = _opened(make_node, clock)
    during: list[Any] = []

    async def slow(_data: Any, _transaction: Any) -> str:
        during.append(_breaker(node))
        await asyncio.sleep(len(during))
        return "ok"

    async def five_at_once() -> list[Any]:
        return await asyncio.gather(*[node.process(order(**settings)) for _ in range(5)])

    settings = {**GUARDED, "operation_id": None}
    node.effect_handlers[API] = slow
    clock.advance(61)
    seen = pinned.observe(five_at_once)
    seen["during"] = during
    seen["after"] = _breaker(node)
    pinned.check(seen)


def test_a_failed_probe_reopens(make_node: Any, pinned: Any, clock: Any) -> None:
    """One failure is enough while half-open, and the count goes on from where it was."""
    node, handler = _opened(make_node, clock, DOWN, "ok")
    clock.advance(61)
    probe = pinned.observe(lambda: node.process(order(**GUARDED)))
    after = _breaker(node)
    refused = pinned.observe(lambda: node.process(order(**GUARDED)))
    pinned.check({"probe": probe, "after": after, "refused": refused, "calls": len(handler.calls)})


@pytest.mark.parametrize("attempts", [2, 3, 4])
def test_attempts_set_by_hand(make_node: Any, pinned: Any, attempts: int) -> None:
    """Whoever counts the attempts of the half-open state by hand is heeded at the limit."""
    node = make_node()
    node.effect_handlers[API] = Handler("ok")
    breaker = node._get_circuit_breaker("api_call")
    breaker.state = EnumCircuitBreakerState.HALF_OPEN
    breaker.half_open_attempts = attempts
    seen = pinned.observe(lambda: node.process(order(**GUARDED)))
    seen["breaker"] = _breaker(node)
    pinned.check(seen)


def test_opened_by_hand(make_node: Any, pinned: Any, clock: Any) -> None:
    """Odd but relied on: without a last failure it rests forever, until a refusal sets one."""
    node = make_node()
    node.effect_handlers[API] = Handler("ok")
    breaker = node._get_circuit_breaker("api_call")
    breaker.state = EnumCircuitBreakerState.OPEN
    clock.advance(86400 * 365)
    alone = breaker.can_execute()
    refused = pinned.observe(lambda: node.process(order(**GUARDED)))
    between = _breaker(node)
    clock.advance(61)
    admitted = pinned.observe(lambda: node.process(order(**GUARDED)))
    pinned.check({"alone": alone, "refused": refused, "between": between, "admitted": admitted})


@pytest.mark.parametrize("ends_well", [True, False], ids=["success", "failure"])
def test_counts_a_call_once_whatever_its_attempts(
    make_node: Any, pinned: Any, ends_well: bool
) -> None:
    """Odd but relied on: failed attempts do not count, only how the whole call ends."""
    node = make_node()
    node.effect_handlers[API] = handler = Handler(DOWN, DOWN, DOWN, "ok" if ends_well else DOWN)
    node._get_circuit_breaker("api_call").failure_count = 2
    asked = order(circuit_breaker_enabled=True)
    seen = pinned.observe(lambda: node.process(asked))
    seen["calls"] = len(handler.calls)
    seen["breaker"] = _breaker(node)
    pinned.check(seen)


def test_success_after_another_call_opened_it(make_node: Any, pinned: Any) -> None:
    """Odd but relied on: a late success neither closes an open breaker nor lowers its count."""
    node = make_node()

    async def opens_meanwhile(_data: Any, _transaction: Any) -> str:
        for _ in range(5):
            node._get_circuit_breaker("api_call").record_failure()
        return "ok"

    node.effect_handlers[API] = opens_meanwhile
    seen = pinned.observe(lambda: node.process(order(**GUARDED)))
    seen["breaker"] = _breaker(node)
    pinned.check(seen)
