"""Keeps results of computations for a while and tells how often that helped."""

from typing import TYPE_CHECKING, Any

from omnibase_core.enums.enum_log_level import EnumLogLevel as LogLevel
from omnibase_core.infrastructure.computation_cache import ComputationCache
from omnibase_core.logging.structured import emit_log_event_sync as emit_log_event
from omnibase_core.models.operations.model_compute_input import ModelComputeInput

if TYPE_CHECKING:
    from uuid import UUID


class MixinComputationCache:
    """Keeps results of computations for a while and tells how often that helped.

    Needs `self.node_id` from the class that it is mixed into.
    """

    if TYPE_CHECKING:
        node_id: UUID

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Give the instance its own `cache_ttl_minutes`, `computation_cache`."""
        super().__init__(*args, **kwargs)
        # How long a result may be served from the cache.
        self.cache_ttl_minutes: int = 30
        # Results by the kind of computation and the hash of the data's text.
        self.computation_cache: ComputationCache = ComputationCache(
            max_size=1000, default_ttl_minutes=30
        )

    def _generate_cache_key(self, input_data: ModelComputeInput[Any]) -> str:
        """Name the place of a result in the cache.

        Args:
            input_data: What to compute from which data.

        Returns:
            The kind of computation and the hash of the data's text. Data with the same text
            share a place, and the hash of a text differs from process to process.
        """
        # Data need not be hashable, but everything has a text.
        data_hash = hash(str(input_data.data))
        return f"{input_data.computation_type}:{data_hash}"

    def _get_caching_status(self) -> dict[str, Any]:
        """Describe the cache and what is in it at this moment.

        Returns:
            The number of entries and the settings of the cache; or that there is no cache to
            speak of, with the error, if it cannot be described.
        """
        try:
            return {
                "enabled": True,
                "cache_stats": self.computation_cache.get_stats(),
                "ttl_minutes": self.cache_ttl_minutes,
                "max_size": self.computation_cache.max_size,
                "eviction_policy": "lru",
            }

        except Exception as e:
            emit_log_event(
                LogLevel.WARNING,
                f"Failed to get caching status: {e!s}",
                {"node_id": self.node_id, "error": str(e)},
            )
            return {"enabled": False, "error": str(e)}
