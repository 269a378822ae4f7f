"""What a successful effect returns, logs and leaves behind."""

import asyncio
from typing import Any
from uuid import UUID

import pytest
from scenarios.effect.conftest import (
    API,
    OPERATION,
    Handler,
    node_facts,
    order,
    transaction_facts,
    wrapped,
)

from omnibase_core.models.common.model_schema_value import ModelSchemaValue

RESULTS = {
    "dict": {"stored": 1, "inner": {"names": ["a", None]}},
    "empty_dict": {},
    "true": True,
    "false": False,
    "text": "stored",
    "empty_text": "",
    "list": [1, "two", {"three": 3}],
    "empty_list": [],
    "whole_number": 7,
    "zero": 0,
    "fraction": 0.5,
    "nothing": None,
    "tuple": (1, "two"),
    "set": {1},
    "id": UUID("00000000-0000-4000-8000-00000000000b"),
}


@pytest.mark.parametrize("result", RESULTS.values(), ids=list(RESULTS))
def test_wraps_results(make_node: Any, pinned: Any, result: Any) -> None:
    """Odd but relied on: numbers, None, tuples and objects come back as text, booleans do not."""
    node = make_node()
    node.effect_handlers[API] = Handler(result)
    seen = pinned.observe(lambda: node.process(order()))
    seen["same object"] = seen.value.result.value is result
    pinned.check(seen)


def test_defaults(make_node: Any, pinned: Any) -> None:
    """Whoever says nothing about safeguards gets a transaction and no circuit breaker."""
    node = make_node()
    node.effect_handlers[API] = handler = Handler({"ok": True})
    seen = pinned.observe(lambda: node.process(order(data=wrapped(key="value", count=2))))
    seen["calls"] = handler.calls
    seen["state"] = node_facts(node)
    pinned.check(seen)


@pytest.mark.parametrize("breaker", [True, False], ids=["breaker", "no_breaker"])
@pytest.mark.parametrize("transaction", [True, False], ids=["transaction", "no_transaction"])
def test_safeguards(make_node: Any, pinned: Any, transaction: bool, breaker: bool) -> None:
    """Odd but relied on: an effect without a transaction reports itself as committed."""
    node = make_node()
    node.effect_handlers[API] = handler = Handler("ok")
    asked = order(
        transaction_enabled=transaction, circuit_breaker_enabled=breaker, timeout_ms=1234
    )
    seen = pinned.observe(lambda: node.process(asked))
    seen["calls"] = handler.calls
    seen["state"] = node_facts(node)
    pinned.check(seen)


@pytest.mark.parametrize("transaction", [True, False], ids=["transaction", "no_transaction"])
def test_makes_an_id_for_an_order_without_one(
    make_node: Any, pinned: Any, transaction: bool
) -> None:
    """The order is never modified: its id stays None, the answer and the log carry a fresh one."""
    node = make_node()
    node.effect_handlers[API] = handler = Handler("ok")
    asked = order(operation_id=None, transaction_enabled=transaction)
    seen = pinned.observe(lambda: node.process(asked))
    seen["calls"] = handler.calls
    seen["order"] = asked
    pinned.check(seen)


def test_keeps_the_id_of_the_order(make_node: Any, pinned: Any) -> None:
    """Callers find their own id in the answer, in the log and on the transaction."""
    node = make_node()
    node.effect_handlers[API] = handler = Handler("ok")
    asked = order()
    seen = pinned.observe(lambda: node.process(asked))
    seen["order"] = asked
    seen["same id"] = {
        "output": seen.value.operation_id is OPERATION,
        "log": seen["logs"][0]["message"]["context"]["operation_id"] == str(OPERATION),
        "transaction": handler.calls[0]["transaction"]["transaction_id"] is OPERATION,
        "type": type(seen.value.operation_id).__name__,
    }
    pinned.check(seen)


def test_transaction_is_open_while_the_handler_runs(make_node: Any, pinned: Any) -> None:
    """The handler sees its own transaction among the active ones, under the text of the id."""
    node = make_node()
    during: dict[str, Any] = {}

    async def looks_around(_data: Any, transaction: Any) -> str:
        during["same object"] = node.active_transactions[str(OPERATION)] is transaction
        during.update(node_facts(node))
        return "ok"

    node.effect_handlers[API] = looks_around
    seen = pinned.observe(lambda: node.process(order(circuit_breaker_enabled=True)))
    seen["during"] = during
    seen["after"] = node_facts(node)
    pinned.check(seen)


