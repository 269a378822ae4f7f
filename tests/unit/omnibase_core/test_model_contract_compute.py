"""The compute contract: why it cannot be constructed, and the rules that it states."""

from typing import Any

import pytest
import yaml
from pydantic import ValidationError

from omnibase_core.enums.enum_node_type import EnumNodeType
from omnibase_core.errors.error_codes import EnumCoreErrorCode
from omnibase_core.errors.model_onex_error import ModelOnexError
from omnibase_core.models.contracts.model_algorithm_config import ModelAlgorithmConfig
from omnibase_core.models.contracts.model_contract_compute import ModelContractCompute
from omnibase_core.models.contracts.model_parallel_config import ModelParallelConfig
from omnibase_core.models.contracts.model_performance_requirements import (
    ModelPerformanceRequirements,
)
from omnibase_core.models.contracts.subcontracts import ModelCachingSubcontract
from omnibase_core.primitives.model_semver import ModelSemVer

ROUTES = """
name: route_cost_compute
version: {major: 1, minor: 0, patch: 0}
description: Scores delivery routes
node_type: COMPUTE
input_model: routes.models.Route
output_model: routes.models.RouteScore
performance:
  single_operation_max_ms: 100
algorithm:
  algorithm_type: weighted_factor_algorithm
  factors:
    distance: {weight: 0.6, calculation_method: linear}
    traffic: {weight: 0.4, calculation_method: lookup}
"""


def typed(**changes: object) -> dict[str, Any]:
    """Return the contract with the types that the constructor insists on."""
    loaded: dict[str, Any] = yaml.safe_load(ROUTES)
    known = {
        "version": ModelSemVer(major=1, minor=0, patch=0),
        "node_type": EnumNodeType.COMPUTE,
        "performance": ModelPerformanceRequirements(single_operation_max_ms=100),
        "algorithm": ModelAlgorithmConfig.model_validate(loaded["algorithm"]),
    }
    return {**loaded, **known, **changes}


def made(**changes: object) -> ModelContractCompute:
    return ModelContractCompute.model_construct(**typed(**changes))


def test_the_algorithm_is_missing_even_when_it_is_given() -> None:
    """Odd but relied on: nobody can construct this contract."""
    with pytest.raises(
        ValidationError, match=r"1 validation error[^$]*algorithm\s+Field required"
    ):
        ModelContractCompute(**typed())
    with pytest.raises(
        ValidationError, match=r"1 validation error[^$]*algorithm\s+Field required"
    ):
        ModelContractCompute.model_validate(typed())


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("name", None, "name must be str, got <class 'NoneType'>"),
        ("version", {"major": 1}, "version must be ModelSemVer, got <class 'dict'>"),
        ("description", 3, "description must be str, got <class 'int'>"),
        ("node_type", "COMPUTE", "node_type must be EnumNodeType, got <class 'str'>"),
        ("input_model", [], "input_model must be str, got <class 'list'>"),
        ("output_model", b"", "output_model must be str, got <class 'bytes'>"),
    ],
)
def test_identity_fields_are_asserted(field: str, value: object, message: str) -> None:
    with pytest.raises(AssertionError, match=f"^{message}$"):
        ModelContractCompute(**typed(**{field: value}))
    with pytest.raises(ValidationError, match=f"Assertion failed, {message}"):
        ModelContractCompute.model_validate(typed(**{field: value}))


def test_the_first_wrong_identity_field_is_the_one_reported() -> None:
    with pytest.raises(AssertionError, match=r"^name must be str"):
        ModelContractCompute()
    with pytest.raises(AssertionError, match=r"^version must be"):
        ModelContractCompute(**yaml.safe_load(ROUTES))


def test_the_defaults() -> None:
    contract = made()
    assert contract.parallel_processing == ModelParallelConfig()
    assert contract.input_validation.strict_validation
    assert contract.output_transformation.format_type == "standard"
    assert (contract.deterministic_execution, contract.memory_optimization_enabled) == (True, True)
    assert contract.intermediate_result_caching is False
    assert (contract.event_type, contract.caching, contract.actions) == (None, None, None)
    assert "correlation_id" not in ModelContractCompute.model_fields


def test_a_contract_that_keeps_the_rules() -> None:
    made().validate_node_specific_config()
    made(caching=ModelCachingSubcontract()).validate_node_specific_config()
    made(parallel_processing=ModelParallelConfig(enabled=False)).validate_node_specific_config()


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (
            {"algorithm": ModelAlgorithmConfig.model_construct(algorithm_type="", factors={})},
            "Compute nodes must define at least one algorithm factor",
        ),
        (
            {"parallel_processing": ModelParallelConfig.model_construct(max_workers=0)},
            "Parallel processing requires at least 1 worker",
        ),
        (
            {"caching": ModelCachingSubcontract.model_construct(max_entries=0)},
            "Caching requires positive max_entries",
        ),
        (
            {"performance": ModelPerformanceRequirements()},
            "must specify single_operation_max_ms performance requirement",
        ),
        ({"tool_specification": {"a": 1}}, "tool_specification must include 'tool_name'"),
    ],
)
def test_rules(wrong: dict[str, object], message: str) -> None:
    with pytest.raises(ModelOnexError, match=message) as error:
        made(**wrong).validate_node_specific_config()
    assert error.value.error_code is EnumCoreErrorCode.VALIDATION_ERROR


def test_forbidden_subcontracts_show_only_in_the_original_data() -> None:
    with pytest.raises(ModelOnexError, match="Compute nodes cannot have state_transitions"):
        made().validate_node_specific_config({"state_transitions": {}, "event_type": {}})


def test_yaml_text_keeps_what_the_contract_says() -> None:
    text = made(description="Größe").to_yaml()
    assert "Größe" in text
    assert yaml.safe_load(text)["algorithm"]["factors"]["distance"]["weight"] == 0.6


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("name: [", "YAML parsing error: "),
        ("", "Contract validation failed: .*"),
        ("[]", "Contract validation failed: "),
        (ROUTES, r"Contract validation failed: [^$]*version must be ModelSemVer"),
        ("1: 2", "Failed to load contract YAML: "),
    ],
)
def test_no_yaml_text_gives_a_contract(text: str, message: str) -> None:
    with pytest.raises(ModelOnexError, match=message) as error:
        ModelContractCompute.from_yaml(text)
    assert error.value.error_code is EnumCoreErrorCode.VALIDATION_ERROR
