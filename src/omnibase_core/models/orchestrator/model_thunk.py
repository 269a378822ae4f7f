"""Work that is described now and done later, by another node."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from pydantic import BaseModel, ConfigDict, Field

from omnibase_core.enums.enum_workflow_execution import EnumThunkType


class ModelThunk(BaseModel):
    """One deferred operation: what it is, who is to do it, and what must be done before."""

    model_config = ConfigDict(extra="ignore", use_enum_values=False, validate_assignment=True)

    thunk_id: UUID = Field(default_factory=uuid4, description="Names this thunk")
    thunk_type: EnumThunkType = Field(description="Kind of operation")
    target_node_type: str = Field(
        min_length=1, max_length=100, description="Kind of node that is to do it"
    )
    operation_data: dict[str, Any] = Field(
        default_factory=dict, description="What the operation works on"
    )
    dependencies: list[UUID] = Field(
        default_factory=list, description="Thunks that must be done before"
    )
    priority: int = Field(default=1, ge=1, le=10, description="Higher goes first")
    timeout_ms: int = Field(default=30000, ge=100, le=300000, description="Longest duration")
    retry_count: int = Field(default=0, ge=0, le=10, description="Repetitions after a failure")
    metadata: dict[str, Any] = Field(default_factory=dict, description="Anything else about it")
    created_at: datetime = Field(default_factory=datetime.now, description="When it was made")
