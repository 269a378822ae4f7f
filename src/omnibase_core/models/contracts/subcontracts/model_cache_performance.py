"""How a cache spends memory and time."""

from pydantic import Field

from omnibase_core.models.contracts.model_contract_part import ModelContractPart


class ModelCachePerformance(ModelContractPart):
    """Tuning of a cache; the memory limit of the caching subcontract itself wins."""

    max_memory_mb: int = Field(default=1024, ge=1, description="Most memory in use")
    eviction_policy: str = Field(default="lru", description="Which entry goes first")
    preload_enabled: bool = Field(default=False, description="Fill the cache at start")
    preload_patterns: list[str] = Field(default_factory=list, description="Keys to fill it with")
    compression_enabled: bool = Field(default=False, description="Compress entries")
    compression_threshold_bytes: int = Field(
        default=1024, ge=1, description="Smallest entry that is compressed"
    )
    async_writes: bool = Field(default=True, description="Write without waiting")
    read_through_enabled: bool = Field(default=False, description="Load what is missing")
    write_through_enabled: bool = Field(default=False, description="Write to the source as well")
    write_behind_enabled: bool = Field(default=False, description="Write to the source later")
