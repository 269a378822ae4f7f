"""How the output of a computation is shaped."""

from pydantic import Field

from omnibase_core.models.contracts.model_contract_part import ModelContractPart


class ModelOutputTransformationConfig(ModelContractPart):
    """Which form an output takes."""

    format_type: str = Field(default="standard", description="Form of the output")
    precision_control: bool = Field(default=True, description="Round to the stated digits")
    transformation_rules: dict[str, str] = Field(
        default_factory=dict, description="Changes made to a field, by field"
    )
    validation_enabled: bool = Field(default=True, description="Check before it is returned")
