"""How far a contract file gets on its way to a contract model."""

from types import SimpleNamespace
from typing import Any

import pytest

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

    def make(contract: str | None, **members: Any) -> Any:
        if contract is not None:
            files.write("flow/contract.yaml", contract)
        return class_at("flow/node.py", subject.cls, **members)(SimpleNamespace())

    return make


def without_root_list(_self: Any, data: Any, *_given: Any) -> Any:
    return {name: value for name, value in data.items() if name != "root_list"}


def with_python_causes(seen: Any) -> Any:
    seen["python cause"] = seen.error.__cause__
    seen["python context"] = seen.error.__context__
    return seen


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
    checks: list[str] = []

    def check(contract: Any, *given: Any) -> None:
        checks.append(f"{contract.name} with {len(given)} arguments")
        if len(checks) == 2:
            raise ValueError("second time unlucky")

    monkeypatch.setattr(ModelContractOrchestrator, "validate_node_specific_config", check)
    seen = pinned.observe(lambda: flow(CONTRACT, _resolve_contract_references=without_root_list))
    seen["checks"] = checks
    pinned.check(seen)


def test_one_construction_loads_once(subject: Any, pinned: Any, flow: Any) -> None:
    """Loading is called through the node, once, and searches once."""
    calls: list[str] = []

    def load(self: Any) -> Any:
        calls.append("load")
        return subject.cls._load_contract_model(self)

    def find(self: Any) -> Any:
        calls.append("find")
        return subject.cls._find_contract_path(self)

    members = {
        "_load_contract_model": load,
        "_find_contract_path": find,
        "_resolve_contract_references": without_root_list,
    }
    seen = pinned.observe(lambda: flow(CONTRACT, **members).contract_model.name)
    seen["calls"] = calls
    pinned.check(seen)
