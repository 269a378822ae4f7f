"""How a cache is shared between processes."""

from pydantic import Field

from omnibase_core.models.contracts.model_contract_part import ModelContractPart


class ModelCacheDistribution(ModelContractPart):
    """Settings of a distributed cache."""

    distributed_enabled: bool = Field(default=False, description="Share the cache")
    consistency_level: str = Field(default="eventual", description="How far copies may differ")
    replication_factor: int = Field(default=2, ge=1, description="Copies of each entry")
    partition_strategy: str = Field(
        default="consistent_hash", description="Which process keeps an entry"
    )
    sync_interval_ms: int = Field(default=30000, ge=1000, description="Time between two syncs")
    conflict_resolution: str = Field(
        default="last_writer_wins", description="Which of two versions stays"
    )
