"""One factor of an algorithm."""

from pydantic import Field

from omnibase_core.models.contracts.model_contract_part import ModelContractPart


class ModelAlgorithmFactorConfig(ModelContractPart):
    """How much a factor counts and how it is worked out."""

    weight: float = Field(ge=0.0, le=1.0, description="Share of the whole")
    calculation_method: str = Field(min_length=1, description="How the factor is worked out")
    parameters: dict[str, float] = Field(
        default_factory=dict, description="Numbers that the method takes, by name"
    )
    normalization_enabled: bool = Field(default=True, description="Bring it to a common scale")
    caching_enabled: bool = Field(default=True, description="Keep the factor once worked out")
