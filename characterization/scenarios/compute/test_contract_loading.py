"""How far a contract file gets on its way to a contract model."""

from typing import Any

import pytest
from pydantic import BaseModel
from scenarios.shared.contract_loading import (
    nodes_in,
    noted_checks,
    noted_loading,
    with_python_causes,
)

from omnibase_core.enums.enum_node_type import EnumNodeType
from omnibase_core.models.contracts.model_contract_compute import ModelContractCompute
from omnibase_core.primitives.model_semver import ModelSemVer

CONTRACT = """\
name: scales
version: {major: 2, minor: 5, patch: 1}
description: Weighs goods
node_type: COMPUTE
input_model: ScalesInput
output_model: ScalesOutput
performance: {single_operation_max_ms: 100}
algorithm:
  algorithm_type: weighted_factor_algorithm
  factors:
    distance: {weight: 0.6, calculation_method: linear}
    traffic: {weight: 0.4, calculation_method: lookup}
input_state: {$ref: ./schemas/goods.yaml, note: kept}
"""


@pytest.fixture
def scales(subject: Any, files: Any, class_at: Any) -> Any:
    """Make a node of a class that has `contract` (nothing at all if None) beside its module."""
    return nodes_in("scales", subject, files, class_at)


@pytest.fixture
def complete(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the contract model keep all that it is given, unlike the shipped one."""

    def keep_all(contract: Any, **data: Any) -> None:
        typed = {**data, "version": ModelSemVer(**data["version"]), "input_state": None}
        BaseModel.__init__(contract, **typed)

    monkeypatch.setattr(ModelContractCompute, "__init__", keep_all)


def typed(_self: Any, data: Any, *_given: Any) -> Any:
    """Resolve a contract into what its model takes for identity."""
    kinds = {"version": ModelSemVer(**data["version"]), "node_type": EnumNodeType.COMPUTE}
    return {**data, **kinds}


def test_as_shipped_no_contract_can_be_loaded(pinned: Any, scales: Any) -> None:
    """Odd but relied on: a module is missing, so callers replace the whole loading."""
    pinned.check(with_python_causes(pinned.observe(lambda: scales(CONTRACT))))


@pytest.mark.usefixtures("constants")
def test_without_a_contract_file(pinned: Any, scales: Any) -> None:
    """Odd: the text of the error holds two others, each with its code."""
    pinned.check(with_python_causes(pinned.observe(lambda: scales(None))))


@pytest.mark.usefixtures("constants")
@pytest.mark.parametrize(
    "contract",
    [
        pytest.param(CONTRACT, id="well_formed"),
        pytest.param(CONTRACT.replace("name: scales\n", ""), id="no_name"),
        pytest.param(CONTRACT.replace("{major: 2, minor: 5, patch: 1}", "2.5.1"), id="text"),
        pytest.param("name: [", id="broken_yaml"),
        pytest.param("", id="empty"),
    ],
)
def test_plain_files_are_refused(pinned: Any, scales: Any, contract: str) -> None:
    """Odd but relied on: no YAML text is good enough, as a version must be an object."""
    pinned.check(pinned.observe(lambda: scales(contract)))


@pytest.mark.usefixtures("constants")
def test_a_path_that_leads_nowhere(pinned: Any, scales: Any, files: Any) -> None:
    """The search is asked through the node, so a class may name the path itself."""
    missing = files / "gone.yaml"
    pinned.check(pinned.observe(lambda: scales(None, _find_contract_path=lambda _node: missing)))


@pytest.mark.usefixtures("constants")
def test_typed_data_are_refused_as_well(pinned: Any, scales: Any) -> None:
    """Odd but relied on: the model drops the algorithm and then misses it."""
    pinned.check(pinned.observe(lambda: scales(CONTRACT, _resolve_contract_references=typed)))


@pytest.mark.usefixtures("constants")
def test_the_model_is_built_from_what_the_resolution_returns(pinned: Any, scales: Any) -> None:
    """Resolution sees the dumped data, the contract's folder and a fresh shipped resolver."""
    asked: dict[str, Any] = {}

    def resolve(self: Any, *given: Any) -> Any:
        data, base_path, resolver = given
        asked.update(data=data, base_path=base_path, resolver=resolver, node=type(self).__name__)
        asked["order of the data"] = list(data)
        return {"name": 7}

    seen = pinned.observe(lambda: scales(CONTRACT, _resolve_contract_references=resolve))
    seen["resolution asked with"] = asked
    pinned.check(seen)


@pytest.mark.usefixtures("constants", "complete")
def test_a_model_that_keeps_its_data(pinned: Any, scales: Any) -> None:
    """With such a model a plain file is enough; the log tells where it lies."""
    seen = pinned.observe(lambda: scales(CONTRACT).contract_model)
    seen["type"] = type(seen.value).__name__
    pinned.check(seen)


@pytest.mark.usefixtures("constants", "complete")
def test_rules_that_do_not_hold(pinned: Any, scales: Any) -> None:
    """The rules of compute contracts are in the text of the error, code and all."""
    contract = CONTRACT.replace("performance: {single_operation_max_ms: 100}\n", "")
    pinned.check(pinned.observe(lambda: scales(contract)))


@pytest.mark.usefixtures("constants", "complete")
@pytest.mark.parametrize("lucky", [True, False], ids=["they_hold", "they_do_not"])
def test_rules_are_checked_once_more_at_the_end(
    pinned: Any, scales: Any, monkeypatch: pytest.MonkeyPatch, lucky: bool
) -> None:
    """Odd but relied on: building the model has checked them, then they are checked again."""
    checks = noted_checks(monkeypatch, ModelContractCompute, unlucky=0 if lucky else 2)
    seen = pinned.observe(lambda: scales(CONTRACT).contract_model.name)
    seen["checks"] = checks
    pinned.check(seen)


@pytest.mark.usefixtures("constants", "complete")
def test_one_construction_loads_once(subject: Any, pinned: Any, scales: Any) -> None:
    """Loading is called through the node, once, and searches once."""
    calls, members = noted_loading(subject)
    seen = pinned.observe(lambda: scales(CONTRACT, **members).contract_model.name)
    seen["calls"] = calls
    pinned.check(seen)
