"""How a failed effect is taken back, counted and reported."""

from typing import Any

import pytest
from scenarios.effect.conftest import API, Handler, node_facts, order, transaction_facts

from omnibase_core.errors.error_codes import EnumCoreErrorCode
from omnibase_core.errors.model_onex_error import ModelOnexError

ONCE = {"retry_enabled": False}


def _facts(error: Any) -> dict[str, Any]:
    found: dict[str, Any] = error.context["additional_context"]["context"]
    return found


@pytest.mark.parametrize("breaker", [True, False], ids=["breaker", "no_breaker"])
@pytest.mark.parametrize("transaction", [True, False], ids=["transaction", "no_transaction"])
def test_handler_fails(make_node: Any, pinned: Any, transaction: bool, breaker: bool) -> None:
    """The original error is in the message and is the cause; without transaction: `none`."""
    node = make_node()
    node.effect_handlers[API] = Handler(ConnectionError("down"))
    asked = order(transaction_enabled=transaction, circuit_breaker_enabled=breaker, **ONCE)
    seen = pinned.observe(lambda: node.process(asked))
    seen["state"] = node_facts(node)
    pinned.check(seen)


ERRORS = {
    "coded": ModelOnexError(
        message="no such ticket",
        error_code=EnumCoreErrorCode.RESOURCE_UNAVAILABLE,
        context={"ticket": 7},
    ),
    "without_text": RuntimeError(),
    "missing_key": KeyError("amount"),
    "many": ExceptionGroup("both", [ValueError("a"), TypeError("b")]),
}


@pytest.mark.parametrize("error", ERRORS.values(), ids=list(ERRORS))
def test_every_error_becomes_operation_failed(make_node: Any, pinned: Any, error: Any) -> None:
    """Odd but relied on: the code of the original error is visible in the cause only."""
    node = make_node()
    node.effect_handlers[API] = Handler(error)
    seen = pinned.observe(lambda: node.process(order(**ONCE)))
    seen["cause is the error"] = seen.error.__cause__ is error
    pinned.check(seen)


def test_failure_of_an_order_without_an_id(make_node: Any, pinned: Any) -> None:
    """The id in the error is the one the transaction had."""
    node = make_node()
    node.effect_handlers[API] = handler = Handler(ConnectionError("down"))
    asked = order(operation_id=None, **ONCE)
    seen = pinned.observe(lambda: node.process(asked))
    seen["calls"] = handler.calls
    seen["order"] = asked
    pinned.check(seen)


def test_slow_failure_counts_its_time(make_node: Any, pinned: Any) -> None:
    """A slow failure weighs on the averages as a slow success does."""
    node = make_node()
    node.effect_handlers[API] = Handler("fast", ConnectionError("down"))
    fast = pinned.observe(lambda: node.process(order()))
    slow = pinned.observe(lambda: node.process(order(max_retries=1, retry_delay_ms=1500)))
    pinned.check({"fast": fast, "slow": slow, "state": node_facts(node)})


def test_undo_functions_run_newest_first(make_node: Any, pinned: Any) -> None:
    """Undo runs backwards, coroutine functions are awaited, and the entry is dropped after."""
    node = make_node()
    told: list[Any] = []

    async def undo_second() -> None:
        told.append(["second", node_facts(node)["active_transactions"]])

    async def works(_data: Any, transaction: Any) -> None:
        transaction.add_operation("first", {}, lambda: told.append("first"))
        transaction.add_operation("second", {}, undo_second)
        transaction.add_operation("third", {})
        raise RuntimeError("too late")

    node.effect_handlers[API] = works
    seen = pinned.observe(lambda: node.process(order(**ONCE)))
    seen["undone"] = told
    seen["state"] = node_facts(node)
    pinned.check(seen)


def test_undo_function_fails(make_node: Any, pinned: Any) -> None:
    """A failing undo function is logged and passed over; the transaction counts as rolled back."""
    node = make_node()
    told: list[str] = []

    async def works(_data: Any, transaction: Any) -> None:
        transaction.add_operation("first", {}, lambda: told.append("first"))
        transaction.add_operation("second", {}, lambda: told.remove("absent"))
        raise RuntimeError("too late")

    node.effect_handlers[API] = works
    seen = pinned.observe(lambda: node.process(order(**ONCE)))
    seen["undone"] = told
    pinned.check(seen)


