"""A mixin module without an entry is found, and so is an entry that lacks something."""

from typing import Any

import pytest
import yaml

from omnibase_core.errors.model_onex_error import ModelOnexError
from omnibase_core.gates.finding import Finding
from omnibase_core.gates.mixin_has_entry import find

REGISTRY = "src/omnibase_core/mixins/mixin_metadata.yaml"
KNOWN = "src/omnibase_core/mixins/known_mixins.yaml"
EXEMPT = {"name": "MixinBox", "kind": "mixin", "reason": "There is nothing to set."}


def test_a_mixin_with_all_it_needs_is_left_alone(toys: Any) -> None:
    assert list(find(toys.root)) == []


def test_a_package_is_searched_as_well_as_a_repository(toys: Any) -> None:
    toys.write("mixins/mixin_new.py", '"""New."""')
    (found,) = find(toys.package)
    assert found.path == "mixins/mixin_new.py"


def test_a_module_without_an_entry_is_found(toys: Any) -> None:
    toys.write("mixins/mixin_new.py", '"""New."""')
    assert list(find(toys.root)) == [
        Finding(
            "src/omnibase_core/mixins/mixin_new.py",
            1,
            "mixin without an entry in the registry",
            "describe mixin_new in mixin_metadata.yaml, or give it a reason in its section "
            "'infrastructure'",
        )
    ]


def test_modules_that_are_no_mixins_need_no_entry(toys: Any) -> None:
    toys.write("mixins/helpers.py", '"""Helps."""')
    assert list(find(toys.root)) == []


def test_an_exempt_mixin_with_a_reason_is_left_alone(toys: Any) -> None:
    toys.registry["infrastructure"]["mixin_box"] = EXEMPT
    toys.write("mixins/mixin_box.py", '"""Holds."""')
    assert list(find(toys.write_registry())) == []


def test_an_exempt_mixin_without_a_reason_is_found(toys: Any) -> None:
    toys.registry["infrastructure"]["mixin_box"] = EXEMPT | {"reason": " "}
    (found,) = find(toys.write_registry())
    assert found == Finding(
        REGISTRY, toys.line("reason:"), "mixin_box is exempt without a reason", "say why"
    )


def test_an_unknown_category_is_found(toys: Any) -> None:
    toys.toy["category"] = "fun"
    (found,) = find(toys.write_registry())
    assert (found.line, found.message) == (
        toys.line("category:"),
        "mixin_toy has the unknown category 'fun'",
    )
    assert "reliability" in found.instead


def test_an_entry_without_a_subcontract_is_found(toys: Any) -> None:
    del toys.toy["subcontract_model"]
    (found,) = find(toys.write_registry())
    assert (found.line, found.message) == (1, "mixin_toy has an entry without a subcontract")


def test_a_subcontract_without_a_file_is_found(toys: Any) -> None:
    toys.toy["subcontract_model"] = "omnibase_core.models.model_gone:ModelGone"
    (found,) = find(toys.write_registry())
    assert "omnibase_core.models.model_gone:ModelGone, which has no file" in found.message
    assert found.line == toys.line("subcontract_model:")


def test_a_subcontract_without_yaml_is_found(toys: Any) -> None:
    folder = "models/contracts/subcontracts"
    (toys.package / f"{folder}/model_toy_subcontract.yaml").unlink()
    assert list(find(toys.root)) == [
        Finding(
            f"src/omnibase_core/{folder}/model_toy_subcontract.py",
            1,
            "subcontract of MixinToy without a YAML file",
            "add model_toy_subcontract.yaml beside it",
        )
    ]


def test_a_planned_mixin_may_still_lack_its_subcontract(toys: Any) -> None:
    (toys.package / "mixins/mixin_toy.py").unlink()
    (toys.package / "models/contracts/subcontracts/model_toy_subcontract.yaml").unlink()
    assert list(find(toys.root)) == []


@pytest.mark.parametrize(
    ("known", "messages"),
    [
        (
            {"features": {"mixin_toy": "MixinToy", "mixin_lost": "MixinLost"}},
            ["mixin_lost is to be MixinLost among the features of the registry, and is not there"],
        ),
        (
            {"features": {"mixin_toy": "MixinGame"}},
            [
                (
                    "mixin_toy is to be MixinGame among the features of the registry, "
                    "and the registry calls it MixinToy"
                )
            ],
        ),
        (
            {"features": {}, "infrastructure": {"mixin_toy": "MixinToy"}},
            [
                "mixin_toy is no known mixin",
                (
                    "mixin_toy is to be MixinToy among the infrastructure of the registry, "
                    "and is not there"
                ),
            ],
        ),
    ],
)
def test_the_registry_holds_every_known_mixin_and_no_other(
    toys: Any, known: dict[str, Any], messages: list[str]
) -> None:
    text = yaml.safe_dump({"infrastructure": {}, **known})
    toys.write("mixins/known_mixins.yaml", text)
    found = list(find(toys.root))
    assert [each.message for each in found] == messages
    assert {each.path for each in found} <= {REGISTRY, KNOWN}


def test_a_mixin_in_both_sections_is_found(toys: Any) -> None:
    toys.registry["infrastructure"]["mixin_box"] = EXEMPT | {"name": "MixinToy"}
    (found,) = find(toys.write_registry())
    assert found.message == "MixinToy has an entry and is exempt as well"
    assert found.line == toys.line("mixin_box:")


def test_a_list_of_known_mixins_that_is_none_is_refused(toys: Any) -> None:
    toys.write("mixins/known_mixins.yaml", "features: {}\n")
    with pytest.raises(ModelOnexError, match=r"known_mixins\.yaml: not a list of mixins"):
        list(find(toys.root))


def test_a_registry_that_is_no_yaml_is_refused_with_its_line(toys: Any) -> None:
    toys.write("mixins/mixin_metadata.yaml", "mixin_toy:\n  name: [\n")
    with pytest.raises(ModelOnexError, match=r"mixin_metadata\.yaml:\d+:\d+: "):
        list(find(toys.root))


def test_a_folder_without_a_registry_is_refused(toys: Any) -> None:
    with pytest.raises(ModelOnexError, match="holds no omnibase_core"):
        list(find(toys.root / "src/omnibase_core/models"))
