"""The order for one computation: the data, the name of the computation and how to run it."""

from datetime import datetime
from typing import Generic, TypeVar
from uuid import UUID, uuid4

from pydantic import BaseModel, ConfigDict, Field

from omnibase_core.models.common.model_schema_value import ModelSchemaValue

T_Input = TypeVar("T_Input")


class ModelComputeInput(BaseModel, Generic[T_Input]):
    """One computation to be carried out; unparametrised, it keeps the very object as `data`.

    Mutable, and not checked again on assignment.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    data: T_Input
    operation_id: UUID = Field(default_factory=uuid4)
    computation_type: str = "default"
    cache_enabled: bool = True
    parallel_enabled: bool = False
    metadata: dict[str, ModelSchemaValue] | None = Field(default_factory=dict)
    timestamp: datetime = Field(default_factory=datetime.now)


__all__ = ["ModelComputeInput"]