def test_rollback_itself_fails(make_node: Any, pinned: Any) -> None:
    """The caller hears about the original error; the failed rollback is only in the log."""
    node = make_node()

    async def broken() -> None:
        raise OSError("no way back")

    async def works(_data: Any, transaction: Any) -> None:
        transaction.rollback = broken
        raise RuntimeError("too late")

    node.effect_handlers[API] = works
    seen = pinned.observe(lambda: node.process(order(circuit_breaker_enabled=True, **ONCE)))
    seen["state"] = node_facts(node)
    pinned.check(seen)


def test_commit_fails(make_node: Any, pinned: Any) -> None:
    """A failed commit is a failed effect: undone, counted once, entry dropped."""
    node = make_node()
    told: list[Any] = []

    async def broken() -> None:
        raise OSError("disk full")

    async def works(_data: Any, transaction: Any) -> str:
        transaction.commit = broken
        transaction.add_operation("first", {}, lambda: told.append(transaction.state))
        return "ok"

    node.effect_handlers[API] = works
    seen = pinned.observe(lambda: node.process(order(circuit_breaker_enabled=True)))
    seen["undone"] = told
    seen["state"] = node_facts(node)
    pinned.check(seen)


@pytest.mark.parametrize("breaker", [True, False], ids=["breaker", "no_breaker"])
def test_result_cannot_be_wrapped(make_node: Any, pinned: Any, breaker: bool) -> None:
    """Odd but relied on: committed work is rolled back; counted as a success and as an error."""
    node = make_node()
    kept: list[Any] = []

    async def works(_data: Any, transaction: Any) -> Any:
        kept.append(transaction)
        transaction.add_operation("first", {}, lambda: kept.append("undone"))
        return {1: "a key that is no text"}

    node.effect_handlers[API] = works
    seen = pinned.observe(lambda: node.process(order(circuit_breaker_enabled=breaker)))
    seen["transaction"] = transaction_facts(kept[0])
    seen["undone"] = kept[1:]
    seen["state"] = node_facts(node)
    pinned.check(seen)


def test_result_cannot_be_wrapped_without_a_transaction(make_node: Any, pinned: Any) -> None:
    """Odd but relied on: nothing is taken back, yet it counts twice and the state is `none`."""
    node = make_node()
    node.effect_handlers[API] = Handler({1: "a key that is no text"})
    seen = pinned.observe(lambda: node.process(order(transaction_enabled=False)))
    seen["state"] = node_facts(node)
    pinned.check(seen)


def test_result_without_text(make_node: Any, pinned: Any) -> None:
    """Odd but relied on: an object whose text cannot be made fails after it was committed."""

    class Mute:
        def __str__(self) -> str:
            raise LookupError("nothing to say")

    node = make_node()
    node.effect_handlers[API] = Handler(Mute())
    seen = pinned.observe(lambda: node.process(order(circuit_breaker_enabled=True)))
    seen["state"] = node_facts(node)
    pinned.check(seen)


def test_error_context_holds_the_text_of_the_node_id(make_node: Any, pinned: Any) -> None:
    """Odd but relied on: errors carry the id as text, introspection returns the id itself."""
    node = make_node()
    asked = order(**ONCE)
    error = pinned.observe(lambda: node.process(asked)).error
    described = pinned.observe(node.get_introspection_data).value
    found = {
        "error": _facts(error)["node_id"],
        "cause": _facts(error.__cause__)["node_id"],
        "operation": _facts(error)["operation_id"],
        "introspection": described["node_capabilities"]["node_id"],
    }
    types = {where: type(each).__name__ for where, each in found.items()}
    pinned.check({"types": types, "values": found})


def test_node_id_may_be_any_text(make_node: Any, pinned: Any) -> None:
    """Some callers give a node a name of their own; errors and logs carry it as it is."""
    node = make_node(node_id="billing-1")
    node.effect_handlers[API] = Handler("ok", ConnectionError("down"))
    good = pinned.observe(lambda: node.process(order()))
    bad = pinned.observe(lambda: node.process(order(max_retries=1)))
    pinned.check({"good": good, "bad": bad})
