"""The contract of a node that acts on the world outside it."""

from typing import Self
from uuid import UUID, uuid4

from pydantic import Field, field_validator, model_validator

from omnibase_core.enums.enum_node_architecture_type import EnumNodeArchitectureType
from omnibase_core.enums.enum_node_type import EnumNodeType
from omnibase_core.models.contracts.effect_contract_rules import (
    check_retry,
    check_services,
    check_tool_specification,
    check_transactions,
    to_validation_rules,
)
from omnibase_core.models.contracts.model_backup_config import ModelBackupConfig
from omnibase_core.models.contracts.model_effect_retry_config import ModelEffectRetryConfig
from omnibase_core.models.contracts.model_external_service_config import (
    ModelExternalServiceConfig,
)
from omnibase_core.models.contracts.model_io_operation_config import ModelIOOperationConfig
from omnibase_core.models.contracts.model_transaction_config import ModelTransactionConfig
from omnibase_core.models.contracts.model_validation_rules import ModelValidationRules
from omnibase_core.models.contracts.model_yaml_contract import ModelYamlContract
from omnibase_core.models.contracts.subcontracts.model_caching_subcontract import (
    ModelCachingSubcontract,
)
from omnibase_core.models.contracts.subcontracts.model_event_type_subcontract import (
    ModelEventTypeSubcontract,
)
from omnibase_core.models.contracts.subcontracts.model_routing_subcontract import (
    ModelRoutingSubcontract,
)
from omnibase_core.models.utils.model_subcontract_constraint_validator import (
    ModelSubcontractConstraintValidator,
)
from omnibase_core.models.utils.validation_error import validation_error

__all__ = ["ModelContractEffect"]

_NODE_TYPE_SET = "_node_type_set"


class ModelContractEffect(ModelYamlContract):
    """Which side effects a node has, and how they are retried, kept together and undone."""

    correlation_id: UUID = Field(default_factory=uuid4, description="Ties logs together")
    execution_id: UUID = Field(default_factory=uuid4, description="Names one execution")
    node_name: str | None = Field(default=None, description="Name used by infrastructure")
    tool_specification: dict[str, object] | None = Field(
        default=None, description="Tool that does the work"
    )
    service_configuration: dict[str, object] | None = Field(
        default=None, description="How it runs as a service"
    )
    input_state: dict[str, object] | None = Field(default=None, description="Input schema")
    output_state: dict[str, object] | None = Field(default=None, description="Output schema")
    infrastructure: dict[str, object] | None = Field(
        default=None, description="Infrastructure it runs on"
    )
    infrastructure_services: dict[str, object] | None = Field(
        default=None, description="Infrastructure services it uses"
    )
    actions: list[dict[str, object]] | None = Field(default=None, description="Actions it offers")
    io_operations: list[ModelIOOperationConfig] = Field(
        min_length=1, description="Operations it performs"
    )
    transaction_management: ModelTransactionConfig = Field(
        default_factory=ModelTransactionConfig, description="How they are kept together"
    )
    retry_policies: ModelEffectRetryConfig = Field(
        default_factory=ModelEffectRetryConfig, description="How they are retried"
    )
    external_services: list[ModelExternalServiceConfig] = Field(
        default_factory=list, description="Services it talks to"
    )
    backup_config: ModelBackupConfig = Field(
        default_factory=ModelBackupConfig, description="How changes can be taken back"
    )
    idempotent_operations: bool = Field(default=True, description="Twice is the same as once")
    side_effect_logging_enabled: bool = Field(default=True, description="Log side effects")
    audit_trail_enabled: bool = Field(default=True, description="Keep an audit trail")
    consistency_validation_enabled: bool = Field(default=True, description="Check consistency")
    event_type: ModelEventTypeSubcontract | None = Field(default=None, description="Its events")
    caching: ModelCachingSubcontract | None = Field(default=None, description="Its cache")
    routing: ModelRoutingSubcontract | None = Field(default=None, description="Its routing")

    @field_validator("node_type", mode="before")
    @classmethod
    def _node_type_is_an_instance(cls, value: object) -> EnumNodeType:
        """Refuse texts as well: the base reads them, an effect contract never has."""
        if isinstance(value, EnumNodeType):
            return value
        if isinstance(value, EnumNodeArchitectureType):
            return EnumNodeType(value.value)
        raise validation_error(f"Invalid node_type: {value}", field="node_type")

    @field_validator("validation_rules", mode="before")
    @classmethod
    def _validation_rules_in_any_form(cls, value: object) -> ModelValidationRules:
        return to_validation_rules(value)

    @model_validator(mode="after")
    def _node_type_is_effect(self) -> Self:
        """Set the type once; the marker stays out of dumps because it is no field."""
        if _NODE_TYPE_SET not in self.__dict__:
            self.__dict__.update({"node_type": EnumNodeType.EFFECT, _NODE_TYPE_SET: True})
        return self

    def validate_node_specific_config(
        self, original_contract_data: dict[str, object] | None = None
    ) -> None:
        """Raise ModelOnexError at the first rule of effect contracts that does not hold."""
        check_transactions(self.transaction_management, self.io_operations)
        check_retry(self.retry_policies)
        check_services(self.external_services)
        check_tool_specification(self.tool_specification)
        ModelSubcontractConstraintValidator.validate_node_subcontract_constraints(
            "effect", self.model_dump(), original_contract_data
        )
