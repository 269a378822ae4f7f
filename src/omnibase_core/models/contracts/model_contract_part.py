"""What the nested parts of a contract have in common."""

from pydantic import BaseModel, ConfigDict

__all__ = ["ModelContractPart"]


class ModelContractPart(BaseModel):
    """Base of a contract's nested models: unknown keys are dropped, assignments are checked."""

    model_config = ConfigDict(extra="ignore", use_enum_values=False, validate_assignment=True)
