"""What a node is made of when it has been constructed."""

from types import SimpleNamespace
from typing import Any

import pytest

from omnibase_core.enums.enum_reduction_type import EnumReductionType
from omnibase_core.models.container.model_onex_container import ModelONEXContainer

BASE = ("container", "node_id", "created_at", "state", "metrics", "contract_data", "version")


def attributes(node: Any) -> dict[str, Any]:
    return dict(sorted(vars(node).items()))


def test_defaults(make_node: Any, pinned: Any) -> None:
    """Odd but relied on: the time of initialization is a wall clock reading at first."""
    seen = pinned.observe(make_node)
    seen["attributes"] = attributes(seen.value)
    seen["functions in order"] = list(seen.value.reduction_functions)
    seen["function names"] = [each.__name__ for each in seen.value.reduction_functions.values()]
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

    class Warehouse(subject.cls):
        def _load_contract_model(self) -> None:
            loads.append("load")

    seen = pinned.observe(lambda: Warehouse(None))
    seen["loads"] = loads
    pinned.check(seen)


def test_the_contract_is_loaded_on_top_of_the_base(subject: Any, pinned: Any) -> None:
    """Loading finds what the base class has set up, and may return any object."""
    loads: list[Any] = []

    class Warehouse(subject.cls):
        def _load_contract_model(self) -> str:
            loads.append({name: hasattr(self, name) for name in (*BASE, "contract_model")})
            return "any object"

    seen = pinned.observe(lambda: Warehouse(SimpleNamespace()).contract_model)
    seen["loads"] = loads
    pinned.check(seen)


def test_a_failing_load_is_raised_as_it_is(subject: Any, pinned: Any) -> None:
    """A class that replaces the loading also decides about its errors."""

    class Warehouse(subject.cls):
        def _load_contract_model(self) -> None:
            raise KeyError("no contract today")

    pinned.check(pinned.observe(lambda: Warehouse(SimpleNamespace())))


def test_functions_are_registered_through_the_node(subject: Any, pinned: Any) -> None:
    """Registering is the last thing that happens, and a class may do it its own way."""
    registrations: list[Any] = []

    class Warehouse(subject.cls):
        def _load_contract_model(self) -> None:
            return None

        def _register_builtin_reducers(self) -> None:
            registrations.append(sorted(vars(self)))

    seen = pinned.observe(lambda: Warehouse(SimpleNamespace()).reduction_functions)
    seen["registrations"] = registrations
    pinned.check(seen)


def test_registering_again_replaces_the_builtin_functions_only(
    make_node: Any, pinned: Any
) -> None:
    """Other functions stay, and so does the order of the table."""

    async def own(_data: Any, _given: Any, _resolver: Any) -> None:
        return None

    node = make_node()
    node.reduction_functions[EnumReductionType.FOLD] = own
    node.reduction_functions[EnumReductionType.SORT] = own
    seen = pinned.observe(node._register_builtin_reducers)
    seen["functions"] = [[kind, each] for kind, each in node.reduction_functions.items()]
    pinned.check(seen)


def test_nodes_share_nothing(make_node: Any, pinned: Any) -> None:
    """Each node has tables, limits and an identity of its own."""
    one, other = make_node(), make_node()
    pinned.check(
        {
            "same object": {
                name: value is vars(other)[name]
                for name, value in sorted(vars(one).items())
                if isinstance(value, dict) or name == "node_id"
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


def test_the_container_is_kept_and_not_asked(make_node: Any, pinned: Any, services: Any) -> None:
    """Services are looked up when they are needed, never at construction."""
    asking, stock = services(), ModelONEXContainer()
    pinned.check(
        {
            "kept": make_node(asking).container is asking,
            "asked": asking.asked,
            "stock container kept": make_node(stock).container is stock,
        }
    )


def test_it_can_be_used_without_a_subclass(subject: Any, pinned: Any) -> None:
    """The class is concrete; all that keeps it from being used is its contract."""
    seen = pinned.observe(lambda: subject.cls(SimpleNamespace()))
    seen["abstract"] = sorted(subject.cls.__abstractmethods__)
    pinned.check(seen)
