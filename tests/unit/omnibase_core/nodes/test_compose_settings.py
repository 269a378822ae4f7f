"""Settings of a contract become the class attribute that the mixin reads."""

from pathlib import Path
from typing import Any

import pytest

from omnibase_core.discovery import MixinDiscovery
from omnibase_core.errors.model_onex_error import ModelOnexError
from omnibase_core.infrastructure.node_core_base import NodeCoreBase
from omnibase_core.models.container.model_onex_container import ModelONEXContainer
from omnibase_core.models.contracts.subcontracts.model_health_check_subcontract import (
    ModelHealthCheckSubcontract,
)
from omnibase_core.models.contracts.subcontracts.model_transaction_subcontract import (
    ModelTransactionSubcontract,
)
from omnibase_core.nodes.compose import compose_node
from omnibase_core.nodes.contract_document import contract_document
from omnibase_core.nodes.contract_parts import read_parts
from omnibase_core.nodes.objections import Objections
from omnibase_core.nodes.settings import settings_name, settings_of
from omnibase_core.utils.contract_yaml import UnknownContractKey

REGISTRY = MixinDiscovery()


class Base(NodeCoreBase):
    """A base that can be made."""

    async def process(self, input_data: Any) -> Any:
        return input_data


def composed(*mixins: object, **options: Any) -> Any:
    node = {"name": "TicketStore", "base": f"{__name__}:Base"}
    return compose_node({"node": node, "mixins": list(mixins)}, **options)


@pytest.mark.parametrize("info", REGISTRY.get_all_mixins(), ids=lambda info: info.name)
def test_the_attribute_is_called_as_the_registry_calls_it(info: Any) -> None:
    model: Any = REGISTRY.resolve_subcontract(info.name)
    name = settings_name(model)
    stem = info.subcontract_model.partition(":")[0].rpartition(".")[2]
    assert name == stem.removeprefix("model_").removesuffix("_subcontract") + "_settings"
    text = REGISTRY.metadata_path.read_text(encoding="utf-8")
    for line in text.splitlines():
        if f"= {model.__name__}.model_validate(settings)" in line:
            assert f"self.{name} = " in line


def test_the_mixin_works_with_the_settings_of_the_contract() -> None:
    fleeting = {"name": "MixinHealthCheck", "settings": {"include_component_checks": False}}
    node = composed(fleeting)(ModelONEXContainer())
    assert node.health_check_settings.include_component_checks is False
    assert node._included_checks() == []


def test_a_mixin_without_settings_keeps_its_own() -> None:
    plain = composed("MixinHealthCheck", "MixinTransactions")
    assert "health_check_settings" not in vars(plain)
    assert not hasattr(plain, "transaction_settings")
    node = plain(ModelONEXContainer())
    assert node.health_check_settings == ModelHealthCheckSubcontract()


@pytest.mark.parametrize("asked", [{"settings": {}}, {"settings": None}, {"preset": None}])
def test_settings_without_values_are_the_defaults(asked: dict[str, Any]) -> None:
    made = composed({"name": "MixinHealthCheck", **asked})
    assert vars(made)["health_check_settings"] == ModelHealthCheckSubcontract()


def test_settings_outrank_the_preset_and_the_preset_the_defaults() -> None:
    preset = REGISTRY.get_preset("MixinTransactions", "default")
    own = {"transaction_timeout_ms": 2000}
    made = composed({"name": "MixinTransactions", "preset": "default", "settings": own})
    assert made.transaction_settings == ModelTransactionSubcontract.model_validate(
        {**preset, **own}
    )
    assert REGISTRY.get_preset("MixinTransactions", "default") == preset


@pytest.mark.parametrize(
    ("name", "preset"),
    [(info.name, preset) for info in REGISTRY.get_all_mixins() for preset in info.presets],
)
def test_every_preset_makes_settings_or_names_what_is_missing(name: str, preset: str) -> None:
    found = Objections(
        contract_document({"node": {}, "mixins": [{"name": name, "preset": preset}]}, None)
    )
    mixins = read_parts(found).mixins
    found.problems.clear()  # the node has no name, which is not what this is about
    made = settings_of(mixins, REGISTRY, found)
    if found.problems:
        assert not made
        assert all(problem.what.startswith("the key") for problem in found.problems)
    else:
        (settings,) = made.values()
        model: Any = REGISTRY.resolve_subcontract(name)
        assert settings == model.model_validate(REGISTRY.get_preset(name, preset))


def test_a_group_of_settings_changes_only_where_it_is_named() -> None:
    asked = {
        "name": "MixinCaching",
        "preset": "api_responses",
        "settings": {"invalidation_policy": {"ttl_seconds": 60}},
    }
    found = Objections(contract_document({"node": {"name": "S"}, "mixins": [asked]}, None))
    made: Any = settings_of(read_parts(found).mixins, REGISTRY, found)["caching_settings"]
    assert not found.problems
    assert made.invalidation_policy.ttl_seconds == 60
    assert made.invalidation_policy.invalidation_strategy == "ttl_based"
    assert made.key_strategy.key_generation_method == "composite_hash"


def test_two_mixins_cannot_both_set_the_attribute_that_they_share() -> None:
    shared = [
        {"name": "MixinHashComputation", "settings": {}},
        {"name": "MixinSerialization", "preset": "default"},
    ]
    with pytest.raises(ModelOnexError, match=r"mixins.1. sets serialization_settings, which") as e:
        composed(*shared)
    assert "which MixinHashComputation has set already; write all of them at one" in str(e.value)


def test_a_rule_broken_with_the_preset_is_told_at_the_settings(tmp_path: Path) -> None:
    path = tmp_path / "store.yaml"
    path.write_text(
        "node: {name: S}\n"
        "mixins:\n"
        "  - name: MixinTransactions\n"
        "    settings:\n"
        "      rollback_support: false\n"
        "      enable_savepoints: true\n",
        encoding="utf-8",
    )
    with pytest.raises(ModelOnexError, match=r":6:26: mixins.0..settings.enable_savepoints needs"):
        compose_node(path)


def test_unknown_keys_are_warned_about_unless_strict() -> None:
    mixin = {"name": "MixinHealthCheck", "settings": {"failure_treshold": 5}}
    with pytest.warns(UnknownContractKey, match=r"failure_treshold.*\(ignored\)") as warned:
        made = compose_node({"node": {"name": "S"}, "mixins": [mixin]}, strict=False)
    assert vars(made)["health_check_settings"] == ModelHealthCheckSubcontract()
    assert [warning.filename for warning in warned] == [__file__]


def test_what_is_wrong_is_refused_together_with_unknown_keys_only_if_strict() -> None:
    mixin = {"name": "MixinHealthCheck", "settings": {"failure_treshold": 5, "x": 1}}
    wrong = {"node": {"name": "class"}, "mixins": [mixin]}
    with pytest.raises(ModelOnexError, match="keyword") as strict:
        compose_node(wrong)
    with pytest.raises(ModelOnexError, match="keyword") as loose:
        compose_node(wrong, strict=False)
    assert len(strict.value.message.splitlines()) == 3
    assert len(loose.value.message.splitlines()) == 1
