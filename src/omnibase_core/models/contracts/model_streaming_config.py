"""How a reducer takes its items when they come as a stream."""

from pydantic import Field

from omnibase_core.models.contracts.model_contract_part import ModelContractPart


class ModelStreamingConfig(ModelContractPart):
    """Streaming settings of a reducer contract."""

    enabled: bool = Field(default=True, description="Take streams at all")
    buffer_size: int = Field(default=8192, ge=1024, description="Items kept waiting")
    window_size: int = Field(default=1000, ge=1, description="Items or time of one window")
    memory_threshold_mb: int = Field(
        default=512, ge=1, description="Memory above which the stream is slowed down"
    )
    backpressure_enabled: bool = Field(default=True, description="Slow the sender down")
