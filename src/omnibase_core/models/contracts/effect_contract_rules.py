"""The rules of an effect contract, each as a function that finds what breaks it."""

from collections.abc import Iterable, Mapping
from typing import Any

from omnibase_core.enums.enum_auth_type import EnumAuthType
from omnibase_core.models.contracts.model_effect_retry_config import ModelEffectRetryConfig
from omnibase_core.models.contracts.model_external_service_config import (
    ModelExternalServiceConfig,
)
from omnibase_core.models.contracts.model_io_operation_config import ModelIOOperationConfig
from omnibase_core.models.contracts.model_transaction_config import ModelTransactionConfig
from omnibase_core.models.contracts.model_validation_rules import ModelValidationRules
from omnibase_core.models.utils.validation_error import validation_error

__all__ = [
    "check_retry",
    "check_services",
    "check_tool_specification",
    "check_transactions",
    "to_validation_rules",
]


def check_transactions(
    settings: ModelTransactionConfig, operations: Iterable[ModelIOOperationConfig]
) -> None:
    """Raise if transactions are on but no operation is atomic."""
    if settings.enabled and not any(operation.atomic for operation in operations):
        raise validation_error(
            "Transaction management requires at least one atomic operation",
            field="io_operations",
        )


def check_retry(settings: ModelEffectRetryConfig) -> None:
    """Raise if the breaker could never open within the attempts of one call."""
    within = settings.circuit_breaker_threshold <= settings.max_attempts
    if settings.circuit_breaker_enabled and not within:
        raise validation_error(
            "Circuit breaker threshold cannot exceed max retry attempts",
            field="retry_policies",
        )


def check_services(services: Iterable[ModelExternalServiceConfig]) -> None:
    """Raise if a service wants authentication but says not where."""
    for service in services:
        if service.authentication_method is not EnumAuthType.NONE and not service.endpoint_url:
            raise validation_error(
                "External services with authentication must specify endpoint_url",
                field="external_services",
                service_type=service.service_type,
            )


def check_tool_specification(specification: Mapping[str, object] | None) -> None:
    """Raise if a tool is specified without its name or its class."""
    for wanted in ("tool_name", "main_tool_class") if specification else ():
        if wanted not in (specification or {}):
            raise validation_error(
                f"tool_specification must include '{wanted}'", field="tool_specification"
            )


def to_validation_rules(value: object) -> ModelValidationRules:
    """Return the rules that `value` means: nothing, rules, one constraint text, or a mapping."""
    if value is None:
        return ModelValidationRules()
    if isinstance(value, ModelValidationRules):
        return value
    if isinstance(value, str):
        return ModelValidationRules(constraint_definitions={"rule_0": value})
    if isinstance(value, dict):
        return _rules_from_mapping(value)
    raise validation_error(
        f"Unsupported validation rules format: {type(value).__name__}", field="validation_rules"
    )


def _rules_from_mapping(value: Mapping[Any, Any]) -> ModelValidationRules:
    texts = value.get("constraint_definitions")
    constraints = texts if isinstance(texts, dict) else {}
    return ModelValidationRules(
        strict_typing_enabled=bool(value.get("strict_typing_enabled", True)),
        input_validation_enabled=bool(value.get("input_validation_enabled", True)),
        output_validation_enabled=bool(value.get("output_validation_enabled", True)),
        performance_validation_enabled=bool(value.get("performance_validation_enabled", True)),
        constraint_definitions={str(name): str(text) for name, text in constraints.items()},
    )
