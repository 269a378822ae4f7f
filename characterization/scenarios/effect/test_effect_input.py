"""Which inputs the node refuses before anything happens."""

from types import SimpleNamespace
from typing import Any

import pytest

from omnibase_core.enums.enum_effect_type import EnumEffectType
from omnibase_core.enums.enum_node_type import EnumNodeType
from omnibase_core.models.operations.model_effect_input import ModelEffectInput


def order(**changed: Any) -> ModelEffectInput:
    made = ModelEffectInput(effect_type=EnumEffectType.API_CALL, operation_data={})
    for name, value in changed.items():
        setattr(made, name, value)
    return made


@pytest.mark.parametrize(
    "given",
    [
        pytest.param(order(), id="no_data"),
        pytest.param(order(operation_data={1: object}), id="raw_data"),
        pytest.param(
            SimpleNamespace(effect_type=EnumEffectType.API_CALL, operation_data={}),
            id="another_object",
        ),
    ],
)
def test_accepted(make_node: Any, pinned: Any, given: Any) -> None:
    """Odd but relied on: two attributes are looked at, so any object that has them will do."""
    node = make_node()
    pinned.check(pinned.observe(lambda: node._validate_effect_input(given)))


@pytest.mark.parametrize(
    "given",
    [
        pytest.param(None, id="none"),
        pytest.param(order(effect_type="api_call"), id="type_as_text"),
        pytest.param(order(effect_type=None), id="no_type"),
        pytest.param(order(effect_type=EnumNodeType.EFFECT), id="another_enum"),
        pytest.param(order(operation_data=None), id="no_data"),
        pytest.param(order(operation_data=[("a", 1)]), id="list"),
        pytest.param(order(operation_data="text"), id="text"),
        pytest.param(order(effect_type="api_call", operation_data=None), id="both"),
        pytest.param({"effect_type": EnumEffectType.API_CALL}, id="mapping"),
        pytest.param(SimpleNamespace(effect_type=EnumEffectType.API_CALL), id="without_data"),
    ],
)
def test_refused(make_node: Any, pinned: Any, given: Any) -> None:
    """Odd but relied on: ids are text here but for None, and strange objects fail as they like."""
    node = make_node()
    pinned.check(pinned.observe(lambda: node._validate_effect_input(given)))


def test_the_check_of_the_base_comes_first(make_node: Any, pinned: Any) -> None:
    """It is called through the node, so a class may add conditions of its own."""
    asked: list[Any] = []

    def refuse(input_data: Any) -> None:
        asked.append(input_data)
        raise ValueError("closed today")

    node = make_node(_validate_input_data=refuse)
    seen = pinned.observe(lambda: node._validate_effect_input("anything"))
    seen["asked"] = asked
    pinned.check(seen)
