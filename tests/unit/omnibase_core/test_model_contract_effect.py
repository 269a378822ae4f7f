"""The effect contract: which mappings it takes, and the exact words with which it refuses."""

from typing import Any

import pytest
import yaml
from pydantic import ValidationError

from omnibase_core.enums.enum_node_architecture_type import EnumNodeArchitectureType
from omnibase_core.enums.enum_node_type import EnumNodeType
from omnibase_core.errors.error_codes import EnumCoreErrorCode
from omnibase_core.errors.model_onex_error import ModelOnexError
from omnibase_core.models.contracts import ModelContractEffect, ModelValidationRules
from omnibase_core.models.contracts.subcontracts import ModelEventTypeSubcontract

INVOICES = """
name: invoice_file_effect
version: {major: 1, minor: 0, patch: 0}
description: Stores invoices on disk
node_type: EFFECT
input_model: billing.models.InvoiceFile
output_model: billing.models.InvoiceReceipt
io_operations:
  - operation_type: file_write
    atomic: true
    timeout_seconds: 10
"""


def mapping(**changes: object) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(INVOICES)
    return loaded | {"node_type": EnumNodeType.EFFECT} | changes


def contract(**changes: object) -> ModelContractEffect:
    return ModelContractEffect.model_validate(mapping(**changes))


def refuses(message: str, **changes: object) -> None:
    with pytest.raises(ModelOnexError, match=message) as error:
        contract(**changes)
    assert error.value.error_code is EnumCoreErrorCode.VALIDATION_ERROR


def test_a_minimal_contract_gets_its_defaults() -> None:
    made = contract()
    assert made.io_operations[0].timeout_seconds == 10
    assert made.io_operations[0].buffer_size == 8192
    assert made.transaction_management.isolation_level == "read_committed"
    assert made.backup_config.backup_location == "./backups"
    assert made.correlation_id != contract().correlation_id
    assert made.execution_id != made.correlation_id
    assert (made.event_type, made.caching, made.routing, made.actions) == (None,) * 4
    assert made.idempotent_operations


@pytest.mark.parametrize("value", ["EFFECT", "effect", None, 3])
def test_only_members_are_node_types(value: object) -> None:
    """Odd but relied on: the text that YAML gives is refused."""
    refuses(f"Invalid node_type: {value}", node_type=value)


def test_the_architecture_type_is_no_node_type() -> None:
    with pytest.raises(ValidationError, match="'effect' is not a valid EnumNodeType"):
        contract(node_type=EnumNodeArchitectureType.EFFECT)


def test_the_node_type_must_be_given() -> None:
    data = mapping()
    del data["node_type"]
    with pytest.raises(ValidationError, match="node_type"):
        ModelContractEffect.model_validate(data)


def test_any_member_becomes_effect_and_leaves_a_marker_that_is_not_dumped() -> None:
    made = contract(node_type=EnumNodeType.COMPUTE)
    assert made.node_type is EnumNodeType.EFFECT
    assert made.__dict__["_node_type_set"] is True
    assert "_node_type_set" not in made.model_dump()
    assert "_node_type_set" not in made.model_dump_json()


def test_a_dump_builds_the_same_contract() -> None:
    made = contract(
        caching={}, routing={}, dependencies=[{"name": "protocol_store", "required": False}]
    )
    assert ModelContractEffect(**made.model_dump()) == made


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (None, ModelValidationRules()),
        (ModelValidationRules(strict_typing_enabled=False), {"strict_typing_enabled": False}),
        ("size < 5", {"constraint_definitions": {"rule_0": "size < 5"}}),
        (
            {"strict_typing_enabled": 0, "constraint_definitions": {1: 2}, "other": 1},
            {"strict_typing_enabled": False, "constraint_definitions": {"1": "2"}},
        ),
        ({"constraint_definitions": None}, {}),
    ],
)
def test_validation_rules_come_in_many_forms(given: object, expected: object) -> None:
    rules = contract(validation_rules=given).validation_rules
    assert rules == ModelValidationRules.model_validate(expected)


@pytest.mark.parametrize(("given", "name"), [(3, "int"), (["a"], "list")])
def test_other_forms_of_validation_rules_are_refused(given: object, name: str) -> None:
    refuses(f"Unsupported validation rules format: {name}", validation_rules=given)


def test_operations_must_be_given() -> None:
    with pytest.raises(ValidationError, match="io_operations"):
        contract(io_operations=[])


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (
            {"io_operations": [{"operation_type": "x", "atomic": False}]},
            "Transaction management requires at least one atomic operation",
        ),
        (
            {"retry_policies": {"max_attempts": 2}},
            "Circuit breaker threshold cannot exceed max retry attempts",
        ),
        (
            {"external_services": [{"service_type": "x", "authentication_method": "basic"}]},
            "External services with authentication must specify endpoint_url",
        ),
        ({"tool_specification": {"a": 1}}, "tool_specification must include 'tool_name'"),
        (
            {"tool_specification": {"tool_name": "a"}},
            "tool_specification must include 'main_tool_class'",
        ),
        ({"dependencies": [{"name": "Storage"}]}, "does not follow ONEX patterns: Storage"),
    ],
)
def test_rules(wrong: dict[str, object], message: str) -> None:
    refuses(message, **wrong)


@pytest.mark.parametrize(
    "right",
    [
        {
            "io_operations": [{"operation_type": "x", "atomic": False}],
            "transaction_management": {"enabled": False},
        },
        {"retry_policies": {"max_attempts": 2, "circuit_breaker_enabled": False}},
        {
            "external_services": [
                {"service_type": "x", "authentication_method": "basic", "endpoint_url": "http://x"}
            ]
        },
        {"tool_specification": {}},
        {"tool_specification": {"tool_name": "a", "main_tool_class": "b"}},
    ],
)
def test_what_the_rules_let_pass(right: dict[str, object]) -> None:
    assert contract(**right)


def test_the_first_broken_rule_is_the_one_reported() -> None:
    refuses(
        "at least one atomic",
        io_operations=[{"operation_type": "x", "atomic": False}],
        retry_policies={"max_attempts": 2},
    )


def test_forbidden_subcontracts_show_only_in_the_original_data() -> None:
    made = contract(aggregation={})
    made.validate_node_specific_config()
    with pytest.raises(ModelOnexError, match="Effect nodes cannot have aggregation subcontracts"):
        made.validate_node_specific_config({"aggregation": {}, "event_type": {}})


def test_subcontracts_are_read() -> None:
    events = {"primary_events": ["a"], "event_categories": ["b"], "event_routing": "c"}
    assert contract(event_type=events).event_type == ModelEventTypeSubcontract.model_validate(
        events
    )


def test_yaml_text_keeps_what_the_contract_says() -> None:
    made = contract(description="Größe")
    assert "Größe" in made.to_yaml()
    assert yaml.safe_load(made.to_yaml()) == made.model_dump(mode="json")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("name: [", "YAML parsing error: "),
        ("", "Contract validation failed: "),
        ("[]", "Contract validation failed: "),
        (INVOICES, "Failed to load contract YAML: .*Invalid node_type: EFFECT"),
    ],
)
def test_yaml_that_cannot_be_read(text: str, message: str) -> None:
    """Odd but relied on: a text node type is refused, so no plain YAML gives a contract."""
    with pytest.raises(ModelOnexError, match=message) as error:
        ModelContractEffect.from_yaml(text)
    assert error.value.error_code is EnumCoreErrorCode.VALIDATION_ERROR
