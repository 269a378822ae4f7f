"""How an effect keeps its side effects together."""

from pydantic import Field

from omnibase_core.models.contracts.model_contract_part import ModelContractPart


class ModelTransactionConfig(ModelContractPart):
    """Transaction settings of an effect contract."""

    enabled: bool = Field(default=True, description="Run operations in transactions")
    isolation_level: str = Field(
        default="read_committed", description="What concurrent transactions may see"
    )
    timeout_seconds: int = Field(default=30, ge=1, description="Longest transaction")
    rollback_on_error: bool = Field(default=True, description="Undo everything after an error")
    lock_timeout_seconds: int = Field(default=10, ge=1, description="Longest wait for a lock")
    deadlock_retry_count: int = Field(default=3, ge=0, description="Attempts after a deadlock")
    consistency_check_enabled: bool = Field(default=True, description="Check before commit")