def test_recorded_operations_are_listed_as_text(make_node: Any, pinned: Any, clock: Any) -> None:
    """Odd but relied on: side effects come as the text of a dict, time stamp included."""
    node = make_node()
    kept: list[Any] = []

    async def records(_data: Any, transaction: Any) -> str:
        transaction.add_operation("charge", {"amount": 5}, lambda: kept.append("undone"))
        await asyncio.sleep(2)
        transaction.add_operation("notify", {})
        kept.append(transaction)
        return "ok"

    node.effect_handlers[API] = records
    seen = pinned.observe(lambda: node.process(order()))
    clock.advance(1)
    seen["transaction"] = transaction_facts(kept[0])
    seen["undone"] = kept[1:]
    pinned.check(seen)


def test_measures_how_long_it_takes(make_node: Any, pinned: Any) -> None:
    """The time includes the wait for retries; fast and slow ones make up the figures."""
    node = make_node()

    async def slow(data: Any, _transaction: Any) -> str:
        await asyncio.sleep(data["seconds"])
        return "ok"

    node.effect_handlers[API] = slow
    looks = [
        pinned.observe(lambda s=seconds: node.process(order(data={"seconds": s})))
        for seconds in (0.25, 2, 0.75)
    ]
    pinned.check({"observed": looks, "state": node_facts(node)})


def test_data_reaches_the_handler_untouched(make_node: Any, pinned: Any) -> None:
    """The handler gets the very mapping of the order, so what it writes there the caller sees."""
    node = make_node()
    asked = order(data={"raw": 1, "wrapped": ModelSchemaValue.from_value(2)})
    same: list[bool] = []

    async def scribbles(data: Any, _transaction: Any) -> str:
        same.append(data is asked.operation_data)
        data["left"] = "behind"
        return "ok"

    node.effect_handlers[API] = scribbles
    seen = pinned.observe(lambda: node.process(asked))
    seen["same object"] = same
    seen["data"] = asked.operation_data
    pinned.check(seen)


@pytest.mark.parametrize("fails", [False, True], ids=["success", "failure"])
def test_works_through_its_own_methods(make_node: Any, pinned: Any, fails: bool) -> None:
    """Subclasses override these helpers; the order of the calls and their arguments are theirs."""
    node = make_node()
    calls: list[Any] = []

    def noting(name: str) -> None:
        original = getattr(node, name)

        def note(*arguments: Any, **named: Any) -> Any:
            calls.append({name: [type(each).__name__ for each in arguments], **named})
            calls.append([each for each in arguments if isinstance(each, str | float | bool)])
            return original(*arguments, **named)

        setattr(node, name, note)

    for name in (
        "_validate_effect_input",
        "_validate_input_data",
        "_get_circuit_breaker",
        "_execute_with_retry",
        "_execute_effect",
        "_update_effect_metrics",
        "_update_processing_metrics",
    ):
        noting(name)
    node.effect_handlers[API] = Handler(ValueError("no") if fails else "ok")
    asked = order(circuit_breaker_enabled=True, retry_enabled=False)
    seen = pinned.observe(lambda: node.process(asked))
    seen["calls"] = calls
    pinned.check(seen)


def test_settings_assigned_afterwards(make_node: Any, pinned: Any) -> None:
    """Odd but relied on: assignments are not validated, so the metadata tells them as they are."""
    node = make_node()
    asked = order(circuit_breaker_enabled=True)

    async def changes(_data: Any, _transaction: Any) -> str:
        asked.timeout_ms = None
        asked.transaction_enabled = 0
        asked.circuit_breaker_enabled = "yes"
        return "ok"

    node.effect_handlers[API] = changes
    seen = pinned.observe(lambda: node.process(asked))
    seen["state"] = node_facts(node)
    pinned.check(seen)


def test_parametrised_generics_make_plain_containers(make_node: Any, pinned: Any) -> None:
    """Odd but harmless: `list[Any](...)` and `dict[str, Any](...)` count as list and dict."""
    node = make_node()
    node.effect_handlers[API] = Handler(list[Any]((1, 2)), dict[str, Any](a=1))
    first = pinned.observe(lambda: node.process(order()))
    second = pinned.observe(lambda: node.process(order()))
    data = order(data=dict[str, Any](a=1))
    third = pinned.observe(lambda: node._validate_effect_input(data))
    pinned.check({"list": first, "dict": second, "operation data": third})
