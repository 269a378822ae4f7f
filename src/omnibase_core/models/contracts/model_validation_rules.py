"""What a node validates, and its constraints by name."""

from pydantic import Field

from omnibase_core.models.contracts.model_contract_part import ModelContractPart


class ModelValidationRules(ModelContractPart):
    """Switches of a node's validation and constraints in its own words."""

    strict_typing_enabled: bool = Field(default=True, description="Insist on exact types")
    input_validation_enabled: bool = Field(default=True, description="Validate what comes in")
    output_validation_enabled: bool = Field(default=True, description="Validate what goes out")
    performance_validation_enabled: bool = Field(
        default=True, description="Compare with the performance requirements"
    )
    constraint_definitions: dict[str, str] = Field(
        default_factory=dict, description="Constraint texts by name"
    )
