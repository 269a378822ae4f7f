"""How a computation is spread over workers."""

from pydantic import Field

from omnibase_core.models.contracts.model_contract_part import ModelContractPart


class ModelParallelConfig(ModelContractPart):
    """How many workers there are and how work reaches them."""

    enabled: bool = Field(default=True, description="Use more than one worker")
    max_workers: int = Field(default=4, ge=1, le=32, description="Most workers at once")
    batch_size: int = Field(default=100, ge=1, description="Items handed to a worker at once")
    async_enabled: bool = Field(default=False, description="Await instead of blocking")
    thread_pool_type: str = Field(default="ThreadPoolExecutor", description="Kind of pool")
    queue_size: int = Field(default=1000, ge=1, description="Items that may wait for a worker")
