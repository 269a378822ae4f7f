"""The order for one reduction: which items, how they become one result, and in which portions."""

from datetime import datetime
from typing import Any, Generic, TypeVar
from uuid import UUID, uuid4

from pydantic import BaseModel, ConfigDict, Field

from omnibase_core.enums.enum_conflict_resolution import EnumConflictResolution
from omnibase_core.enums.enum_reduction_type import EnumReductionType
from omnibase_core.enums.enum_streaming_mode import EnumStreamingMode
from omnibase_core.models.common.model_schema_value import ModelSchemaValue

__all__ = ["ModelReducerInput"]

T_Input = TypeVar("T_Input")


class ModelReducerInput(BaseModel, Generic[T_Input]):
    """Items to be reduced.

    Mutable, and not checked again on assignment. Without a type parameter the items are kept as
    the very objects that they are.
    """

    model_config = ConfigDict(extra="forbid", arbitrary_types_allowed=True)

    data: list[T_Input] = Field(default_factory=list)
    operation_id: UUID = Field(default_factory=uuid4)
    conflict_resolution: EnumConflictResolution = EnumConflictResolution.LAST_WINS
    streaming_mode: EnumStreamingMode = EnumStreamingMode.BATCH
    batch_size: int = 1000
    window_size_ms: int = 5000
    metadata: dict[str, ModelSchemaValue] | None = Field(default_factory=dict)
    timestamp: datetime = Field(default_factory=datetime.now)
    reduction_type: EnumReductionType = EnumReductionType.AGGREGATE
    reducer_function: str | None = None
    group_key: str | list[str] | None = None
    accumulator_init: Any = None
