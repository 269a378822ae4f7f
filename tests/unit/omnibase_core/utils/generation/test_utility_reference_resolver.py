"""References become type names; nothing is loaded."""

import json
from types import SimpleNamespace

import pytest

from omnibase_core.utils.generation.model_ref_info import ModelRefInfo
from omnibase_core.utils.generation.utility_reference_resolver import UtilityReferenceResolver


class Tracker:
    def __init__(self) -> None:
        self.seen: list[dict[str, str]] = []

    def add_subcontract_model(self, **facts: str) -> None:
        self.seen.append(facts)


def config(*, use: bool = True, **entries: dict[str, str]) -> SimpleNamespace:
    return SimpleNamespace(
        use_imports_for_subcontracts=use,
        subcontract_import_map={f"contracts/{name}.yaml": e for name, e in entries.items()},
    )


@pytest.mark.parametrize(
    ("ref", "name"),
    [
        ("#/definitions/User", "ModelUser"),
        ("#/definitions/ModelUser", "ModelUser"),
        ("#/definitions/EnumKind", "EnumKind"),
        ("#/definitions/", "ModelObjectData"),
        ("contracts/m.yaml#/ToolGeneratorProcessingConfig", "ModelProcessingConfig"),
        ("contracts/m.yaml#/NodeStatus", "ModelStatus"),
        ("contracts/m.yaml#/ToolNodeStatus", "ModelNodeStatus"),
        ("contracts/m.yaml#/ToolThing", "ModelThing"),
        ("contracts/m.yaml#/Tool", "ModelObjectData"),
        ("contracts/m.yaml#/definitions/Thing", "ModelThing"),
        ("shared/ONEX_FIELD_MODEL.yaml#/Any", "ModelOnexFieldModel"),
        ("shared/semver.yaml#/Any", "ModelSemVer"),
        ("shared/action_spec.yaml#/Any", "ModelActionSpec"),
        ("shared/log_context.yaml#/Any", "ModelLogContext"),
        ("shared/other.yaml#/NodeThing", "ModelNodeThing"),
        ("a.yaml#/", "ModelObjectData"),
        ("foo", "Modelfoo"),
        ("", "ModelObjectData"),
    ],
)
def test_each_reference_has_a_type_name(ref: str, name: str) -> None:
    assert UtilityReferenceResolver().resolve_ref(ref) == name


@pytest.mark.parametrize(
    ("ref", "info"),
    [
        ("#/definitions/User", ModelRefInfo("", "User", is_internal=True)),
        ("a.yaml#/x/Y", ModelRefInfo("a.yaml", "Y")),
        ("contracts/a.yaml#/Y", ModelRefInfo("contracts/a.yaml", "Y", is_subcontract=True)),
    ],
)
def test_parts_of_a_reference(ref: str, info: ModelRefInfo) -> None:
    assert UtilityReferenceResolver().parse_reference(ref) == info


def test_a_malformed_reference_is_taken_for_a_name_and_warned_about(
    caplog: pytest.LogCaptureFixture,
) -> None:
    assert UtilityReferenceResolver().parse_reference("foo") == ModelRefInfo("", "foo")
    event = json.loads(caplog.records[0].getMessage())
    assert (event["level"], event["message"]) == ("warning", "Malformed reference: foo")


def test_a_subcontract_is_reported_to_the_tracker() -> None:
    resolver, tracker = UtilityReferenceResolver(), Tracker()
    resolver.set_config(config())
    resolver.set_import_tracker(tracker)
    resolver.resolve_ref("contracts/contract_cache.yaml#/ToolEntry")
    assert tracker.seen == [
        {
            "subcontract_path": "contracts/contract_cache.yaml",
            "model_name": "ModelEntry",
            "package_name": "cache",
            "import_path": "generated.cache",
        }
    ]


@pytest.mark.parametrize(
    ("use", "ref"), [(False, "contracts/a.yaml#/Entry"), (True, "other/a.yaml#/Entry")]
)
def test_nothing_else_is_reported(use: bool, ref: str) -> None:
    tracker = Tracker()
    UtilityReferenceResolver(config(use=use), tracker).resolve_ref(ref)
    assert tracker.seen == []


def test_configured_names_win() -> None:
    entry = {"package_name": "fast_cache", "import_path": "acme.fast_cache"}
    resolver = UtilityReferenceResolver(config(contract_cache=entry, contract_log={}))
    cache, log = "contracts/contract_cache.yaml", "contracts/contract_log.yaml"
    assert resolver.get_package_name_for_subcontract(cache) == "fast_cache"
    assert resolver.get_import_path_for_subcontract(cache) == "acme.fast_cache"
    assert resolver.get_package_name_for_subcontract(log) == "log"
    assert resolver.get_import_path_for_subcontract(log) == "generated.log"


def test_other_files_give_their_stem() -> None:
    resolver = UtilityReferenceResolver()
    assert resolver.get_package_name_for_subcontract("shared/contract_x.yaml") == "contract_x"
    assert resolver.get_import_path_for_subcontract("contracts/y.yaml") == "generated.y"


@pytest.mark.parametrize(
    ("ref", "external"),
    [("", False), ("#/definitions/X", False), ("a.yaml#/X", True), ("foo", True)],
)
def test_external_references(ref: str, external: bool) -> None:
    assert UtilityReferenceResolver().is_external_reference(ref) is external


def test_it_does_not_load_files() -> None:
    assert not hasattr(UtilityReferenceResolver(), "resolve_reference")
