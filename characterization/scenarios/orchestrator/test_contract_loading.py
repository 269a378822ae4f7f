"""How far a contract file gets on its way to a contract model."""

from typing import Any

import pytest
from scenarios.shared.contract_loading import (
    nodes_in,
    noted_checks,
    noted_loading,
    with_python_causes,
)

from omnibase_core.models.contracts.model_contract_orchestrator import ModelContractOrchestrator

CONTRACT = """\
name: order_flow
version: {major: 2, minor: 5, patch: 1}
description: Runs the steps of an order
node_type: ORCHESTRATOR
input_model: orders.models.FlowRequest
output_model: orders.models.FlowReport
performance: {single_operation_max_ms: 500}
"""


@pytest.fixture
def flow(subject: Any, files: Any, class_at: Any) -> Any:
    """Make a node of a class that has `contract` (nothing at all if None) beside its module."""
    return nodes_in("flow", subject, files, class_at)


def without_root_list(_self: Any, data: Any, *_given: Any) -> Any:
    return {name: value for name, value in data.items() if name != "root_list"}


@pytest.mark.parametrize(
    "contract",
    [
        pytest.param(CONTRACT, id="well_formed"),
        pytest.param("name: [", id="broken_yaml"),
        pytest.param("- name\n", id="list"),
        pytest.param("", id="empty"),
        pytest.param(CONTRACT + "colour: red\n", id="unknown_key"),
    ],
)
def test_as_shipped_no_contract_can_be_loaded(pinned: Any, flow: Any, contract: str) -> None:
    """Odd but relied on: the generic reading adds a key which the contract model refuses."""
    pinned.check(with_python_causes(pinned.observe(lambda: flow(contract))))


def test_without_a_contract_file(pinned: Any, flow: Any) -> None:
    """Odd: the text of the error holds two others, each with its code."""
    pinned.check(with_python_causes(pinned.observe(lambda: flow(None))))


def test_a_path_that_leads_nowhere(pinned: Any, flow: Any, files: Any) -> None:
    """The search is asked through the node, so a class may name the path itself."""
    missing = files / "gone.yaml"
    pinned.check(pinned.observe(lambda: flow(None, _find_contract_path=lambda _node: missing)))


def test_a_class_that_drops_the_odd_key(pinned: Any, flow: Any) -> None:
    """Odd: the type of the node is told as a text here."""
    seen = pinned.observe(
        lambda: flow(CONTRACT, _resolve_contract_references=without_root_list).contract_model
    )
    seen["type"] = type(seen.value)
    pinned.check(seen)


@pytest.mark.parametrize(
    "contract",
    [
        pytest.param(CONTRACT.replace("ORCHESTRATOR", "orchestrator"), id="small_letters"),
        pytest.param(CONTRACT + "colour: red\n", id="unknown_key"),
        pytest.param(
            CONTRACT.replace("performance: {single_operation_max_ms: 500}\n", ""), id="no_limit"
        ),
    ],
)
def test_files_that_break_a_rule(pinned: Any, flow: Any, contract: str) -> None:
    """Rules of the contract model come out with their own code in the text."""
    seen = pinned.observe(lambda: flow(contract, _resolve_contract_references=without_root_list))
    pinned.check(with_python_causes(seen))


def test_the_model_is_built_from_what_the_resolution_returns(
    pinned: Any, flow: Any, files: Any
) -> None:
    """Resolution sees the dumped data, the contract's folder and a fresh shipped resolver."""
    asked: dict[str, Any] = {}
    files.write("flow/more.yaml", "text: more\n")

    def resolve(self: Any, *given: Any) -> Any:
        data, base_path, resolver = given
        asked.update(data=data, base_path=base_path, resolver=resolver, node=type(self).__name__)
        return {**without_root_list(self, data), "description": "Resolved", "author": None}

    contract = f"{CONTRACT}author: {{$ref: ./more.yaml}}\n"
    seen = pinned.observe(
        lambda: flow(contract, _resolve_contract_references=resolve).contract_model
    )
    seen["resolution asked with"] = asked
    pinned.check(seen)


def test_an_open_reference(pinned: Any, flow: Any, subject: Any) -> None:
    """Odd: the warning comes first, and the model decides about the data as they were."""

    def resolve(self: Any, data: Any, *given: Any) -> Any:
        kept = without_root_list(self, data) if isinstance(data, dict) else data
        return subject.cls._resolve_contract_references(self, kept, *given)

    contract = f"{CONTRACT}author: {{$ref: ./more.yaml}}\n"
    pinned.check(pinned.observe(lambda: flow(contract, _resolve_contract_references=resolve)))


def test_rules_are_checked_once_more_at_the_end(
    pinned: Any, flow: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Odd but relied on: the building has checked them, and then they are checked again."""
    checks = noted_checks(monkeypatch, ModelContractOrchestrator, unlucky=2)
    seen = pinned.observe(lambda: flow(CONTRACT, _resolve_contract_references=without_root_list))
    seen["checks"] = checks
    pinned.check(seen)


def test_one_construction_loads_once(subject: Any, pinned: Any, flow: Any) -> None:
    """Loading is called through the node, once, and searches once."""
    calls, members = noted_loading(subject)
    members["_resolve_contract_references"] = without_root_list
    seen = pinned.observe(lambda: flow(CONTRACT, **members).contract_model.name)
    seen["calls"] = calls
    pinned.check(seen)
