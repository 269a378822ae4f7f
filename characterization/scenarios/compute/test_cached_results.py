"""When an earlier result is handed out instead of a new one."""

import time
from typing import Any

import pytest
from scenarios.compute.conftest import Desk, Work, entries, node_facts, order, told


def hits(pinned: Any, node: Any, *orders: Any) -> list[Any]:
    """Return for each order what it got, and whether it was a hit."""
    outputs = [pinned.observe(lambda one=one: node.process(one)).value for one in orders]
    return [[output.result, output.cache_hit] for output in outputs]


def test_a_hit_leaves_no_trace(make_node: Any, pinned: Any, clock: Any) -> None:
    """Odd but relied on: no log, no metrics and no time; the id is that of the new order."""
    node = make_node(computation_registry={"weigh": (work := Work("light", "heavy"))})
    first = pinned.observe(lambda: node.process(order()))
    clock.advance(1)
    state = node_facts(node)
    second = pinned.observe(lambda: node.process(order(operation_id=node.node_id)))
    seen = {"first": told(first.value), "second": second, "calls": work.calls}
    seen["fields set"] = sorted(second.value.model_fields_set)
    seen["state is the same"] = node_facts(node) == state
    seen["entries"] = entries(node.computation_cache)
    pinned.check(seen)


@pytest.mark.parametrize("pool", [None, Desk], ids=["no_pool", "pool"])
def test_a_hit_needs_no_thread(make_node: Any, pinned: Any, pool: Any) -> None:
    """Odd: the answer says that no thread was used, whatever the order asks for."""
    node = make_node(computation_registry={"weigh": Work("light")}, thread_pool=pool and pool())
    asked = order([1, 2], parallel_enabled=True)
    first = pinned.observe(lambda: node.process(asked)).value
    second = pinned.observe(lambda: node.process(asked)).value
    pinned.check({"first": told(first), "second": told(second)})


@pytest.mark.parametrize(
    "result", [0, False, "", [], {}, 0.0], ids=["zero", "false", "text", "list", "dict", "float"]
)
def test_empty_results_are_served(make_node: Any, pinned: Any, result: Any) -> None:
    """Only None counts as nothing."""
    node = make_node(computation_registry={"weigh": (work := Work(result))})
    pinned.check({"hits": hits(pinned, node, order(), order()), "calls": work.calls})


def test_none_is_stored_and_never_served(make_node: Any, pinned: Any) -> None:
    """Odd but relied on: it is computed each time anew, though its entry counts the reads."""
    node = make_node(computation_registry={"weigh": (work := Work(None))})
    seen: dict[str, Any] = {"hits": hits(pinned, node, order(), order(), order())}
    seen["calls"] = work.calls
    seen["entries"] = entries(node.computation_cache)
    pinned.check(seen)


def test_the_same_object_is_served(make_node: Any, pinned: Any) -> None:
    """Odd but relied on: who changes an earlier result changes the later ones."""
    node = make_node(computation_registry={"weigh": Work([1])})
    first = pinned.observe(lambda: node.process(order())).value
    first.result.append("changed by the caller")
    second = pinned.observe(lambda: node.process(order())).value
    pinned.check({"second": second.result, "same object": second.result is first.result})


def test_without_the_cache(make_node: Any, pinned: Any) -> None:
    """An order without the cache neither reads it nor writes to it."""
    node = make_node(computation_registry={"weigh": Work("first", "second", "third", "fourth")})
    plain = order(cache_enabled=False)
    seen: dict[str, Any] = {"hits": hits(pinned, node, plain, order(), plain, order())}
    seen["entries"] = entries(node.computation_cache)
    pinned.check(seen)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(order({"a": 1}), order("{'a': 1}"), id="mapping_and_its_text"),
        pytest.param(order(1), order("1"), id="number_and_its_text"),
        pytest.param(order({"a": 1, "b": 2}), order({"b": 2, "a": 1}), id="other_order"),
        pytest.param(order([1, 2]), order((1, 2)), id="list_and_tuple"),
        pytest.param(order(1), order(1.0), id="equal_numbers"),
        pytest.param(order(computation_type="count"), order(), id="other_kind"),
        pytest.param(order(), order(parallel_enabled=True), id="other_settings"),
    ],
)
def test_what_shares_a_result(make_node: Any, pinned: Any, one: Any, other: Any) -> None:
    """Odd but relied on: data with the same text share it, equal data with another text do not."""
    node = make_node(
        computation_registry={"weigh": Work("first", "second"), "count": Work("counted")}
    )
    pinned.check({"hits": hits(pinned, node, one, other)})


