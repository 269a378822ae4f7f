"""What the cache keeps, for how long, and what it drops."""

from typing import Any

import pytest
from scenarios.compute.conftest import entries


@pytest.fixture
def small(subject: Any) -> Any:
    """Return a cache for two entries that live for three minutes."""
    return subject.named("ComputationCache")(max_size=2, default_ttl_minutes=3)


def test_sizes(subject: Any, make_node: Any, pinned: Any) -> None:
    """A node's own cache is of the same size as one that nobody has asked anything about."""
    made = subject.named("ComputationCache")
    caches = {"node": make_node().computation_cache, "default": made(), "by place": made(5, 7)}
    pinned.check({name: vars(cache) for name, cache in caches.items()})


def test_a_node_names_the_sizes_itself(
    subject: Any, make_node: Any, pinned: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another default of the cache is none of the node's."""
    monkeypatch.setattr(subject.named("ComputationCache").__init__, "__defaults__", (7, 8))
    pinned.check(vars(make_node().computation_cache))


def test_reads_are_counted(small: Any, pinned: Any) -> None:
    """A new entry starts with one; a miss counts for nothing."""
    value = object()
    small.put("a", value)
    got = [small.get("a") is value, small.get("a") is value, small.get("b")]
    pinned.check({"got": got, "entries": entries(small)})


def test_a_value_of_none(small: Any, pinned: Any) -> None:
    """Odd but relied on: it is kept, and cannot be told from a miss."""
    small.put("a", None)
    pinned.check({"got": small.get("a"), "entries": entries(small)})


@pytest.mark.parametrize(
    "minutes", [None, 0, 1, 0.5, -1], ids=["none", "zero", "one", "half", "negative"]
)
def test_lifetimes(small: Any, pinned: Any, clock: Any, minutes: Any) -> None:
    """Odd but relied on: zero means the default, and a negative one is over at once."""
    clock.advance(10)
    small.put("a", "value", minutes)
    before = entries(small)
    pinned.check({"before": before, "got": small.get("a"), "after": entries(small)})


@pytest.mark.parametrize(
    "seconds",
    [179.999, 180, 180.000001, 500],
    ids=["just_before", "at_the_end", "just_past", "long_past"],
)
def test_the_end_of_a_life(small: Any, pinned: Any, clock: Any, seconds: float) -> None:
    """Odd but relied on: in the last moment a value is served and counts as expired already."""
    small.put("a", "value")
    clock.advance(seconds)
    seen = {"figures": small.get_stats(), "got": small.get("a"), "entries": entries(small)}
    pinned.check({**seen, "figures after": small.get_stats()})


def test_the_figures_of_a_mixed_cache(subject: Any, pinned: Any, clock: Any) -> None:
    """Expired entries stay until somebody asks for them."""
    cache = subject.named("ComputationCache")(max_size=9)
    for name, minutes in {"a": 1, "b": 2, "c": 3, "d": None}.items():
        cache.put(name, name, minutes)
    clock.advance(120)
    pinned.check({"figures": cache.get_stats(), "entries": entries(cache)})


def test_the_least_often_read_goes(small: Any, pinned: Any) -> None:
    """Odd but relied on: least often, not least recently; the oldest among equals."""
    small.put("a", 1)
    small.put("b", 2)
    small.get("a")
    small.get("b")
    small.get("a")
    small.put("c", 3)
    first = entries(small)
    small.put("d", 4)
    second = entries(small)
    small._evict_lru()
    pinned.check({"first": first, "second": second, "third": entries(small)})


def test_a_full_cache_makes_room_for_what_it_has(small: Any, pinned: Any) -> None:
    """Odd but relied on: another entry goes although the key is only written anew."""
    small.put("a", 1)
    small.put("b", 2)
    small.get("b")
    small.put("b", 3)
    pinned.check({"entries": entries(small), "figures": small.get_stats()})


def test_there_is_room_until_the_last_place_is_taken(small: Any, pinned: Any) -> None:
    """Writing a key anew drops nothing while a place is free."""
    small.put("a", 1)
    small.put("a", 2, 9)
    small.put("b", 3)
    pinned.check({"entries": entries(small)})


@pytest.mark.parametrize("size", [0, -1], ids=["zero", "negative"])
def test_a_cache_for_nothing(subject: Any, pinned: Any, size: int) -> None:
    """Odd but relied on: it keeps the newest entry."""
    cache = subject.named("ComputationCache")(size)
    cache.put("a", 1)
    cache.put("b", 2)
    pinned.check({"entries": entries(cache), "figures": cache.get_stats()})


def test_emptied(small: Any, pinned: Any) -> None:
    """Nothing is left, and dropping from nothing does no harm."""
    small.put("a", 1)
    small.clear()
    small._evict_lru()
    pinned.check({"got": small.get("a"), "figures": small.get_stats(), "settings": vars(small)})
