"""The order to run a workflow: its steps, and how they are to be run."""

from datetime import datetime
from uuid import UUID, uuid4

from pydantic import BaseModel, ConfigDict, Field

from omnibase_core.enums.enum_workflow_execution import EnumExecutionMode
from omnibase_core.models.common.model_schema_value import ModelSchemaValue
from omnibase_core.models.workflows.model_workflow_step_execution import (
    ModelWorkflowStepExecution,
)


class ModelOrchestratorInput(BaseModel):
    """One workflow to be run; the steps are kept as they are, and written into."""

    model_config = ConfigDict(
        extra="ignore",
        use_enum_values=False,
        validate_assignment=True,
        arbitrary_types_allowed=True,
    )

    workflow_id: UUID = Field(description="Names the workflow")
    steps: list[ModelWorkflowStepExecution] = Field(description="What is to be done")
    operation_id: UUID = Field(default_factory=uuid4, description="Names this run of it")
    execution_mode: EnumExecutionMode = Field(
        default=EnumExecutionMode.SEQUENTIAL, description="How the steps are run"
    )
    max_parallel_steps: int = Field(
        default=5, ge=1, le=100, description="Most steps at the same time"
    )
    global_timeout_ms: int = Field(
        default=300000, ge=1000, le=3600000, description="Longest duration"
    )
    failure_strategy: str = Field(
        default="fail_fast", description="What a failed step means for the others"
    )
    load_balancing_enabled: bool = Field(default=False, description="Spread the load")
    dependency_resolution_enabled: bool = Field(
        default=True, description="Order the steps by their dependencies"
    )
    metadata: dict[str, ModelSchemaValue] | None = Field(
        default_factory=dict, description="Anything else about it"
    )
    timestamp: datetime = Field(default_factory=datetime.now, description="When it was made")
