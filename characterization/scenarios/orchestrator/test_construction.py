"""What a node is made of when it has been constructed."""

from types import SimpleNamespace
from typing import Any

import pytest

BASE = ("container", "node_id", "created_at", "state", "metrics", "contract_data", "version")


def attributes(node: Any) -> dict[str, Any]:
    return dict(sorted(vars(node).items()))


def test_defaults(make_node: Any, pinned: Any) -> None:
    """Odd but relied on: the time of initialization is a wall clock reading at first."""
    seen = pinned.observe(make_node)
    seen["attributes"] = attributes(seen.value)
    seen["conditions in order"] = list(seen.value.condition_functions)
    seen["condition names"] = [each.__name__ for each in seen.value.condition_functions.values()]
    seen["free slots"] = seen.value.workflow_semaphore._value
    seen["balancer"] = vars(seen.value.load_balancer)
    seen["free slots of the balancer"] = seen.value.load_balancer.semaphore._value
    pinned.check(seen)


@pytest.mark.parametrize("container", [0, "", [], {}], ids=["zero", "text", "list", "mapping"])
def test_any_container_but_none_will_do(subject: Any, pinned: Any, container: Any) -> None:
    """Odd but relied on: empty objects count as containers."""

    class Node(subject.cls):
        def _load_contract_model(self) -> None:
            return None

    pinned.check(pinned.observe(lambda: Node(container).container))


def test_without_a_container(subject: Any, pinned: Any) -> None:
    """The container is looked at before the contract is loaded."""
    loads: list[str] = []

    class Flow(subject.cls):
        def _load_contract_model(self) -> None:
            loads.append("load")

    seen = pinned.observe(lambda: Flow(None))
    seen["loads"] = loads
    pinned.check(seen)


def test_the_contract_is_loaded_on_top_of_the_base(subject: Any, pinned: Any) -> None:
    """Loading finds what the base class has set up, and may return any object."""
    loads: list[Any] = []

    class Flow(subject.cls):
        def _load_contract_model(self) -> str:
            loads.append({name: hasattr(self, name) for name in (*BASE, "contract_model")})
            return "any object"

    seen = pinned.observe(lambda: Flow(SimpleNamespace()).contract_model)
    seen["loads"] = loads
    pinned.check(seen)


def test_a_failing_load_is_raised_as_it_is(subject: Any, pinned: Any) -> None:
    """A class that replaces the loading also decides about its errors."""

    class Flow(subject.cls):
        def _load_contract_model(self) -> None:
            raise KeyError("no contract today")

    pinned.check(pinned.observe(lambda: Flow(SimpleNamespace())))


def test_conditions_are_registered_through_the_node(subject: Any, pinned: Any) -> None:
    """Registering is the last thing that happens, and a class may do it its own way."""
    registrations: list[Any] = []

    class Flow(subject.cls):
        def _load_contract_model(self) -> None:
            return None

        def _register_builtin_conditions(self) -> None:
            registrations.append(sorted(vars(self)))

    seen = pinned.observe(lambda: Flow(SimpleNamespace()).condition_functions)
    seen["registrations"] = registrations
    pinned.check(seen)


def test_registering_again_replaces_the_builtin_conditions_only(
    make_node: Any, pinned: Any
) -> None:
    """Other conditions stay, and so does the order of the table; nothing is announced."""

    def own(_step: Any, _results: Any) -> bool:
        return True

    node = make_node()
    node.condition_functions["always_false"] = own
    node.condition_functions["own"] = own
    seen = pinned.observe(node._register_builtin_conditions)
    seen["conditions"] = [[name, each] for name, each in node.condition_functions.items()]
    pinned.check(seen)


def test_nodes_share_nothing(make_node: Any, pinned: Any) -> None:
    """Each node has tables, limits and an identity of its own."""
    one, other = make_node(), make_node()
    own = ("node_id", "workflow_semaphore", "load_balancer")
    pinned.check(
        {
            "same object": {
                name: value is vars(other)[name]
                for name, value in sorted(vars(one).items())
                if isinstance(value, dict) or name in own
            },
        }
    )


def test_attributes_can_be_replaced_and_deleted(make_node: Any, pinned: Any) -> None:
    """Odd but relied on: nothing stands behind an attribute, a deleted one is gone."""
    node = make_node()
    for name in vars(node):
        setattr(node, name, "replaced")
    replaced = attributes(node)
    for name in list(vars(node)):
        delattr(node, name)
    pinned.check(
        {
            "replaced": replaced,
            "deleted": {name: hasattr(node, name) for name in replaced},
        }
    )


def test_it_can_be_used_without_a_subclass(subject: Any, pinned: Any) -> None:
    """The class is concrete; all that keeps it from being used is its contract."""
    seen = pinned.observe(lambda: subject.cls(SimpleNamespace()))
    seen["abstract"] = sorted(subject.cls.__abstractmethods__)
    pinned.check(seen)
