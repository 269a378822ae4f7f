"""How a contract file becomes the contract model of a node."""

from typing import Any

import pytest
from scenarios.shared.contract_loading import (
    nodes_in,
    noted_checks,
    noted_loading,
    with_python_causes,
)

from omnibase_core.models.contracts.model_contract_reducer import ModelContractReducer

CONTRACT = """\
name: stock_totals_reducer
version: {major: 2, minor: 5, patch: 1}
description: Adds up stock movements
node_type: REDUCER
input_model: warehouse.models.StockMovement
output_model: warehouse.models.StockTotals
"""
MACHINE = """\
state_machine_name: stock
description: Stock on its way
states: [ordered, stored]
initial_state: ordered
transitions: []
"""
CONTRACTS = {
    "other_node_type": CONTRACT.replace("REDUCER", "COMPUTE"),
    "no_node_type": CONTRACT.replace("node_type: REDUCER\n", ""),
    "unknown_keys": f"{CONTRACT}colour: red\nroot_list: [1, 2]\n",
    "state_transitions": f"{CONTRACT}state_transitions: [anything, {{a: 1}}]\n",
    "reference_elsewhere": f"{CONTRACT}state_transitions: {{$ref: ./machine.yaml, more: 1}}\n",
    "node_type_in_small_letters": CONTRACT.replace("REDUCER", "reducer"),
    "version_of_text": CONTRACT.replace("{major: 2, minor: 5, patch: 1}", "'2.5.1'"),
    "no_name": CONTRACT.replace("name: stock_totals_reducer\n", ""),
    "reference_for_everything": "$ref: contracts/all.yaml\n",
    "broken_yaml": "name: [",
    "list": "- name\n",
    "text": "just a text\n",
    "empty": "",
    "not_utf_8": b"name: \xff\n",
}


@pytest.fixture
def warehouse(subject: Any, files: Any, class_at: Any) -> Any:
    """Make a node of a class that has `contract` (nothing at all if None) beside its module."""
    return nodes_in("warehouse", subject, files, class_at)


def facts(node: Any) -> dict[str, Any]:
    """Return what a contract file says about its node."""
    names = ("name", "version", "description", "node_type", "input_model", "state_transitions")
    return {name: getattr(node.contract_model, name) for name in names}


def test_a_plain_file_is_loaded(pinned: Any, warehouse: Any) -> None:
    """Odd but relied on: the version of the node is not that of its contract."""
    made: list[Any] = []
    seen = pinned.observe(lambda: made.append(warehouse(CONTRACT)))
    (node,) = made
    seen["contract"] = node.contract_model
    seen["node"] = {"version": node.version, "data": node.contract_data}
    pinned.check(seen)


@pytest.mark.parametrize("contract", CONTRACTS.values(), ids=list(CONTRACTS))
def test_files(pinned: Any, warehouse: Any, contract: str | bytes) -> None:
    """Odd but relied on: unknown keys are dropped, and any kind of node may call it its own."""
    pinned.check(pinned.observe(lambda: facts(warehouse(contract))))


def test_without_a_contract_file(pinned: Any, warehouse: Any) -> None:
    """Odd: the text of the error holds two others, each with its code."""
    pinned.check(with_python_causes(pinned.observe(lambda: warehouse(None))))


def test_a_rule_that_is_broken(pinned: Any, warehouse: Any) -> None:
    """The details name the model and the type of the original error, which is the cause."""
    contract = f"{CONTRACT}memory_management: {{gc_threshold: 0.95}}\n"
    seen = with_python_causes(pinned.observe(lambda: warehouse(contract)))
    pinned.check(seen)


def test_a_reference_is_followed(pinned: Any, warehouse: Any, files: Any) -> None:
    """Odd but relied on: the content of the file comes with an empty `root_list`."""
    files.write("warehouse/contracts/fsm.yaml", MACHINE)
    contract = f"{CONTRACT}state_transitions: {{$ref: contracts/fsm.yaml}}\n"
    pinned.check(pinned.observe(lambda: facts(warehouse(contract))))


def test_a_reference_that_cannot_be_read(pinned: Any, warehouse: Any, files: Any) -> None:
    """Odd but relied on: an error is logged, and the contract is loaded with the reference."""
    files.write("warehouse/contracts/fsm.yaml", "states: [")
    contract = f"{CONTRACT}state_transitions: {{$ref: contracts/fsm.yaml, beside: kept}}\n"
    pinned.check(pinned.observe(lambda: facts(warehouse(contract))))


def test_a_path_that_leads_nowhere(pinned: Any, warehouse: Any, files: Any) -> None:
    """The search is asked through the node, so a class may name the path itself."""
    missing = files / "gone.yaml"
    seen = pinned.observe(lambda: warehouse(None, _find_contract_path=lambda _node: missing))
    pinned.check(seen)


def test_a_search_that_fails(pinned: Any, warehouse: Any) -> None:
    """Whatever a class does about the search, its failure is one of the loading."""

    def find(_node: Any) -> None:
        raise KeyError("no path")

    pinned.check(pinned.observe(lambda: warehouse(None, _find_contract_path=find)))


def test_the_model_is_built_from_what_the_resolution_returns(pinned: Any, warehouse: Any) -> None:
    """Resolution sees the plain data, the contract's folder and a fresh shipped resolver."""
    asked: dict[str, Any] = {}

    def resolve(self: Any, *given: Any) -> Any:
        data, base_path, resolver = given
        asked.update(data=data, base_path=base_path, resolver=resolver, node=type(self).__name__)
        return {**data, "description": "Resolved"}

    seen = pinned.observe(lambda: facts(warehouse(CONTRACT, _resolve_contract_references=resolve)))
    seen["resolution asked with"] = asked
    seen["keys in order"] = list(asked["data"])
    pinned.check(seen)


@pytest.mark.parametrize("spoilt", [None, [], {"name": "x"}], ids=["none", "list", "too_little"])
def test_resolution_that_spoils_the_data(pinned: Any, warehouse: Any, spoilt: Any) -> None:
    """The building of the model is what notices."""
    seen = pinned.observe(
        lambda: warehouse(CONTRACT, _resolve_contract_references=lambda *_given: spoilt)
    )
    pinned.check(seen)


def test_rules_are_checked_once_more_at_the_end(
    pinned: Any, warehouse: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Odd but relied on: the building has checked them, and then they are checked again."""
    checks = noted_checks(monkeypatch, ModelContractReducer, unlucky=2)
    seen = pinned.observe(lambda: warehouse(CONTRACT))
    seen["checks"] = checks
    pinned.check(seen)


def test_one_construction_loads_once(subject: Any, pinned: Any, warehouse: Any) -> None:
    """Loading is called through the node, once, and searches once."""
    calls, members = noted_loading(subject)
    seen = pinned.observe(lambda: warehouse(CONTRACT, **members).contract_model.name)
    seen["calls"] = calls
    pinned.check(seen)
