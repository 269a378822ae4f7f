"""How far a contract file gets on its way to a contract model."""

from typing import Any

import pytest
from scenarios.shared.contract_loading import (
    nodes_in,
    noted_checks,
    noted_loading,
    with_python_causes,
)

from omnibase_core.models.contracts.model_contract_effect import ModelContractEffect

CONTRACT = """\
name: warehouse
version: {major: 2, minor: 5, patch: 1}
description: Keeps goods
node_type: !node_type GATEWAY
input_model: WarehouseInput
output_model: WarehouseOutput
input_state: {$ref: ./schemas/goods.yaml, note: kept}
io_operations:
  - {operation_type: file_write, timeout_seconds: 7}
  - {operation_type: file_read, atomic: false}
"""
PLAIN = CONTRACT.replace("!node_type ", "")


@pytest.fixture
def warehouse(subject: Any, files: Any, class_at: Any) -> Any:
    """Make a node of a class that has `contract` (nothing at all if None) beside its module."""
    return nodes_in("warehouse", subject, files, class_at)


def test_as_shipped_no_contract_can_be_loaded(pinned: Any, warehouse: Any) -> None:
    """Odd but relied on: a module is missing, so callers replace the whole loading."""
    pinned.check(with_python_causes(pinned.observe(lambda: warehouse(PLAIN))))


@pytest.mark.usefixtures("reader")
def test_with_the_reader_module_alone(pinned: Any, warehouse: Any) -> None:
    """The next missing module is the one with the file name."""
    pinned.check(with_python_causes(pinned.observe(lambda: warehouse(PLAIN))))


@pytest.mark.usefixtures("constants")
def test_with_the_constants_module_alone(pinned: Any, warehouse: Any) -> None:
    """The reader is asked for before the search, although nothing is read through it."""
    pinned.check(pinned.observe(lambda: warehouse(PLAIN)))


@pytest.mark.usefixtures("reader", "constants")
def test_without_a_contract_file(pinned: Any, warehouse: Any) -> None:
    """Odd: the text of the error holds two others, each with its code."""
    pinned.check(with_python_causes(pinned.observe(lambda: warehouse(None))))


@pytest.mark.usefixtures("constants")
@pytest.mark.parametrize("contract", [None, PLAIN], ids=["no_file", "file"])
def test_a_reader_that_cannot_be_made(
    pinned: Any, warehouse: Any, supply: Any, contract: str | None
) -> None:
    """Odd: an unused reader can spoil the loading, though not before the file is found."""

    def broken() -> None:
        raise OSError("no disk")

    supply("utils.io.utility_filesystem_reader", UtilityFileSystemReader=broken)
    pinned.check(pinned.observe(lambda: warehouse(contract)))


@pytest.mark.usefixtures("reader", "constants")
@pytest.mark.parametrize(
    "contract",
    [
        pytest.param(PLAIN, id="well_formed"),
        pytest.param(PLAIN.replace("node_type: GATEWAY\n", ""), id="no_node_type"),
        pytest.param("name: [", id="broken_yaml"),
        pytest.param("- name\n", id="list"),
        pytest.param("", id="empty"),
    ],
)
def test_plain_files_are_refused(pinned: Any, warehouse: Any, contract: str) -> None:
    """Odd but relied on: no YAML text is good enough, as a node type must be an enum member."""
    pinned.check(pinned.observe(lambda: warehouse(contract)))


@pytest.mark.usefixtures("reader", "constants")
def test_a_path_that_leads_nowhere(pinned: Any, warehouse: Any, files: Any) -> None:
    """The search is asked through the node, so a class may name the path itself."""
    missing = files / "gone.yaml"
    seen = pinned.observe(lambda: warehouse(None, _find_contract_path=lambda _node: missing))
    pinned.check(seen)


@pytest.mark.usefixtures("reader", "constants", "typed_yaml")
def test_a_typed_file_is_loaded(pinned: Any, warehouse: Any) -> None:
    """Odd: any member is read as node type, EFFECT is what comes out; the reference stays open."""
    seen = pinned.observe(lambda: warehouse(CONTRACT).contract_model)
    seen["type"] = type(seen.value)
    pinned.check(seen)


@pytest.mark.usefixtures("reader", "constants", "typed_yaml")
def test_the_model_is_built_from_what_the_resolution_returns(pinned: Any, warehouse: Any) -> None:
    """Resolution sees the dumped data, the contract's folder and a fresh shipped resolver."""
    asked: dict[str, Any] = {}

    def resolve(self: Any, *given: Any) -> Any:
        data, base_path, resolver = given
        asked.update(data=data, base_path=base_path, resolver=resolver, node=type(self).__name__)
        return {**data, "description": "Resolved", "input_state": None}

    seen = pinned.observe(
        lambda: warehouse(CONTRACT, _resolve_contract_references=resolve).contract_model
    )
    seen["resolution asked with"] = asked
    pinned.check(seen)


@pytest.mark.usefixtures("reader", "constants", "typed_yaml")
def test_resolution_that_spoils_the_data(pinned: Any, warehouse: Any) -> None:
    """The second building of the model is what notices, with the raw error of pydantic."""

    def resolve(_self: Any, data: Any, *_given: Any) -> Any:
        return {**data, "io_operations": []}

    pinned.check(pinned.observe(lambda: warehouse(CONTRACT, _resolve_contract_references=resolve)))


@pytest.mark.usefixtures("reader", "constants", "typed_yaml")
def test_rules_are_checked_once_more_at_the_end(
    pinned: Any, warehouse: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Odd but relied on: both buildings have checked them, and then they are checked again."""
    checks = noted_checks(monkeypatch, ModelContractEffect, unlucky=3)
    seen = pinned.observe(lambda: warehouse(CONTRACT))
    seen["checks"] = checks
    pinned.check(seen)


@pytest.mark.usefixtures("reader", "constants", "typed_yaml")
def test_one_construction_loads_once(subject: Any, pinned: Any, warehouse: Any) -> None:
    """Loading is called through the node, once, and searches once."""
    calls, members = noted_loading(subject)
    seen = pinned.observe(lambda: warehouse(CONTRACT, **members).contract_model.name)
    seen["calls"] = calls
    pinned.check(seen)
