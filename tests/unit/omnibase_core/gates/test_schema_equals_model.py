"""A `config_schema` that says other things than its model is found, field by field."""

from typing import Any

import pytest

from omnibase_core.gates.schema_equals_model import find


def test_a_schema_that_is_the_model_is_left_alone(toys: Any) -> None:
    assert list(find(toys.root)) == []


def test_a_field_that_the_schema_lacks_is_found(toys: Any) -> None:
    del toys.toy["config_schema"]["loud"]
    (found,) = find(toys.write_registry())
    assert found.message == "config_schema lacks 'loud', a field of the model"
    assert "Whether it sings" in found.instead
    assert found.line == toys.line("config_schema:")


def test_a_field_that_the_model_lacks_is_found(toys: Any) -> None:
    toys.toy["config_schema"]["size"] = {"type": "integer"}
    (found,) = find(toys.write_registry())
    assert found.message == "config_schema has 'size', which is no field"
    assert found.line == toys.line("size:")


def test_another_bound_is_found_with_both_values(toys: Any) -> None:
    toys.toy["config_schema"]["pace"]["maximum"] = 10
    (found,) = find(toys.write_registry())
    assert found.message == "config_schema says of 'pace' maximum 10, the model 9"
    assert found.line == toys.line("pace:")


def test_another_order_is_found(toys: Any) -> None:
    schema = toys.toy["config_schema"]
    toys.toy["config_schema"] = {"loud": schema["loud"], "pace": schema["pace"]}
    (found,) = find(toys.write_registry())
    assert found.message == "the fields are in another order than in the model"


@pytest.mark.parametrize(
    ("path", "message"),
    [
        (None, "no subcontract_model is named"),
        ("omnibase_core.models.model_gone:ModelGone", "omnibase_core.models.model_gone cannot"),
        ("omnibase_core.primitives.model_semver:ModelSemVer", "has no subcontract 'ModelSemVer'"),
    ],
)
def test_a_model_that_cannot_be_compared_is_found(
    toys: Any, path: str | None, message: str
) -> None:
    toys.toy["subcontract_model"] = path
    (found,) = find(toys.write_registry())
    assert message in found.message
