"""How fast a node promises to be, and within which resources."""

from pydantic import Field

from omnibase_core.models.contracts.model_contract_part import ModelContractPart


class ModelPerformanceRequirements(ModelContractPart):
    """Limits that a contract states; None promises nothing."""

    single_operation_max_ms: int | None = Field(
        default=None, ge=1, description="Longest time of one operation"
    )
    batch_operation_max_s: int | None = Field(
        default=None, ge=1, description="Longest time of a batch"
    )
    memory_limit_mb: int | None = Field(default=None, ge=1, description="Most memory in use")
    cpu_limit_percent: int | None = Field(
        default=None, ge=1, le=100, description="Largest share of the processor"
    )
    throughput_min_ops_per_second: float | None = Field(
        default=None, ge=0.0, description="Fewest operations a second"
    )
