"""What a node is made of when it has been constructed: scenarios that several roles have alike.

A role that imports them with a star has them all, each with a pin of its own; those without
`test_` in front do not hold for every role, so a role has to name them. It says in a fixture
`traits` what is its own about them.
"""

from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import pytest

from omnibase_core.models.container.model_onex_container import ModelONEXContainer

__all__ = [
    "test_a_failing_load_is_raised_as_it_is",
    "test_any_container_but_none_will_do",
    "test_attributes_can_be_replaced_and_deleted",
    "test_it_can_be_used_without_a_subclass",
    "test_nodes_share_nothing",
    "test_without_a_container",
]

BASE = ("container", "node_id", "created_at", "state", "metrics", "contract_data", "version")


@dataclass(frozen=True)
class Traits:
    """What is a role's own about its construction.

    `registering` is the method that fills the attribute `table`, whose entries the pins call
    `entries`; `replaced` are keys of it, and `unshared` what each node has beside its tables.
    """

    class_name: str
    table: str
    registering: str
    entries: str = ""
    replaced: tuple[Any, ...] = ()
    unshared: tuple[str, ...] = ("node_id",)


def attributes(node: Any) -> dict[str, Any]:
    return dict(sorted(vars(node).items()))


def loading(subject: Any, name: str, load: Any, **members: Any) -> Any:
    """Return a class of nodes that load their contract with `load`."""
    return type(name, (subject.cls,), {"_load_contract_model": load, **members})


@pytest.mark.parametrize("container", [0, "", [], {}], ids=["zero", "text", "list", "mapping"])
def test_any_container_but_none_will_do(subject: Any, pinned: Any, container: Any) -> None:
    """Odd but relied on: empty objects count as containers."""
    node_class = loading(subject, "Node", lambda _node: None)
    pinned.check(pinned.observe(lambda: node_class(container).container))


def test_without_a_container(subject: Any, pinned: Any, traits: Traits) -> None:
    """The container is looked at before the contract is loaded."""
    loads: list[str] = []
    node_class = loading(subject, traits.class_name, lambda _node: loads.append("load"))
    seen = pinned.observe(lambda: node_class(None))
    seen["loads"] = loads
    pinned.check(seen)


def the_contract_is_loaded_on_top_of_the_base(subject: Any, pinned: Any, traits: Traits) -> None:
    """Loading finds what the base class has set up, and may return any object."""
    loads: list[Any] = []

    def load(node: Any) -> str:
        loads.append({name: hasattr(node, name) for name in (*BASE, "contract_model")})
        return "any object"

    node_class = loading(subject, traits.class_name, load)
    seen = pinned.observe(lambda: node_class(SimpleNamespace()).contract_model)
    seen["loads"] = loads
    pinned.check(seen)


def test_a_failing_load_is_raised_as_it_is(subject: Any, pinned: Any, traits: Traits) -> None:
    """A class that replaces the loading also decides about its errors."""

    def load(_node: Any) -> None:
        raise KeyError("no contract today")

    node_class = loading(subject, traits.class_name, load)
    pinned.check(pinned.observe(lambda: node_class(SimpleNamespace())))


def registering_goes_through_the_node(subject: Any, pinned: Any, traits: Traits) -> None:
    """Registering is the last thing that happens, and a class may do it its own way."""
    registrations: list[Any] = []

    def register(node: Any) -> None:
        registrations.append(sorted(vars(node)))

    members = {traits.registering: register}
    node_class = loading(subject, traits.class_name, lambda _node: None, **members)
    seen = pinned.observe(lambda: getattr(node_class(SimpleNamespace()), traits.table))
    seen["registrations"] = registrations
    pinned.check(seen)


def registering_again_replaces_the_builtins_only(
    make_node: Any, pinned: Any, traits: Traits
) -> None:
    """Other entries stay, and so does the order of the table; it is not announced."""

    def own(*_given: Any) -> None:
        return None

    node = make_node()
    getattr(node, traits.table).update(dict.fromkeys(traits.replaced, own))
    seen = pinned.observe(getattr(node, traits.registering))
    seen[traits.entries] = [[key, each] for key, each in getattr(node, traits.table).items()]
    pinned.check(seen)


def test_nodes_share_nothing(make_node: Any, pinned: Any, traits: Traits) -> None:
    """Each node has an identity, tables and whatever else it needs of its own."""
    one, other = make_node(), make_node()
    pinned.check(
        {
            "same object": {
                name: value is vars(other)[name]
                for name, value in sorted(vars(one).items())
                if isinstance(value, dict) or name in traits.unshared
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


def the_container_is_kept_and_not_asked(make_node: Any, pinned: Any, services: Any) -> None:
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