@pytest.mark.parametrize(
    ("data", "kind"),
    [([1, 2], "weigh"), ("", ""), (None, None), ({"a": {1}}, "a:b"), ("text", 7)],
    ids=["list", "empty", "none", "mapping", "number_as_kind"],
)
def test_keys(make_node: Any, pinned: Any, data: Any, kind: Any) -> None:
    """Odd but relied on: the hash of the text, so a key differs from process to process."""
    key = make_node()._generate_cache_key(order(data, kind))
    pinned.check({"key": key.replace(str(hash(str(data))), "<hash of the text>")})


@pytest.mark.parametrize(
    ("minutes", "seconds"),
    [(30, 1800), (30, 1800.001), (2, 120), (2, 121), (0, 1800), (0, 1801), (0.5, 30), (-1, 0)],
    ids=[
        "at_the_end",
        "just_past",
        "own_at_the_end",
        "own_past",
        "zero_means_default",
        "zero_past",
        "half",
        "negative",
    ],
)
def test_lifetime(make_node: Any, pinned: Any, clock: Any, minutes: Any, seconds: float) -> None:
    """Odd but relied on: the very moment of the end still counts, and zero means the default."""
    node = make_node(
        computation_registry={"weigh": Work("first", "second")}, cache_ttl_minutes=minutes
    )
    seen: dict[str, Any] = {"before": hits(pinned, node, order())}
    clock.advance(seconds)
    seen["figures"] = node.computation_cache.get_stats()
    seen["after"] = hits(pinned, node, order())
    seen["entries"] = entries(node.computation_cache)
    pinned.check(seen)


def test_the_lifetime_is_read_when_a_result_is_stored(
    make_node: Any, pinned: Any, clock: Any
) -> None:
    """A later change concerns later results alone, and the cache's own default none of them."""
    node = make_node(computation_registry={"weigh": Work("light")}, cache_ttl_minutes=1)
    node.computation_cache.default_ttl_minutes = 99
    clock.run(node.process(order("first")))
    node.cache_ttl_minutes = 5
    clock.run(node.process(order("second")))
    pinned.check({"entries": entries(node.computation_cache)})


def test_the_work_ages_no_result(make_node: Any, pinned: Any, clock: Any) -> None:
    """The lifetime counts from the end of the work."""

    def weigh(_data: Any) -> str:
        time.sleep(600)
        return "light"

    node = make_node(computation_registry={"weigh": weigh})
    clock.run(node.process(order()))
    pinned.check({"entries": entries(node.computation_cache)})


class Shelf:
    """A cache of a caller's own making that notes what it is asked."""

    def __init__(self, found: Any) -> None:
        self.found = found
        self.asked: list[Any] = []

    def get(self, *given: Any, **named: Any) -> Any:
        self.asked.append(["get", *given, named])
        return self.found

    def put(self, *given: Any, **named: Any) -> None:
        self.asked.append(["put", *given, named])


@pytest.mark.parametrize("found", [None, "found"], ids=["empty", "full"])
def test_another_cache(make_node: Any, pinned: Any, found: Any) -> None:
    """A cache can be replaced at any time; it is asked under the key of the node."""
    node = make_node(
        computation_registry={"weigh": Work("light")},
        computation_cache=(shelf := Shelf(found)),
        cache_ttl_minutes=9,
        _generate_cache_key=lambda _order: "the key",
    )
    seen = pinned.observe(lambda: node.process(order()))
    seen["outcome"] = told(seen.value)
    seen["asked"] = shelf.asked
    pinned.check(seen)


def test_results_push_each_other_out(make_node: Any, pinned: Any, clock: Any) -> None:
    """Odd but relied on: the least often used result goes, however new it is."""
    node = make_node(computation_registry={"weigh": (work := Work("light"))})
    node.computation_cache.max_size = 2
    for data in ("a", "a", "b", "c", "a", "b"):
        clock.run(node.process(order(data)))
    pinned.check({"calls": work.calls, "figures": node.computation_cache.get_stats()})
