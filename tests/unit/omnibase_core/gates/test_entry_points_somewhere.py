"""Names that lead nowhere, one-sided pairs and requirements that are not there are found."""

from typing import Any

import pytest

from omnibase_core.gates.entry_points_somewhere import find, notes
from omnibase_core.gates.note import Note

REAL = "omnibase_core.models.contracts.subcontracts.model_retry_subcontract:ModelRetrySubcontract"


@pytest.fixture(autouse=True)
def with_a_real_model(toys: Any) -> None:
    """Modules are looked up in the running Python, so the entry names one of its models."""
    toys.toy.update(subcontract_model=REAL, config_schema={}, presets={})
    toys.write_registry()


def other(toys: Any, **facts: Any) -> dict[str, Any]:
    made = toys.toy | {"name": "MixinGame", **facts}
    toys.registry["mixin_game"] = made
    return made


def messages(toys: Any) -> list[str]:
    return [each.message for each in find(toys.write_registry())]


def test_an_entry_that_points_somewhere_is_left_alone(toys: Any) -> None:
    assert messages(toys) == []
    assert list(notes(toys.root)) == []


def test_a_planned_mixin_is_a_fact_and_no_finding(toys: Any) -> None:
    other(toys)
    toys.registry["infrastructure"]["mixin_box"] = {
        "name": "MixinBox",
        "kind": "mixin",
        "reason": "There is nothing to set.",
    }
    assert messages(toys) == []
    assert list(notes(toys.root)) == [
        Note("planned mixins: 2", ("mixin_game", "mixin_box")),
    ]


def test_a_planned_mixin_may_require_another_one(toys: Any) -> None:
    other(toys)
    toys.registry["mixin_more"] = toys.toy | {"name": "MixinMore", "requires": ["MixinGame"]}
    assert messages(toys) == []


def test_a_mixin_that_is_there_must_not_require_a_planned_one(toys: Any) -> None:
    other(toys)
    toys.toy["requires"] = ["MixinGame"]
    (found,) = find(toys.write_registry())
    assert found.message == "MixinToy requires MixinGame, which has no module yet"
    assert found.instead == "add mixin_game.py"
    assert found.line == toys.line("requires:")
    toys.write("mixins/mixin_game.py", "class MixinGame: ...\n")
    assert messages(toys) == []


@pytest.mark.parametrize(
    ("fact", "value", "message"),
    [
        ("requires", ["omnibase_core.gone"], "requires 'omnibase_core.gone', which is no mixin"),
        ("compatible_with", ["MixinGone"], "compatible_with names 'MixinGone'"),
        ("incompatible_with", ["MixinGone"], "incompatible_with names 'MixinGone'"),
        ("category", "fun", "unknown category 'fun'"),
        ("subcontract_model", "omnibase_core.gone:Model", "omnibase_core.gone:Model cannot be"),
        ("subcontract_model", REAL + "s", "has no class 'ModelRetrySubcontracts'"),
        ("config_schema", {"speed": {"type": "integer"}}, "config_schema has 'speed'"),
        ("presets", {"odd": {"config": {"speed": 1}}}, "preset 'odd' sets 'speed'"),
    ],
)
def test_a_name_that_leads_nowhere_is_found(
    toys: Any, fact: str, value: Any, message: str
) -> None:
    toys.toy[fact] = value
    (found,) = find(toys.write_registry())
    assert message in found.message
    assert found.path == "src/omnibase_core/mixins/mixin_metadata.yaml"
    assert found.line in {1, toys.line(f"{fact}:")}


@pytest.mark.parametrize("relation", ["compatible_with", "incompatible_with"])
def test_a_one_sided_pair_is_found_at_its_line(toys: Any, relation: str) -> None:
    other(toys)
    toys.toy[relation] = ["MixinGame"]
    (found,) = find(toys.write_registry())
    assert found.message == f"MixinToy is {relation} MixinGame, which does not say so in turn"
    assert found.line == toys.line(f"{relation}:")
    other(toys, **{relation: ["MixinToy"]})
    assert messages(toys) == []


def test_a_mixin_that_names_itself_is_found(toys: Any) -> None:
    toys.toy["compatible_with"] = ["MixinToy"]
    assert messages(toys) == ["compatible_with names itself"]


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("class MixinGame: ...\n", "mixin_toy: mixin_toy.py defines no 'MixinToy'"),
        ("class MixinToy\n", "mixin_toy: mixin_toy.py is no Python module"),
    ],
)
def test_a_module_without_its_class_is_found(toys: Any, source: str, message: str) -> None:
    toys.write("mixins/mixin_toy.py", source)
    (found,) = messages(toys)
    assert found.startswith(message)
