"""How often a failed effect is repeated, and how long the node waits in between."""

from typing import Any

import pytest
from scenarios.effect.conftest import API, DATABASE, Handler, node_facts, order

from omnibase_core.errors.error_codes import EnumCoreErrorCode
from omnibase_core.errors.model_onex_error import ModelOnexError


def _timed(clock: Any, handler: Any, times: list[float]) -> Any:
    async def timed(data: Any, transaction: Any) -> Any:
        times.append(clock.seconds())
        return await handler(data, transaction)

    return timed


def _failures(count: int) -> list[Exception]:
    return [ConnectionError(f"down {number}") for number in range(1, count + 1)]


def _tried(make_node: Any, pinned: Any, clock: Any, turns: list[Any], **settings: Any) -> Any:
    node, times = make_node(), []
    node.effect_handlers[API] = _timed(clock, Handler(*turns), times)
    seen = pinned.observe(lambda: node.process(order(**settings)))
    seen["attempts at"] = times
    seen["state"] = node_facts(node)
    return seen


def test_gives_up_after_three_retries(make_node: Any, pinned: Any, clock: Any) -> None:
    """Odd but relied on: the last error is raised, and the delay is logged after it has passed."""
    pinned.check(_tried(make_node, pinned, clock, _failures(9)))


@pytest.mark.parametrize("failures", [1, 2, 3])
def test_succeeds_after_failures(make_node: Any, pinned: Any, clock: Any, failures: int) -> None:
    """Odd but relied on: the answer and the log say that nothing was retried."""
    turns = [*_failures(failures), {"ok": True}]
    pinned.check(_tried(make_node, pinned, clock, turns))


@pytest.mark.parametrize("limit", [0, 1, 5])
def test_limit(make_node: Any, pinned: Any, clock: Any, limit: int) -> None:
    """There is one attempt more than retries; the delays double without an upper bound."""
    pinned.check(_tried(make_node, pinned, clock, _failures(9), max_retries=limit))


@pytest.mark.parametrize("transaction", [True, False], ids=["transaction", "no_transaction"])
def test_negative_limit(make_node: Any, pinned: Any, clock: Any, transaction: bool) -> None:
    """Odd but relied on: a negative limit is accepted, and the handler is never called."""
    settings = {"max_retries": -1, "transaction_enabled": transaction}
    pinned.check(_tried(make_node, pinned, clock, ["ok"], **settings))


@pytest.mark.parametrize("limit", [-1, 0, 3])
def test_switched_off(make_node: Any, pinned: Any, clock: Any, limit: int) -> None:
    """Without retries the limit still decides whether there is an attempt at all."""
    settings = {"max_retries": limit, "retry_enabled": False}
    pinned.check(_tried(make_node, pinned, clock, _failures(9), **settings))


@pytest.mark.parametrize(
    "delay_ms", [0, 1, 250, -1000], ids=["zero", "one", "quarter", "negative"]
)
def test_delay(make_node: Any, pinned: Any, clock: Any, delay_ms: int) -> None:
    """Odd but relied on: a delay below zero is accepted, logged and does not wait."""
    turns = [*_failures(2), "ok"]
    pinned.check(_tried(make_node, pinned, clock, turns, retry_delay_ms=delay_ms))


ERRORS = {
    "value": ValueError("bad"),
    "key": KeyError("gone"),
    "timeout": TimeoutError("late"),
    "assertion": AssertionError("impossible"),
    "end_of_iteration": StopAsyncIteration("end"),
    "validation": ModelOnexError(
        message="never valid", error_code=EnumCoreErrorCode.VALIDATION_ERROR
    ),
}


@pytest.mark.parametrize("error", ERRORS.values(), ids=list(ERRORS))
def test_every_error_is_retried(make_node: Any, pinned: Any, clock: Any, error: Any) -> None:
    """Odd but relied on: also errors that no repetition can mend are repeated."""
    turns = [error, "ok"]
    pinned.check(_tried(make_node, pinned, clock, turns, transaction_enabled=False))


def test_missing_handler_is_retried(make_node: Any, pinned: Any) -> None:
    """Odd but relied on: it takes seven seconds to learn that nobody is in charge."""
    node = make_node()
    pinned.check(pinned.observe(lambda: node.process(order(DATABASE))))


def test_errors_differ_between_attempts(make_node: Any, pinned: Any, clock: Any) -> None:
    """Each log entry names the error of its own attempt; the last one is raised."""
    turns = [ValueError("first"), KeyError("second"), OSError("third")]
    pinned.check(_tried(make_node, pinned, clock, turns, max_retries=2))


def test_settings_are_read_before_each_attempt(make_node: Any, pinned: Any, clock: Any) -> None:
    """A handler may cut its own retries short, or change their delay, through the order."""
    node, times = make_node(), []
    asked = order(max_retries=5)

    async def changes_its_mind(_data: Any, _transaction: Any) -> None:
        times.append(clock.seconds())
        asked.retry_delay_ms = 100
        asked.max_retries = 2
        raise ConnectionError("down")

    node.effect_handlers[API] = changes_its_mind
    seen = pinned.observe(lambda: node.process(asked))
    seen["attempts at"] = times
    pinned.check(seen)


def test_operations_of_failed_attempts_stay(make_node: Any, pinned: Any) -> None:
    """Odd but relied on: a success after retries lists what the failed attempts recorded."""
    node, attempts = make_node(), []

    async def works(_data: Any, transaction: Any) -> str:
        attempts.append(transaction)
        transaction.add_operation(f"attempt {len(attempts)}", {}, lambda: attempts.append("undo"))
        if len(attempts) < 3:
            raise ConnectionError("down")
        return "ok"

    node.effect_handlers[API] = works
    seen = pinned.observe(lambda: node.process(order()))
    seen["same transaction"] = all(each is attempts[0] for each in attempts)
    pinned.check(seen)


def test_final_failure_undoes_all_attempts(make_node: Any, pinned: Any, clock: Any) -> None:
    """Odd but relied on: the undo functions of all attempts run at the end, newest first."""
    node, told = make_node(), []

    async def works(_data: Any, transaction: Any) -> None:
        number = len(transaction.operations) + 1
        transaction.add_operation(
            "try", {"number": number}, lambda: told.append([number, clock.seconds()])
        )
        raise ConnectionError(f"down {number}")

    node.effect_handlers[API] = works
    seen = pinned.observe(lambda: node.process(order()))
    seen["undone"] = told
    seen["state"] = node_facts(node)
    pinned.check(seen)


def test_called_directly(make_node: Any, pinned: Any) -> None:
    """Subclasses call the retry themselves: errors come out unwrapped, nothing is counted."""
    node = make_node()
    node.effect_handlers[API] = handler = Handler(*_failures(2), {"raw": 1}, OSError("end"))
    asked = order(max_retries=2)
    good = pinned.observe(lambda: node._execute_with_retry(asked, None, asked.operation_id))
    bad = pinned.observe(lambda: node._execute_with_retry(asked, None, asked.operation_id))
    never = order(max_retries=-1)
    none = pinned.observe(lambda: node._execute_with_retry(never, None, never.operation_id))
    pinned.check(
        {"good": good, "bad": bad, "none": none, "calls": handler.calls, "state": node_facts(node)}
    )
