"""What a computation cache keeps, for how long, and what goes first."""

from datetime import UTC, datetime

import time_machine

from omnibase_core.infrastructure.computation_cache import ComputationCache

NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)


def keys(cache: ComputationCache) -> list[str]:
    return list(cache._cache)


def test_a_new_cache_is_empty_with_the_usual_limits() -> None:
    cache = ComputationCache()
    assert (cache.max_size, cache.default_ttl_minutes) == (1000, 30)
    assert cache.get("a") is None
    assert cache.get_stats() == {
        "total_entries": 0,
        "expired_entries": 0,
        "valid_entries": 0,
        "max_size": 1000,
    }


def test_the_very_object_comes_back() -> None:
    cache, value = ComputationCache(), [1]
    cache.put("a", value)
    assert cache.get("a") is value


def test_an_entry_is_good_up_to_the_end_of_its_lifetime() -> None:
    cache = ComputationCache()
    with time_machine.travel(NOON, tick=False) as clock:
        cache.put("a", 1, 5)
        clock.shift(300)
        assert cache.get("a") == 1
        clock.shift(0.001)
        assert cache.get("a") is None
        assert keys(cache) == []


def test_at_the_very_end_it_counts_as_expired_although_it_is_served() -> None:
    """Odd but relied on: the figures and the look-up draw the line differently."""
    cache = ComputationCache()
    with time_machine.travel(NOON, tick=False) as clock:
        cache.put("a", 1, 5)
        cache.put("b", 2, 6)
        clock.shift(300)
        stats = cache.get_stats()
        assert (stats["total_entries"], stats["expired_entries"], stats["valid_entries"]) == (
            2,
            1,
            1,
        )
        assert cache.get("a") == 1


def test_a_lifetime_of_nothing_is_the_default_one() -> None:
    cache = ComputationCache(default_ttl_minutes=1)
    with time_machine.travel(NOON, tick=False) as clock:
        cache.put("a", 1, 0)
        cache.put("b", 1)
        cache.put("c", 1, 2)
        clock.shift(61)
        assert [cache.get(key) for key in "abc"] == [None, None, 1]


def test_the_least_often_read_entry_goes_first() -> None:
    cache = ComputationCache(max_size=3)
    for key in "abc":
        cache.put(key, key)
    for key in "aabcc":
        cache.get(key)
    cache.put("d", "d")
    assert keys(cache) == ["a", "c", "d"]


def test_the_oldest_among_equals_goes_first() -> None:
    cache = ComputationCache(max_size=2)
    for key in "abc":
        cache.put(key, key)
    assert keys(cache) == ["b", "c"]


def test_a_full_cache_drops_an_entry_even_to_replace_another() -> None:
    cache = ComputationCache(max_size=2)
    cache.put("a", 1)
    cache.put("b", 1)
    cache.put("b", 2)
    assert keys(cache) == ["b"]
    assert cache.get("b") == 2


def test_a_replaced_entry_is_as_unread_as_a_new_one() -> None:
    cache = ComputationCache(max_size=3)
    cache.put("a", 1)
    cache.get("a")
    cache.put("a", 2)
    cache.put("b", 1)
    cache.get("b")
    cache.put("c", 1)
    cache.put("d", 1)
    assert keys(cache) == ["b", "c", "d"]


def test_a_cache_without_room_keeps_the_newest_entry() -> None:
    cache = ComputationCache(max_size=0)
    cache.put("a", 1)
    cache.put("b", 2)
    assert keys(cache) == ["b"]


def test_nothing_is_evicted_from_an_empty_cache_and_clearing_forgets_all() -> None:
    cache = ComputationCache()
    cache._evict_lru()
    cache.put("a", 1)
    cache.clear()
    assert keys(cache) == []
