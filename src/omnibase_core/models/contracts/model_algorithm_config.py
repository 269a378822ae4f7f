"""The algorithm of a computation: weighted factors that add up to one."""

from typing import Final

from pydantic import Field, field_validator

from omnibase_core.models.contracts.model_algorithm_factor_config import (
    ModelAlgorithmFactorConfig,
)
from omnibase_core.models.contracts.model_contract_part import ModelContractPart
from omnibase_core.models.utils.validation_error import validation_error

__all__ = ["ModelAlgorithmConfig"]

_LEAST_SUM: Final = 0.99
_LARGEST_SUM: Final = 1.01


class ModelAlgorithmConfig(ModelContractPart):
    """What is computed, from which factors and how exactly."""

    algorithm_type: str = Field(min_length=1, description="Kind of algorithm")
    factors: dict[str, ModelAlgorithmFactorConfig] = Field(description="Its factors by name")
    normalization_method: str = Field(default="min_max", description="How scales are aligned")
    precision_digits: int = Field(default=6, ge=1, le=15, description="Digits of the result")

    @field_validator("factors")
    @classmethod
    def _weights_add_up(
        cls, factors: dict[str, ModelAlgorithmFactorConfig]
    ) -> dict[str, ModelAlgorithmFactorConfig]:
        total = sum(factor.weight for factor in factors.values())
        if not _LEAST_SUM <= total <= _LARGEST_SUM:
            raise validation_error(f"Factor weights must sum to 1.0, got {total}", field="factors")
        return factors
