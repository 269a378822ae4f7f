"""Results of computations, kept for a while."""

from datetime import datetime, timedelta
from typing import Any

__all__ = ["ComputationCache"]


class ComputationCache:
    """A bounded store whose entries expire; the least often read one makes room for a new one.

    A full cache makes room even when the new entry only replaces an old one of the same key.
    """

    def __init__(self, max_size: int = 1000, default_ttl_minutes: int = 30) -> None:
        """Start empty."""
        self.max_size = max_size
        self.default_ttl_minutes = default_ttl_minutes
        self._cache: dict[str, tuple[Any, datetime, int]] = {}

    def get(self, cache_key: str) -> Any | None:
        """Return the very object that was put in, None if there is none or it has expired."""
        if cache_key not in self._cache:
            return None
        value, expiry, reads = self._cache[cache_key]
        if _now() > expiry:
            del self._cache[cache_key]
            return None
        self._cache[cache_key] = (value, expiry, reads + 1)
        return value

    def put(self, cache_key: str, value: Any, ttl_minutes: int | None = None) -> None:
        """Keep a value; a lifetime of None or 0 means the default one."""
        if len(self._cache) >= self.max_size:
            self._evict_lru()
        lifetime = timedelta(minutes=ttl_minutes or self.default_ttl_minutes)
        self._cache[cache_key] = (value, _now() + lifetime, 1)

    def clear(self) -> None:
        """Forget everything."""
        self._cache.clear()

    def get_stats(self) -> dict[str, int]:
        """Return how many entries there are, how many are still good, and how many fit."""
        now = _now()
        total = len(self._cache)
        expired = sum(expiry <= now for _, expiry, _ in self._cache.values())
        return {
            "total_entries": total,
            "expired_entries": expired,
            "valid_entries": total - expired,
            "max_size": self.max_size,
        }

    def _evict_lru(self) -> None:
        """Drop the entry with the fewest reads, the oldest among equals."""
        if self._cache:
            del self._cache[min(self._cache, key=lambda key: self._cache[key][2])]


def _now() -> datetime:
    return datetime.now()  # noqa: DTZ005 - naive by contract
