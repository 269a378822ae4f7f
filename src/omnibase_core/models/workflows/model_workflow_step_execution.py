"""One step of a workflow, before, while and after it runs."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from pydantic import BaseModel, ConfigDict, Field

from omnibase_core.enums.enum_workflow_execution import (
    EnumBranchCondition,
    EnumExecutionMode,
    EnumWorkflowState,
)
from omnibase_core.models.orchestrator.model_thunk import ModelThunk


class ModelWorkflowStepExecution(BaseModel):
    """What a step does and when, and what came of it.

    Running a workflow writes into the steps it was given. The condition function and the error
    are left out of dumps.
    """

    model_config = ConfigDict(
        extra="ignore",
        use_enum_values=False,
        validate_assignment=True,
        arbitrary_types_allowed=True,
    )

    step_id: UUID = Field(default_factory=uuid4, description="Names this step")
    step_name: str = Field(min_length=1, max_length=200, description="Name for people")
    execution_mode: EnumExecutionMode = Field(description="How it wants to run")
    thunks: list[ModelThunk] = Field(default_factory=list, description="Work it consists of")
    condition: EnumBranchCondition | None = Field(default=None, description="When it runs")
    condition_function: Callable[..., Any] | None = Field(
        default=None, exclude=True, description="Decides in place of a custom condition"
    )
    timeout_ms: int = Field(default=30000, ge=100, le=300000, description="Longest duration")
    retry_count: int = Field(default=0, ge=0, le=10, description="Repetitions after a failure")
    metadata: dict[str, Any] = Field(default_factory=dict, description="Anything else about it")
    state: EnumWorkflowState = Field(
        default=EnumWorkflowState.PENDING, description="How far it has come"
    )
    started_at: datetime | None = Field(default=None, description="When it started")
    completed_at: datetime | None = Field(default=None, description="When it ended well")
    error: Exception | None = Field(default=None, exclude=True, description="Why it failed")
    results: list[Any] = Field(default_factory=list, description="What it gave, per thunk")
