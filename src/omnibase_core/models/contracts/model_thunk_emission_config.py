"""How an orchestrator emits the thunks of a workflow."""

from pydantic import Field

from omnibase_core.models.contracts.model_contract_part import ModelContractPart


class ModelThunkEmissionConfig(ModelContractPart):
    """When thunks are emitted, how many at once and in which order."""

    emission_strategy: str = Field(default="on_demand", description="What makes it emit")
    batch_size: int = Field(default=10, ge=1, description="Thunks emitted at once")
    max_deferred_thunks: int = Field(default=1000, ge=1, description="Most thunks that wait")
    execution_delay_ms: int = Field(default=0, ge=0, description="Time before they are run")
    priority_based_emission: bool = Field(default=True, description="Higher priority first")
    dependency_aware_emission: bool = Field(default=True, description="Dependencies first")
    retry_failed_thunks: bool = Field(default=True, description="Emit again what failed")
