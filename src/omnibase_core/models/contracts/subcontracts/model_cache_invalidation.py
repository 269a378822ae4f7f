"""When a cache forgets."""

from pydantic import Field

from omnibase_core.models.contracts.model_contract_part import ModelContractPart


class ModelCacheInvalidation(ModelContractPart):
    """How and when entries become invalid."""

    invalidation_strategy: str = Field(min_length=1, description="What makes an entry invalid")
    ttl_seconds: int = Field(default=300, ge=1, description="Longest life")
    max_idle_seconds: int = Field(default=600, ge=1, description="Longest life without a reader")
    invalidation_triggers: list[str] = Field(
        default_factory=list, description="Events that make entries invalid"
    )
    batch_invalidation: bool = Field(default=False, description="Forget many at once")
    lazy_expiration: bool = Field(default=True, description="Notice expiry when read")
