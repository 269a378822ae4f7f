"""Defaults, presets and YAML files that their own models would refuse or change are found."""

from typing import Any

import pytest

from omnibase_core.gates.defaults_and_presets_hold import find

FOLDER = "models/contracts/subcontracts"
PYTHON = f"{FOLDER}/model_toy_subcontract.py"
YAML = f"{FOLDER}/model_toy_subcontract.yaml"


def changed(toys: Any, path: str, old: str, new: str) -> None:
    text = (toys.package / path).read_text(encoding="utf-8")
    assert old in text
    toys.write(path, text.replace(old, new))


def test_values_that_hold_are_left_alone(toys: Any) -> None:
    assert list(find(toys.root)) == []


def test_a_default_out_of_bounds_is_found_at_its_field(toys: Any) -> None:
    changed(toys, PYTHON, "default=3", "default=30")
    changed(toys, YAML, "pace: 3", "pace: 9")
    found = {each.path.rpartition(".")[2]: each for each in find(toys.root)}
    assert found["py"].message.startswith("the default of ModelToySubcontract.pace does not hold")
    assert found["py"].line == toys.line("pace:", PYTHON)
    assert found["yaml"].message == "pace is 9, and the default is 30"


def test_a_default_inside_an_optional_model_is_found(toys: Any) -> None:
    inner = (
        "\n\nclass ModelBattery(BaseModel):\n"
        '    """Power."""\n\n'
        '    volts: int = Field(default=0, ge=1, description="How strong")\n\n\n'
        "class ModelToySubcontract("
    )
    changed(toys, PYTHON, "\n\nclass ModelToySubcontract(", inner)
    changed(toys, PYTHON, "import Field", "import BaseModel, Field")
    changed(
        toys,
        PYTHON,
        "    loud:",
        '    battery: ModelBattery | None = Field(default=None, description="Power")\n    loud:',
    )
    (found,) = find(toys.root)
    assert found.message.startswith("the default of ModelBattery.volts does not hold")
    assert found.line == toys.line("volts:", PYTHON)


def test_defaults_that_break_a_rule_between_fields_are_found(toys: Any) -> None:
    rule = (
        "\n    def broken_rules(self):\n"
        "        if self.pace < 5 and not self.loud:\n"
        '            yield BrokenRule("pace", "is slow and silent")\n'
    )
    path = "omnibase_core.models.contracts.subcontracts.model_broken_rule"
    changed(toys, PYTHON, "from pydantic", f"from {path} import BrokenRule\nfrom pydantic")
    text = (toys.package / PYTHON).read_text(encoding="utf-8")
    toys.write(PYTHON, text + rule)
    changed(toys, YAML, "loud: false", "loud: true")
    messages = [each.message for each in find(toys.root)]
    assert messages == [
        "loud is True, and the default is False",
        (
            "the default of ModelToySubcontract does not hold: "
            "ModelToySubcontract: pace is slow and silent"
        ),
    ]


@pytest.mark.parametrize(
    ("config", "message"),
    [
        ({"speed": 1}, "preset 'odd' of mixin_toy sets 'speed', which is no field"),
        ({"pace": 99}, "preset 'odd' of mixin_toy does not hold: pace: Input should be less"),
        ({"pace": "fast"}, "preset 'odd' of mixin_toy does not hold: pace: Input should be a"),
        (
            {"pace": "4"},
            "preset 'odd' of mixin_toy sets pace to '4', which the model takes as 4",
        ),
    ],
)
def test_a_preset_that_does_not_hold_is_found(
    toys: Any, config: dict[str, Any], message: str
) -> None:
    toys.toy["presets"] = {"odd": {"description": "Odd", "config": config}}
    (found,) = find(toys.write_registry())
    assert found.message.startswith(message)
    lines = (toys.package / "mixins/mixin_metadata.yaml").read_text("utf-8").splitlines()
    assert lines[found.line - 1].strip().startswith(next(iter(config)))


@pytest.mark.parametrize(
    ("old", "new", "message", "at"),
    [
        ("pace: 3", "pace: 4", "pace is 4, and the default is 3", "pace:"),
        ("pace: 3", "pace: 40", "config.pace is 40", "pace:"),
        ("loud: false", "lout: false", "unknown key 'lout' in config", "lout:"),
        ("toy_subcontract\ncontract", "game\ncontract", "contract_type is 'game'", "game"),
        ("loud: false", "loud: [", "", None),
    ],
)
def test_a_file_that_is_not_the_defaults_is_found(
    toys: Any, old: str, new: str, message: str, at: str | None
) -> None:
    changed(toys, YAML, old, new)
    (found,) = find(toys.root)
    assert found.path == f"src/omnibase_core/{YAML}"
    assert message in found.message
    assert at is None or found.line == toys.line(at, YAML)


def test_a_file_that_is_not_there_is_for_another_gate(toys: Any) -> None:
    (toys.package / YAML).unlink()
    assert list(find(toys.root)) == []
