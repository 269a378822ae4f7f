"""How a load balancer gives out its slots and what it counts."""

import asyncio
from uuid import UUID

import pytest

from omnibase_core.infrastructure.load_balancer import LoadBalancer


@pytest.mark.asyncio
async def test_a_full_balancer_lets_the_next_one_wait_for_a_release() -> None:
    balancer = LoadBalancer(max_concurrent_operations=1)
    assert await balancer.acquire("first") is True
    waiting = asyncio.create_task(balancer.acquire("second"))
    await asyncio.sleep(0)
    assert list(balancer.active_operations) == ["first"]
    balancer.release("first")
    assert await waiting is True
    assert list(balancer.active_operations) == ["second"]


@pytest.mark.asyncio
async def test_an_id_counts_as_its_text() -> None:
    balancer = LoadBalancer()
    await balancer.acquire(UUID(int=7))
    assert balancer.operation_counts == {str(UUID(int=7)): 1}
    balancer.release(str(UUID(int=7)))
    assert balancer.active_operations == {}


@pytest.mark.asyncio
async def test_a_release_without_an_acquisition_raises_the_capacity() -> None:
    """Odd but relied on."""
    balancer = LoadBalancer(max_concurrent_operations=1)
    balancer.release("stranger")
    await balancer.acquire("first")
    await asyncio.wait_for(balancer.acquire("second"), timeout=5)
    assert balancer.get_stats()["utilization"] == 2.0


@pytest.mark.asyncio
async def test_the_figures_tell_what_runs_and_what_ever_ran() -> None:
    balancer = LoadBalancer()
    for name in ("price", "price", "ship"):
        await balancer.acquire(name)
    balancer.release("ship")
    assert balancer.get_stats() == {
        "active_operations": 1,
        "max_concurrent": 10,
        "utilization": 0.1,
        "total_operations": 3,
    }


@pytest.mark.asyncio
async def test_the_least_loaded_target_is_the_first_of_the_rarest() -> None:
    balancer = LoadBalancer()
    await balancer.acquire("north")
    assert balancer.get_least_loaded_target(["north", "south", "west"]) == "south"
    assert balancer.get_least_loaded_target(["north"]) == "north"
    assert balancer.get_least_loaded_target([]) == ""
