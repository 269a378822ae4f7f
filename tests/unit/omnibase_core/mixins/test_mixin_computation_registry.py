"""Computations are registered once, by name."""

from typing import Any
from uuid import uuid4

import pytest

from omnibase_core.errors.model_onex_error import ModelOnexError
from omnibase_core.mixins.mixin_computation_registry import MixinComputationRegistry


class Host(MixinComputationRegistry):
    node_id = uuid4()


def score(**factors: Any) -> float:
    host = Host()
    host._register_rsd_computations()
    made: float = host.computation_registry["rsd_priority_calculation"](factors)
    return made


def test_a_registered_function_stands_under_its_name() -> None:
    host = Host()
    host.register_computation("length", len)
    assert host.computation_registry == {"length": len}


def test_a_name_is_taken_once() -> None:
    host = Host()
    host.register_computation("length", len)
    with pytest.raises(ModelOnexError, match="Computation type already registered: length"):
        host.register_computation("length", sum)
    assert host.computation_registry["length"] is len


def test_what_cannot_be_called_is_refused() -> None:
    wrong: Any = "len"
    with pytest.raises(ModelOnexError, match="Computation function must be callable: length"):
        Host().register_computation("length", wrong)


def test_instances_share_no_table() -> None:
    Host().register_computation("length", len)
    assert Host().computation_registry == {}


def test_a_ticket_without_a_word_about_it_is_hardly_urgent() -> None:
    assert score() == pytest.approx(6.5)


def test_no_factor_counts_for_more_than_its_share() -> None:
    full = {"failure_indicators": 5, "agent_requests": 5, "user_override_score": 1.0}
    assert score(dependency_count=10, **full) == score(dependency_count=99, **full)
    assert score(dependency_count=10, days_old=10**6, **full) == pytest.approx(100.0)
