"""Results have a place of their own, and somebody asks how many there are."""

from typing import Any
from uuid import uuid4

import pytest

from omnibase_core.mixins.mixin_computation_cache import MixinComputationCache
from omnibase_core.models.operations.model_compute_input import ModelComputeInput


class Host(MixinComputationCache):
    node_id = uuid4()


def order(data: Any, computation_type: str = "double") -> ModelComputeInput[Any]:
    return ModelComputeInput(data=data, computation_type=computation_type)


def test_equal_data_share_a_place() -> None:
    host = Host()
    assert host._generate_cache_key(order([1, 2])) == host._generate_cache_key(order([1, 2]))


def test_other_data_and_other_computations_have_other_places() -> None:
    host = Host()
    orders = [order([1, 2]), order([2, 1]), order([1, 2], "halve")]
    assert len({host._generate_cache_key(each) for each in orders}) == 3


def test_data_need_not_be_hashable() -> None:
    key = Host()._generate_cache_key(order({"items": [{1, 2}]}))
    assert key.startswith("double:")


def test_each_instance_has_a_cache_of_its_own() -> None:
    one, other = Host(), Host()
    one.computation_cache.put("double:1", 2)
    assert other.computation_cache.get("double:1") is None


def test_the_status_counts_what_is_kept() -> None:
    host = Host()
    host.cache_ttl_minutes = 5
    host.computation_cache.put("double:1", 2)
    status = host._get_caching_status()
    assert status["enabled"] is True
    assert status["ttl_minutes"] == 5
    assert status["cache_stats"]["valid_entries"] == 1
    assert status["max_size"] == 1000


def test_a_cache_that_cannot_be_described_is_told_and_logged(
    caplog: pytest.LogCaptureFixture,
) -> None:
    host = Host()
    del host.computation_cache
    with caplog.at_level("WARNING", logger="omnibase"):
        status = host._get_caching_status()
    assert status["enabled"] is False
    assert "computation_cache" in status["error"]
    assert "Failed to get caching status" in caplog.text
