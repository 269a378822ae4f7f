"""The priority score of tickets: as a computation and as a method of its own."""

from typing import Any
from uuid import UUID

import pytest
from scenarios.compute.conftest import Work, node_facts, order

TICKET = UUID("00000000-0000-4000-8000-0000000000f1")
OTHER = UUID("00000000-0000-4000-8000-0000000000f2")
FACTORS = (
    "dependency_count",
    "failure_indicators",
    "days_old",
    "agent_requests",
    "user_override_score",
)
SCORES: dict[str, tuple[str, tuple[Any, ...]]] = {
    "dependencies": ("dependency_count", (-5, 0, 1, 9, 10, 11, 99, 2.5, True)),
    "failures": ("failure_indicators", (-2, 0, 1, 4, 5, 6, 99)),
    "agents": ("agent_requests", (-3, 0, 1, 4, 5, 6, 99)),
    "user": ("user_override_score", (-1, -0.5, 0, 0.25, 1, 1.5, 7)),
    "first_week": ("days_old", (-10, -1, 0, 0.5, 3, 6.999, 7)),
}
LATER = (7.001, 7.5, 8, 14, 21, 30, 49, 365, 10_000)


def score(node: Any, **data: Any) -> float:
    return node.computation_registry["rsd_priority_calculation"](data)


@pytest.mark.parametrize(("factor", "values"), SCORES.values(), ids=list(SCORES))
def test_factor(make_node: Any, pinned: Any, factor: str, values: Any) -> None:
    """Odd but relied on: counts are bounded above only; scores keep their last bit."""
    node = make_node()
    pinned.check({str(value): score(node, **{factor: value}).hex() for value in values})


def test_after_the_first_week(make_node: Any, pinned: Any) -> None:
    """Odd but relied on: the curve is made with 2.718, so it is not quite the natural one."""
    node = make_node()
    pinned.check({str(days): f"{score(node, days_old=days):.11f}" for days in LATER})


@pytest.mark.parametrize(
    "values",
    [(10, 5, 30.0, 5, 1.0), (-5, -2, -10.0, -3, -0.5), (3, 1, 4.5, 2, 0.7), (0, 0, 0, 0, 0)],
    ids=["urgent", "negative", "mixed", "zeros"],
)
def test_all_factors(make_node: Any, pinned: Any, values: Any) -> None:
    """Negative counts pull the score below the usual range."""
    found = score(make_node(), **dict(zip(FACTORS, values, strict=True)))
    pinned.check({"score": f"{found:.11f}", "type": type(found).__name__})


@pytest.mark.parametrize("missing", [None, *FACTORS])
def test_missing_factors(make_node: Any, pinned: Any, missing: str | None) -> None:
    """A missing factor has its default, all of them together as well; other keys are ignored."""
    values = {name: 1 for name in FACTORS if missing and name != missing}
    pinned.check({"score": f"{score(make_node(), **values, ticket_id=TICKET):.11f}"})


@pytest.mark.parametrize("factor", FACTORS)
def test_a_factor_that_is_no_number(make_node: Any, pinned: Any, factor: str) -> None:
    """None is not the same as missing."""
    node = make_node()
    pinned.check(pinned.observe(lambda: node.calculate_rsd_priority(TICKET, **{factor: None})))


@pytest.mark.parametrize("data", [None, [1, 2], "text"], ids=["none", "list", "text"])
def test_data_that_is_no_mapping(make_node: Any, pinned: Any, data: Any) -> None:
    """It fails as a computation does."""
    node = make_node()
    pinned.check(pinned.observe(lambda: node.process(order(data, "rsd_priority_calculation"))))


@pytest.mark.parametrize(
    ("given", "named"),
    [((), {}), ((10, 5, 30.0, 5, 1.0), {}), ((), {"days_old": 3, "agent_requests": 2})],
    ids=["defaults", "by_place", "by_name"],
)
def test_asked_for_by_method(make_node: Any, pinned: Any, given: Any, named: Any) -> None:
    """It is a computation like any other, with its log and metrics."""
    node = make_node()
    seen = pinned.observe(lambda: node.calculate_rsd_priority(TICKET, *given, **named))
    seen["state"] = node_facts(node)
    pinned.check(seen)


@pytest.mark.parametrize(
    ("given", "named"),
    [((), {}), ((1, 2, 3.0, 4, 0.25), {}), ((), {"user_override_score": "much"})],
    ids=["defaults", "by_place", "by_name"],
)
def test_what_is_processed(make_node: Any, pinned: Any, given: Any, named: Any) -> None:
    """The order goes through `process` of the node; its notes name weights that nobody reads."""
    asked: list[Any] = []
    node = make_node()
    original = node.process

    async def process(*orders: Any) -> Any:
        asked.extend(orders)
        return await original(order({}, "rsd_priority_calculation"))

    node.process = process
    seen = pinned.observe(lambda: node.calculate_rsd_priority(TICKET, *given, **named))
    seen["asked"] = asked if not (given or named) else [each.data for each in asked]
    seen["fields set"] = sorted(asked[0].model_fields_set)
    seen["order of the data"] = list(asked[0].data)
    pinned.check(seen)


@pytest.mark.parametrize(
    "result", ["7.5", True, 3, "much", None], ids=["text", "true", "whole", "word", "none"]
)
def test_the_result_becomes_a_float(make_node: Any, pinned: Any, result: Any) -> None:
    """Odd but relied on: what cannot become one is raised raw, after a success was counted."""
    node = make_node(computation_registry={"rsd_priority_calculation": Work(result)})
    seen = pinned.observe(lambda: node.calculate_rsd_priority(TICKET))
    seen["kind"] = type(seen.value).__name__
    seen["state"] = node_facts(node)
    pinned.check(seen)


def test_scores_are_cached_by_ticket(make_node: Any, pinned: Any, clock: Any) -> None:
    """Odd but relied on: two tickets never share a score, equal factors or not."""
    node = make_node(computation_registry={"rsd_priority_calculation": (work := Work(1, 2, 3, 4))})
    orders = [(TICKET,), (OTHER,), (TICKET, 0), (TICKET, 1), (str(TICKET),), (TICKET,)]
    scores = [clock.run(node.calculate_rsd_priority(*each)) for each in orders]
    pinned.check({"scores": scores, "calls": work.calls, "state": node_facts(node)})


def test_without_the_builtin(make_node: Any, pinned: Any) -> None:
    """The method stays when its computation is gone."""
    node = make_node(computation_registry={})
    pinned.check(pinned.observe(lambda: node.calculate_rsd_priority(TICKET)))
