"""The registry of mixins says what the subcontract models say, checked by comparing the two."""

import importlib
import importlib.util
from datetime import date
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
import yaml

import omnibase_core.mixins
from omnibase_core.models.contracts.subcontracts import ModelSubcontractBase
from omnibase_core.primitives.model_semver import ModelSemVer

REGISTRY = Path(omnibase_core.mixins.__path__[0]) / "mixin_metadata.yaml"
ENTRIES: dict[str, dict[str, Any]] = yaml.safe_load(REGISTRY.read_text("utf-8"))
PRESETS = [(key, preset) for key, entry in ENTRIES.items() for preset in entry["presets"]]
every_entry = pytest.mark.parametrize("key", ENTRIES)


def subcontract(key: str) -> type[ModelSubcontractBase]:
    module, _, name = ENTRIES[key]["subcontract_model"].partition(":")
    model: type[ModelSubcontractBase] = getattr(importlib.import_module(module), name)
    assert issubclass(model, ModelSubcontractBase)
    return model


def test_it_lists_the_mixins_in_order() -> None:
    assert list(ENTRIES) == [
        "mixin_contract_loader",
        "mixin_transactions",
        "mixin_effect_handlers",
    ]


@every_entry
def test_an_entry_has_every_key(key: str) -> None:
    entry = ENTRIES[key]
    assert set(entry) == {
        "name",
        "description",
        "version",
        "category",
        "requires",
        "compatible_with",
        "incompatible_with",
        "config_schema",
        "usage_examples",
        "version_history",
        "subcontract_model",
        "subcontract_description",
        "presets",
    }
    assert entry["name"] == "".join(word.capitalize() for word in key.split("_"))
    assert entry["category"] in {"data_management", "reliability", "execution"}
    assert entry["usage_examples"]


@every_entry
def test_versions_are_mappings_and_the_latest_is_the_last_of_the_history(key: str) -> None:
    versions = [ModelSemVer.model_validate(item["version"]) for item in history(key)]
    assert versions == sorted(versions)
    assert versions[-1] == ModelSemVer.model_validate(ENTRIES[key]["version"])
    for item in history(key):
        assert date.fromisoformat(item["date"])
        assert item["changes"]


def history(key: str) -> list[dict[str, Any]]:
    return list(ENTRIES[key]["version_history"])


@every_entry
def test_the_config_schema_is_the_subcontract(key: str) -> None:
    """Type, default, bounds, allowed values and description, for the same fields in one order."""
    properties = subcontract(key).model_json_schema()["properties"]
    fields = {
        name: {fact: value for fact, value in field.items() if fact != "title"}
        for name, field in properties.items()
    }
    assert ENTRIES[key]["config_schema"] == fields
    assert list(ENTRIES[key]["config_schema"]) == list(fields)


@pytest.mark.parametrize(("key", "preset"), PRESETS)
def test_presets_validate(key: str, preset: str) -> None:
    config = ENTRIES[key]["presets"][preset]["config"]
    assert set(config) <= set(ENTRIES[key]["config_schema"])
    made = subcontract(key).model_validate(config).model_dump()
    assert made == made | config
    assert ENTRIES[key]["presets"][preset]["description"]


@every_entry
def test_what_an_entry_requires_exists(key: str) -> None:
    for module in ENTRIES[key]["requires"]:
        assert importlib.util.find_spec(module), module


def test_compatibility_is_mutual() -> None:
    by_name = {entry["name"]: entry for entry in ENTRIES.values()}
    for one, other in permutations(by_name, 2):
        assert other in by_name[one]["compatible_with"]
        assert other not in by_name[one]["incompatible_with"]


def test_importing_the_package_imports_no_mixin() -> None:
    assert omnibase_core.mixins.__doc__
    assert not [name for name in vars(omnibase_core.mixins) if name.startswith("Mixin")]
