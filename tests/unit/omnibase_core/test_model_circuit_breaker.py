"""When a circuit breaker lets calls through, and when it stops them."""

from datetime import datetime, timedelta

import pytest

from omnibase_core.enums.enum_circuit_breaker_state import EnumCircuitBreakerState
from omnibase_core.models.infrastructure import ModelCircuitBreaker

CLOSED = EnumCircuitBreakerState.CLOSED
OPEN = EnumCircuitBreakerState.OPEN
HALF_OPEN = EnumCircuitBreakerState.HALF_OPEN


def ago(seconds: float) -> datetime:
    return datetime.now() - timedelta(seconds=seconds)  # noqa: DTZ005 - breaker times are naive


def opened(seconds_ago: float) -> ModelCircuitBreaker:
    breaker = ModelCircuitBreaker(failure_threshold=1, recovery_timeout_seconds=60)
    breaker.record_failure()
    breaker.last_failure_time = ago(seconds_ago)
    return breaker


def test_a_new_breaker_is_closed_with_the_usual_limits() -> None:
    breaker = ModelCircuitBreaker()
    assert breaker.state is CLOSED
    assert breaker.can_execute()
    assert (breaker.failure_threshold, breaker.recovery_timeout_seconds) == (5, 60)
    assert (breaker.half_open_max_attempts, breaker.half_open_attempts) == (3, 0)
    assert (breaker.failure_count, breaker.last_failure_time) == (0, None)


def test_it_opens_when_the_failures_reach_the_threshold() -> None:
    breaker = ModelCircuitBreaker(failure_threshold=2)
    breaker.record_failure()
    assert breaker.can_execute()
    breaker.record_failure()
    assert breaker.state is OPEN
    assert not breaker.can_execute()


def test_a_success_makes_good_for_one_failure_but_never_more() -> None:
    breaker = ModelCircuitBreaker()
    breaker.record_failure()
    breaker.record_failure()
    breaker.record_success()
    assert breaker.failure_count == 1
    breaker.record_success()
    breaker.record_success()
    assert breaker.failure_count == 0


def test_a_success_does_not_close_an_open_breaker() -> None:
    breaker = opened(seconds_ago=0)
    breaker.record_success()
    assert breaker.state is OPEN
    assert breaker.failure_count == 1


def test_it_turns_half_open_only_after_the_whole_recovery_time() -> None:
    assert not opened(seconds_ago=55).can_execute()
    rested = opened(seconds_ago=61)
    rested.half_open_attempts = 2
    assert rested.can_execute()
    assert rested.state is HALF_OPEN
    assert rested.half_open_attempts == 0


def test_without_a_failure_time_an_open_breaker_stays_open() -> None:
    breaker = ModelCircuitBreaker(recovery_timeout_seconds=0)
    breaker.state = OPEN
    assert not breaker.can_execute()
    assert breaker.state is OPEN


@pytest.mark.parametrize(("attempts", "allowed"), [(2, True), (3, False)])
def test_half_open_allows_attempts_up_to_its_limit(attempts: int, allowed: bool) -> None:
    breaker = opened(seconds_ago=61)
    breaker.can_execute()
    breaker.half_open_attempts = attempts
    assert breaker.can_execute() is allowed


def test_a_success_closes_a_half_open_breaker_and_forgets_its_past() -> None:
    breaker = opened(seconds_ago=61)
    breaker.can_execute()
    breaker.half_open_attempts = 1
    breaker.record_success()
    assert breaker.state is CLOSED
    assert (breaker.failure_count, breaker.half_open_attempts) == (0, 0)


def test_a_failure_opens_a_half_open_breaker_again() -> None:
    breaker = opened(seconds_ago=61)
    breaker.failure_threshold = 100
    breaker.can_execute()
    breaker.half_open_attempts = 1
    breaker.record_failure()
    assert breaker.state is OPEN
    assert (breaker.failure_count, breaker.half_open_attempts) == (2, 0)
    assert not breaker.can_execute()


def test_failures_of_an_open_breaker_are_still_counted() -> None:
    breaker = opened(seconds_ago=30)
    before = breaker.last_failure_time
    breaker.record_failure()
    assert breaker.state is OPEN
    assert breaker.failure_count == 2
    assert before is not None
    assert breaker.last_failure_time is not None
    assert breaker.last_failure_time > before
