"""A reducer follows references into files below its contract, and no others."""

from pathlib import Path
from typing import Any

import pytest

from omnibase_core.mixins.mixin_reducer_contract import MixinReducerContract

LOADED: Any = object()


class Host(MixinReducerContract):
    def _load_contract_model(self) -> Any:
        return LOADED


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "contracts").mkdir()
    text = "limits: {most: 3, least: {$ref: contracts/least.yaml#/value}}\n"
    (tmp_path / "contracts/limits.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "contracts/least.yaml").write_text("value: 1\n", encoding="utf-8")
    return tmp_path


def resolved(data: Any, folder: Path) -> Any:
    return Host()._resolve_contract_references(data, folder, None)


def test_a_reference_is_replaced_by_its_file_and_what_that_refers_to(folder: Path) -> None:
    data = {"a": [{"$ref": "contracts/limits.yaml#/limits", "beside": 1}]}
    assert resolved(data, folder) == {"a": [{"most": 3, "least": 1}]}


def test_a_reference_may_lead_into_a_file(folder: Path) -> None:
    assert resolved({"$ref": "contracts/limits.yaml#/limits/most"}, folder) == 3


@pytest.mark.parametrize(
    "path",
    [
        "#/definitions/own",
        "elsewhere/limits.yaml",
        "contracts/missing.yaml",
        "contracts/limits.yaml#/limits/none",
        "contracts/limits.yaml#/limits//most",
    ],
)
def test_any_other_reference_stays_as_it_is(folder: Path, path: str) -> None:
    assert resolved({"$ref": path}, folder) == {"$ref": path}


def test_a_state_machine_is_told_by_its_name_and_its_keys() -> None:
    machine = {"state_machine_name": "m", "states": [], "transitions": []}
    assert Host()._is_fsm_data_reference("contracts/FSM.yaml", machine)
    assert not Host()._is_fsm_data_reference("contracts/machine.yaml", machine)
    assert not Host()._is_fsm_data_reference("contracts/fsm.yaml", {"states": []})
    assert not Host()._is_fsm_data_reference("contracts/fsm.yaml", [machine])


def test_the_contract_is_loaded_when_the_node_is_made() -> None:
    assert Host().contract_model is LOADED
