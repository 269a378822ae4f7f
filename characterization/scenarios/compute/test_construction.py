"""What a node is made of when it has been constructed."""

from types import SimpleNamespace
from typing import Any

import pytest
from scenarios.shared.construction import *  # noqa: F403 - for this role's pins
from scenarios.shared.construction import (
    BASE,
    Traits,
    attributes,
    loading,
    registering_goes_through_the_node,
    the_container_is_kept_and_not_asked,
)

test_the_container_is_kept_and_not_asked = the_container_is_kept_and_not_asked
test_builtins_are_registered_through_the_node = registering_goes_through_the_node


@pytest.fixture
def traits() -> Traits:
    """Return what is this role's own about its construction."""
    return Traits(
        class_name="Scales",
        table="computation_registry",
        registering="_register_rsd_computations",
        unshared=("node_id", "computation_cache"),
    )


def test_defaults(make_node: Any, pinned: Any) -> None:
    """Odd but relied on: construction logs the builtin computation; there is no pool yet."""
    seen = pinned.observe(make_node)
    seen["attributes"] = attributes(seen.value)
    seen["cache"] = vars(seen.value.computation_cache)
    seen["computations"] = [
        [name, each.__name__] for name, each in seen.value.computation_registry.items()
    ]
    pinned.check(seen)


def test_the_contract_is_loaded_on_top_of_the_base(subject: Any, pinned: Any) -> None:
    """Loading finds what the base class has set up and nothing else; any object will do."""
    loads: list[Any] = []

    def load(node: Any) -> str:
        loads.append({name: hasattr(node, name) for name in BASE})
        loads.append(sorted(set(vars(node)) - set(BASE)))
        return "any object"

    node_class = loading(subject, "Scales", load)
    seen = pinned.observe(lambda: node_class(SimpleNamespace()).contract_model)
    seen["loads"] = loads
    pinned.check(seen)
