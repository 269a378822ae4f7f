"""The outcome of a workflow."""

from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from omnibase_core.enums.enum_workflow_execution import EnumWorkflowState
from omnibase_core.models.orchestrator.model_thunk import ModelThunk


class ModelOrchestratorOutput(BaseModel):
    """How far a workflow came, what it gave, and the thunks it emitted."""

    model_config = ConfigDict(
        extra="ignore",
        use_enum_values=False,
        validate_assignment=True,
        arbitrary_types_allowed=True,
    )

    workflow_id: UUID = Field(description="Names the workflow")
    operation_id: UUID = Field(description="Names this run of it")
    workflow_state: EnumWorkflowState = Field(description="How it ended")
    steps_completed: int = Field(ge=0, description="Steps that ended well")
    steps_failed: int = Field(ge=0, description="Steps that failed")
    thunks_emitted: list[ModelThunk] = Field(description="Work handed out to other nodes")
    processing_time_ms: float = Field(ge=0, description="Time since the order was made")
    parallel_executions: int = Field(default=0, ge=0, description="Waves of parallel steps")
    load_balanced_operations: int = Field(default=0, ge=0, description="Slots that were taken")
    dependency_violations: int = Field(default=0, ge=0, description="Dependencies not kept")
    results: list[Any] = Field(default_factory=list, description="What the steps gave, in order")
    metadata: dict[str, Any] = Field(default_factory=dict, description="How it was run")
    timestamp: datetime = Field(default_factory=datetime.now, description="When it ended")
