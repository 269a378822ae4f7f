"""What a node is made of when it has been constructed."""

from typing import Any

import pytest
from scenarios.shared.construction import *  # noqa: F403 - for this role's pins
from scenarios.shared.construction import (
    Traits,
    attributes,
    registering_again_replaces_the_builtins_only,
    registering_goes_through_the_node,
    the_container_is_kept_and_not_asked,
    the_contract_is_loaded_on_top_of_the_base,
)

from omnibase_core.enums.enum_effect_type import EnumEffectType

test_the_contract_is_loaded_on_top_of_the_base = the_contract_is_loaded_on_top_of_the_base
test_the_container_is_kept_and_not_asked = the_container_is_kept_and_not_asked
test_handlers_are_registered_through_the_node = registering_goes_through_the_node
test_registering_again_replaces_the_builtin_handlers_only = (
    registering_again_replaces_the_builtins_only
)


@pytest.fixture
def traits() -> Traits:
    """Return what is this role's own about its construction."""
    return Traits(
        class_name="Warehouse",
        table="effect_handlers",
        registering="_register_builtin_effect_handlers",
        entries="handlers",
        replaced=(EnumEffectType.FILE_OPERATION, EnumEffectType.API_CALL),
        unshared=("node_id", "effect_semaphore"),
    )


def test_defaults(make_node: Any, pinned: Any) -> None:
    """Odd but relied on: the time of initialization is a wall clock reading at first."""
    seen = pinned.observe(make_node)
    seen["attributes"] = attributes(seen.value)
    seen["handlers in order"] = list(seen.value.effect_handlers)
    seen["handler names"] = [each.__name__ for each in seen.value.effect_handlers.values()]
    seen["free slots"] = seen.value.effect_semaphore._value
    pinned.check(seen)
