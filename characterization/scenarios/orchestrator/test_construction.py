"""What a node is made of when it has been constructed."""

from typing import Any

import pytest
from scenarios.shared.construction import *  # noqa: F403 - for this role's pins
from scenarios.shared.construction import (
    Traits,
    attributes,
    registering_again_replaces_the_builtins_only,
    registering_goes_through_the_node,
    the_contract_is_loaded_on_top_of_the_base,
)

test_the_contract_is_loaded_on_top_of_the_base = the_contract_is_loaded_on_top_of_the_base
test_conditions_are_registered_through_the_node = registering_goes_through_the_node
test_registering_again_replaces_the_builtin_conditions_only = (
    registering_again_replaces_the_builtins_only
)


@pytest.fixture
def traits() -> Traits:
    """Return what is this role's own about its construction."""
    return Traits(
        class_name="Flow",
        table="condition_functions",
        registering="_register_builtin_conditions",
        entries="conditions",
        replaced=("always_false", "own"),
        unshared=("node_id", "workflow_semaphore", "load_balancer"),
    )


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
