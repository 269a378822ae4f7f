"""How computations come into the registry, and what is refused."""

from types import SimpleNamespace
from typing import Any

import pytest
from scenarios.compute.conftest import Work, order


def weigh(data: Any) -> str:
    return f"weighed {data}"


def test_a_new_computation(make_node: Any, pinned: Any) -> None:
    """It can be used at once, and comes last in the registry."""
    node = make_node()
    seen = pinned.observe(lambda: node.register_computation("weigh", weigh))
    seen["registry"] = [[name, each] for name, each in node.computation_registry.items()]
    seen["same function"] = node.computation_registry["weigh"] is weigh
    seen["used"] = pinned.observe(lambda: node.process(order())).value.result
    pinned.check(seen)


@pytest.mark.parametrize(
    ("name", "function"),
    [
        pytest.param("rsd_priority_calculation", weigh, id="builtin_name"),
        pytest.param("count", weigh, id="taken"),
        pytest.param("count", None, id="taken_and_not_callable"),
        pytest.param("weigh", None, id="none"),
        pytest.param("weigh", "weigh", id="text"),
        pytest.param([], weigh, id="name_without_hash"),
    ],
)
def test_refused(make_node: Any, pinned: Any, name: Any, function: Any) -> None:
    """Odd but relied on: a name that is taken is noticed before anything else."""
    node = make_node(node_id="node-7")
    node.computation_registry["count"] = len
    seen = pinned.observe(lambda: node.register_computation(name, function))
    seen["registry"] = node.computation_registry
    pinned.check(seen)


def test_ids_in_the_error(make_node: Any, pinned: Any) -> None:
    """Odd but relied on: the id of the node is no text in the error."""
    node = make_node()
    kinds = {}
    for name, function in {"rsd_priority_calculation": weigh, "weigh": None}.items():
        error = pinned.observe(
            lambda name=name, function=function: node.register_computation(name, function)
        ).error
        context = error.context["additional_context"]["context"]
        kinds[name] = {key: type(value).__name__ for key, value in context.items()}
    pinned.check(kinds)


@pytest.mark.parametrize(
    ("name", "function"),
    [("", weigh), (None, len), ("class", dict), ("object", Work("light")), (7, weigh)],
    ids=["empty_name", "no_name", "class", "object", "number"],
)
def test_accepted(make_node: Any, pinned: Any, name: Any, function: Any) -> None:
    """Any name will do and anything that can be called."""
    node = make_node(node_id="node-7")
    seen = pinned.observe(lambda: node.register_computation(name, function))
    seen["registry"] = [[key, each] for key, each in node.computation_registry.items()]
    pinned.check(seen)


def test_what_cannot_be_logged_is_registered(make_node: Any, pinned: Any) -> None:
    """Odd: the entry is made before the log breaks."""
    node = make_node()
    seen = pinned.observe(lambda: node.register_computation(frozenset({1}), weigh))
    seen["count"] = len(node.computation_registry)
    pinned.check(seen)


def test_a_replaced_registry(make_node: Any, pinned: Any) -> None:
    """Callers may replace or empty the registry; it is read anew at each registration."""
    node = make_node(computation_registry=(own := {}))
    seen = pinned.observe(lambda: node.register_computation("rsd_priority_calculation", weigh))
    seen["registry"] = own
    pinned.check(seen)


def test_the_builtin_is_registered_like_any_other(subject: Any, pinned: Any) -> None:
    """A class that replaces the registration gets the builtin computation as well."""
    registrations: list[Any] = []

    class Scales(subject.cls):
        def _load_contract_model(self) -> None:
            return None

        def register_computation(self, *given: Any, **named: Any) -> None:
            registrations.append([list(given), named])

    seen = pinned.observe(lambda: Scales(SimpleNamespace()).computation_registry)
    seen["registrations"] = registrations
    pinned.check(seen)


def test_the_builtin_cannot_be_registered_twice(make_node: Any, pinned: Any) -> None:
    """Whoever wants it back has to remove it first."""
    node = make_node()
    old = node.computation_registry["rsd_priority_calculation"]
    twice = pinned.observe(node._register_rsd_computations)
    node.computation_registry.clear()
    again = pinned.observe(node._register_rsd_computations)
    again["another function"] = node.computation_registry["rsd_priority_calculation"] is not old
    pinned.check({"twice": twice, "after removal": again})
