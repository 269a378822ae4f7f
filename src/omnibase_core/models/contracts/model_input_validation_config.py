"""How the input of a computation is checked."""

from pydantic import Field

from omnibase_core.models.contracts.model_contract_part import ModelContractPart


class ModelInputValidationConfig(ModelContractPart):
    """What an input must have and what is done to it first."""

    strict_validation: bool = Field(default=True, description="Refuse instead of converting")
    required_fields: list[str] = Field(
        default_factory=list, description="Fields that must be there"
    )
    field_constraints: dict[str, str] = Field(
        default_factory=dict, description="Constraint texts by field"
    )
    transformation_rules: dict[str, str] = Field(
        default_factory=dict, description="Changes made to a field, by field"
    )
    sanitization_enabled: bool = Field(default=True, description="Strip what could do harm")
