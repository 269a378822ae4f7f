"""How an orchestrator runs its workflows."""

from pydantic import Field

from omnibase_core.models.contracts.model_contract_part import ModelContractPart


class ModelWorkflowConfig(ModelContractPart):
    """Mode, limits and recovery of the workflows of a contract."""

    execution_mode: str = Field(default="sequential", description="How steps are run")
    max_parallel_branches: int = Field(default=4, ge=1, description="Most branches at a time")
    checkpoint_enabled: bool = Field(default=True, description="Write down how far it came")
    checkpoint_interval_ms: int = Field(
        default=5000, ge=100, description="Time between two checkpoints"
    )
    state_persistence_enabled: bool = Field(default=True, description="Keep the state")
    rollback_enabled: bool = Field(default=True, description="Take back what failed")
    timeout_ms: int | None = Field(
        default=None, ge=1, description="Longest duration; None sets no limit"
    )
    recovery_enabled: bool = Field(default=True, description="Go on after an interruption")
