"""The registry of mixins is complete and well written; the gates compare it with the code."""

import ast
import importlib
import inspect
import sys
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
import yaml

import omnibase_core.mixins
from omnibase_core.discovery.registry_check import CATEGORIES
from omnibase_core.gates.source import parse_header
from omnibase_core.primitives.model_semver import ModelSemVer

MIXINS = Path(omnibase_core.mixins.__path__[0])
DOCUMENT: dict[str, dict[str, Any]] = yaml.safe_load(
    (MIXINS / "mixin_metadata.yaml").read_text("utf-8")
)
INFRASTRUCTURE: dict[str, dict[str, str]] = DOCUMENT["infrastructure"]
ENTRIES = {key: entry for key, entry in DOCUMENT.items() if key != "infrastructure"}
BY_NAME = {entry["name"]: entry for entry in ENTRIES.values()}
METHODS = [(key, m["name"]) for key, e in ENTRIES.items() for m in e["code_patterns"]["methods"]]
every_entry = pytest.mark.parametrize("key", ENTRIES)
every_method = pytest.mark.parametrize(("key", "method"), METHODS)


def history(key: str) -> list[dict[str, Any]]:
    return list(ENTRIES[key]["version_history"])


@pytest.mark.parametrize("key", INFRASTRUCTURE)
def test_an_exempt_mixin_says_why(key: str) -> None:
    entry = INFRASTRUCTURE[key]
    assert set(entry) == {"name", "kind", "reason"}
    assert entry["kind"] in {"mixin", "data_model", "function"}
    assert entry["reason"].endswith(".")
    assert ". " not in entry["reason"]


@pytest.mark.parametrize(
    "key", [key for key in INFRASTRUCTURE if (MIXINS / f"{key}.py").is_file()]
)
def test_an_exempt_mixin_is_of_the_kind_it_says(key: str) -> None:
    module = importlib.import_module(f"omnibase_core.mixins.{key}")
    is_class = inspect.isclass(getattr(module, INFRASTRUCTURE[key]["name"]))
    assert is_class == (INFRASTRUCTURE[key]["kind"] != "function")


@every_entry
def test_an_entry_has_every_key(key: str) -> None:
    entry = ENTRIES[key]
    assert list(entry) == [
        "name",
        "description",
        "version",
        "category",
        "requires",
        "compatible_with",
        "incompatible_with",
        "subcontract_model",
        "subcontract_description",
        "config_schema",
        "usage_examples",
        "version_history",
        "presets",
        "code_patterns",
    ]
    assert entry["description"]
    assert entry["subcontract_description"]
    assert len(entry["usage_examples"]) == 3
    assert all(isinstance(example, str) for example in entry["usage_examples"])


def test_every_category_has_a_member() -> None:
    assert {entry["category"] for entry in ENTRIES.values()} == set(CATEGORIES)


@every_entry
def test_versions_are_mappings_and_the_latest_is_the_last_of_the_history(key: str) -> None:
    versions = [ModelSemVer.model_validate(item["version"]) for item in history(key)]
    dates = [date.fromisoformat(item["date"]) for item in history(key)]
    assert versions == sorted(set(versions))
    assert dates == sorted(dates)
    assert versions[-1] == ModelSemVer.model_validate(ENTRIES[key]["version"])
    assert all(item["changes"] for item in history(key))
    assert all(isinstance(change, str) for item in history(key) for change in item["changes"])


def test_mixins_that_share_a_subcontract_share_its_schema() -> None:
    shared: dict[str, dict[str, Any]] = {}
    for entry in ENTRIES.values():
        schema = shared.setdefault(entry["subcontract_model"], entry["config_schema"])
        assert entry["config_schema"] is schema


@every_entry
def test_there_is_a_choice_of_presets(key: str) -> None:
    configs = [preset["config"] for preset in ENTRIES[key]["presets"].values()]
    assert len(configs) >= 2
    assert all(preset["description"] for preset in ENTRIES[key]["presets"].values())
    assert all(configs.count(config) == 1 for config in configs)


@every_entry
def test_a_mixin_requires_its_subcontract(key: str) -> None:
    requires = ENTRIES[key]["requires"]
    assert len(requires) == len(set(requires))
    assert ENTRIES[key]["subcontract_model"].partition(":")[0] in {
        *requires,
        *chain.from_iterable(BY_NAME[item]["requires"] for item in requires if item in BY_NAME),
    }


def test_what_is_not_ours_is_the_standard_library_or_a_dependency() -> None:
    tops = {
        item.partition(".")[0]
        for entry in ENTRIES.values()
        for item in entry["requires"]
        if item not in BY_NAME
    }
    assert tops - sys.stdlib_module_names == {"omnibase_core", "pydantic", "yaml"}


@every_entry
def test_a_mixin_goes_with_what_it_requires(key: str) -> None:
    required = [item for item in ENTRIES[key]["requires"] if item in BY_NAME]
    assert ENTRIES[key]["name"] not in required
    assert set(required) <= set(ENTRIES[key]["compatible_with"])


@pytest.mark.parametrize("relation", ["compatible_with", "incompatible_with"])
@every_entry
def test_a_mixin_names_others_once_and_goes_with_entries_only(key: str, relation: str) -> None:
    others = ENTRIES[key][relation]
    assert len(others) == len(set(others))
    assert relation == "incompatible_with" or set(others) <= set(BY_NAME)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("MixinRetry", "MixinValidation"),
        ("MixinRetry", "MixinFailFast"),
        ("MixinEventBus", "MixinEventListener"),
    ],
)
def test_known_conflicts_are_declared(one: str, other: str) -> None:
    assert other in BY_NAME[one]["incompatible_with"]


@every_entry
def test_a_code_pattern_is_python(key: str) -> None:
    pattern = ENTRIES[key]["code_patterns"]
    assert list(pattern) == ["inheritance", "initialization", "methods", "properties"]
    source = f"{pattern['inheritance']} ...".replace("{Name}", "Example")
    (made,) = ast.parse(source).body
    assert isinstance(made, ast.ClassDef)
    assert ast.unparse(made.bases[0]).partition("[")[0] == ENTRIES[key]["name"]
    assert ast.parse(pattern["initialization"].replace("{Name}", "Example")).body
    assert pattern["methods"] or pattern["properties"]


@every_method
def test_a_signature_is_the_one_of_its_method(key: str, method: str) -> None:
    entry = registered(key, method)
    assert set(entry) == {"name", "signature", "description"}
    header = parse_header(f"{entry['signature']}: ...")
    assert header.name == method
    first, *rest = [*header.args.posonlyargs, *header.args.args]
    assert first.arg in {"self", "cls"}
    assert all(argument.annotation for argument in [*rest, *header.args.kwonlyargs])
    assert header.returns


def registered(key: str, method: str) -> dict[str, str]:
    methods = ENTRIES[key]["code_patterns"]["methods"]
    (entry,) = [entry for entry in methods if entry["name"] == method]
    return dict(entry)


@every_entry
def test_a_property_has_a_type_and_a_description(key: str) -> None:
    for entry in ENTRIES[key]["code_patterns"]["properties"]:
        assert set(entry) == {"name", "type", "description"}
        assert entry["name"].isidentifier()
        assert ast.unparse(ast.parse(entry["type"], mode="eval")) == entry["type"]


def test_importing_the_package_imports_no_mixin() -> None:
    assert omnibase_core.mixins.__doc__
    assert not [name for name in vars(omnibase_core.mixins) if name.startswith("Mixin")]
