"""The outcome of one computation."""

from typing import Generic, TypeVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from omnibase_core.models.common.model_schema_value import ModelSchemaValue

T_Output = TypeVar("T_Output")


class ModelComputeOutput(BaseModel, Generic[T_Output]):
    """What a computation returned, how long it took and where the result came from."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    result: T_Output
    operation_id: UUID
    computation_type: str
    processing_time_ms: float
    cache_hit: bool = False
    parallel_execution_used: bool = False
    metadata: dict[str, ModelSchemaValue] | None = Field(default_factory=dict)


__all__ = ["ModelComputeOutput"]
