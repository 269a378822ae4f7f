"""How a node starts, stays healthy and ends."""

from pydantic import Field

from omnibase_core.models.contracts.model_contract_part import ModelContractPart


class ModelLifecycleConfig(ModelContractPart):
    """Times and switches of a node's life."""

    initialization_timeout_s: int = Field(default=30, ge=1, description="Longest start")
    cleanup_timeout_s: int = Field(default=30, ge=1, description="Longest clean-up")
    error_recovery_enabled: bool = Field(default=True, description="Recover after errors")
    state_persistence_enabled: bool = Field(default=False, description="Keep state across runs")
    health_check_interval_s: int = Field(
        default=60, ge=1, description="Time between two health checks"
    )
