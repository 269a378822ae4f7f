"""The contract of a node that computes without side effects."""

from typing import Any

from pydantic import Field

from omnibase_core.models.common.model_schema_value import ModelSchemaValue
from omnibase_core.models.contracts.compute_contract_rules import (
    assert_identity_types,
    check_algorithm,
    check_caching,
    check_parallel,
    check_performance,
)
from omnibase_core.models.contracts.effect_contract_rules import check_tool_specification
from omnibase_core.models.contracts.model_algorithm_config import ModelAlgorithmConfig
from omnibase_core.models.contracts.model_contract_base import ModelContractBase
from omnibase_core.models.contracts.model_input_validation_config import (
    ModelInputValidationConfig,
)
from omnibase_core.models.contracts.model_output_transformation_config import (
    ModelOutputTransformationConfig,
)
from omnibase_core.models.contracts.model_parallel_config import ModelParallelConfig
from omnibase_core.models.contracts.model_yaml_contract import ModelYamlContract
from omnibase_core.models.contracts.subcontracts.model_caching_subcontract import (
    ModelCachingSubcontract,
)
from omnibase_core.models.contracts.subcontracts.model_event_type_subcontract import (
    ModelEventTypeSubcontract,
)
from omnibase_core.models.utils.model_subcontract_constraint_validator import (
    ModelSubcontractConstraintValidator,
)


class ModelContractCompute(ModelYamlContract):
    """Which algorithm a node computes with, and how its input and output are treated.

    The constructor passes on what every contract has and nothing else, so `algorithm` is always
    reported as missing; only `model_construct` makes an instance, by the rules but unchecked.
    """

    node_name: str | None = Field(default=None, description="Name used by infrastructure")
    tool_specification: dict[str, ModelSchemaValue] | None = Field(
        default=None, description="Tool that does the work"
    )
    service_configuration: dict[str, ModelSchemaValue] | None = Field(
        default=None, description="How it runs as a service"
    )
    input_state: dict[str, ModelSchemaValue] | None = Field(
        default=None, description="Input schema"
    )
    output_state: dict[str, ModelSchemaValue] | None = Field(
        default=None, description="Output schema"
    )
    actions: list[dict[str, ModelSchemaValue]] | None = Field(
        default=None, description="Actions it offers"
    )
    infrastructure: dict[str, ModelSchemaValue] | None = Field(
        default=None, description="Infrastructure it runs on"
    )
    infrastructure_services: dict[str, ModelSchemaValue] | None = Field(
        default=None, description="Infrastructure services it uses"
    )
    algorithm: ModelAlgorithmConfig = Field(description="What it computes")
    parallel_processing: ModelParallelConfig = Field(
        default_factory=ModelParallelConfig, description="How work is spread"
    )
    input_validation: ModelInputValidationConfig = Field(
        default_factory=ModelInputValidationConfig, description="How input is checked"
    )
    output_transformation: ModelOutputTransformationConfig = Field(
        default_factory=ModelOutputTransformationConfig, description="How output is shaped"
    )
    deterministic_execution: bool = Field(default=True, description="Same input, same output")
    memory_optimization_enabled: bool = Field(default=True, description="Spend little memory")
    intermediate_result_caching: bool = Field(
        default=False, description="Keep results on the way to the final one"
    )
    event_type: ModelEventTypeSubcontract | None = Field(default=None, description="Its events")
    caching: ModelCachingSubcontract | None = Field(default=None, description="Its cache")

    def __init__(self, **data: Any) -> None:
        """Check the types of the identity fields, then validate the fields of the base."""
        assert_identity_types(data)
        known = ModelContractBase.model_fields
        super().__init__(**{name: value for name, value in data.items() if name in known})

    def validate_node_specific_config(
        self, original_contract_data: dict[str, object] | None = None
    ) -> None:
        """Raise ModelOnexError at the first rule of compute contracts that does not hold."""
        check_algorithm(self.algorithm)
        check_parallel(self.parallel_processing)
        check_caching(self.caching)
        check_performance(self.performance)
        check_tool_specification(self.tool_specification)
        ModelSubcontractConstraintValidator.validate_node_subcontract_constraints(
            "compute", self.model_dump(), original_contract_data
        )
