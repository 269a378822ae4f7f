"""What a node keeps instead of doing it again, and for how long."""

from collections.abc import Iterator
from typing import ClassVar, Final

from pydantic import Field

from omnibase_core.models.contracts.subcontracts.model_broken_rule import BrokenRule
from omnibase_core.models.contracts.subcontracts.model_cache_distribution import (
    ModelCacheDistribution,
)
from omnibase_core.models.contracts.subcontracts.model_cache_invalidation import (
    ModelCacheInvalidation,
)
from omnibase_core.models.contracts.subcontracts.model_cache_key_strategy import (
    ModelCacheKeyStrategy,
)
from omnibase_core.models.contracts.subcontracts.model_cache_performance import (
    ModelCachePerformance,
)
from omnibase_core.models.contracts.subcontracts.model_subcontract_base import (
    ModelSubcontractBase,
)
from omnibase_core.primitives.model_semver import ModelSemVer

__all__ = ["ModelCachingSubcontract"]

_MOST_MEMORY_MB: Final = 16384
_LOWEST_HIT_RATIO: Final = 0.1


class ModelCachingSubcontract(ModelSubcontractBase):
    """Settings of caching. Interface 1.0.0, locked."""

    INTERFACE_VERSION: ClassVar[ModelSemVer] = ModelSemVer(major=1, minor=0, patch=0)

    caching_enabled: bool = Field(default=True, description="Keep results at all")
    cache_strategy: str = Field(default="lru", description="Which entry goes first")
    cache_backend: str = Field(default="memory", description="Where entries are kept")
    max_entries: int = Field(default=10000, ge=1, description="Most entries")
    max_memory_mb: int = Field(default=512, ge=1, description="Most memory in use")
    entry_size_limit_kb: int = Field(default=1024, ge=1, description="Largest entry")
    key_strategy: ModelCacheKeyStrategy = Field(
        default_factory=lambda: ModelCacheKeyStrategy(key_generation_method="composite_hash"),
        description="How entries are named",
    )
    invalidation_policy: ModelCacheInvalidation = Field(
        default_factory=lambda: ModelCacheInvalidation(invalidation_strategy="ttl_based"),
        description="When entries become invalid",
    )
    distribution_config: ModelCacheDistribution | None = Field(
        default=None, description="How the cache is shared between processes"
    )
    performance_config: ModelCachePerformance = Field(
        default_factory=ModelCachePerformance, description="How it spends memory and time"
    )
    warm_up_enabled: bool = Field(default=False, description="Fill the cache at start")
    warm_up_sources: list[str] = Field(default_factory=list, description="What to fill it from")
    warm_up_batch_size: int = Field(default=100, ge=1, description="Entries filled at once")
    metrics_enabled: bool = Field(default=True, description="Count hits and misses")
    detailed_metrics: bool = Field(default=False, description="Count them by key")
    hit_ratio_threshold: float = Field(
        default=0.8, ge=0.0, le=1.0, description="Share of hits that is good enough"
    )
    performance_monitoring: bool = Field(default=True, description="Measure look-ups")
    persistence_enabled: bool = Field(default=False, description="Write entries to disk")
    persistence_interval_ms: int = Field(
        default=60000, ge=1000, description="Time between two writes"
    )
    recovery_enabled: bool = Field(default=False, description="Read entries back at start")
    multi_level_enabled: bool = Field(default=False, description="A small cache before a large")
    l1_cache_size: int = Field(default=1000, ge=1, description="Entries of the small one")
    l2_cache_size: int = Field(default=10000, ge=1, description="Entries of the large one")
    promotion_threshold: int = Field(
        default=3, ge=1, description="Reads that move an entry to the small one"
    )

    def broken_rules(self) -> Iterator[BrokenRule]:
        """Yield too much memory, a hit ratio that says nothing, and levels in the wrong order."""
        if self.max_memory_mb > _MOST_MEMORY_MB:
            yield BrokenRule("max_memory_mb", f"is above {_MOST_MEMORY_MB}")
        if self.hit_ratio_threshold < _LOWEST_HIT_RATIO:
            yield BrokenRule("hit_ratio_threshold", f"is below {_LOWEST_HIT_RATIO}")
        if self.multi_level_enabled and self.l2_cache_size <= self.l1_cache_size:
            yield BrokenRule("l2_cache_size", f"is not above l1_cache_size ({self.l1_cache_size})")
