"""A cycle is told as the path that leads back to where it began."""

import asyncio
from typing import Any
from uuid import uuid4

import pytest

from omnibase_core.mixins.mixin_dependency_cycles import MixinDependencyCycles
from omnibase_core.models.operations.model_reducer_input import ModelReducerInput
from omnibase_core.models.operations.model_reducer_output import ModelReducerOutput


class Host(MixinDependencyCycles):
    def __init__(self) -> None:
        self.asked: list[ModelReducerInput[Any]] = []

    async def process(self, input_data: ModelReducerInput[Any]) -> ModelReducerOutput[Any]:
        self.asked.append(input_data)
        return ModelReducerOutput(
            result=self._detect_dependency_cycles(input_data.data),
            operation_id=uuid4(),
            reduction_type=input_data.reduction_type,
            processing_time_ms=0.0,
            items_processed=len(input_data.data),
        )


def cycles(**graph: list[str]) -> list[list[str]]:
    found: list[list[str]] = Host()._detect_dependency_cycles(list(graph.items()))["cycles"]
    return found


def test_a_graph_without_a_cycle_has_none() -> None:
    assert cycles(a=["b", "c"], b=["c"], c=[]) == []
    assert cycles() == []


def test_a_cycle_leads_back_to_its_first_ticket() -> None:
    assert cycles(a=["b"], b=["c"], c=["a"]) == [["a", "b", "c", "a"]]


def test_a_ticket_that_waits_for_itself_is_a_cycle() -> None:
    assert cycles(a=["a"]) == [["a", "a"]]


def test_a_way_into_a_cycle_is_no_part_of_it() -> None:
    assert cycles(a=["b"], b=["c"], c=["b"]) == [["b", "c", "b"]]


def test_tickets_that_are_only_waited_for_are_ends() -> None:
    found = Host()._detect_dependency_cycles([("a", ["gone"])])
    assert (found["has_cycles"], found["cycle_count"], found["total_nodes"]) == (False, 0, 1)


def test_the_question_is_put_as_a_reduction() -> None:
    host = Host()
    found = asyncio.run(host.resolve_dependency_cycles({"a": ["b"], "b": ["a"]}))
    assert found["cycles"] == [["a", "b", "a"]]
    [asked] = host.asked
    assert asked.data == [("a", ["b"]), ("b", ["a"])]
    assert asked.metadata is not None
    assert asked.metadata["graph_operation"].to_value() == "cycle_detection"


def test_what_is_no_pair_is_refused() -> None:
    wrong: Any = [("a", [], "more")]
    with pytest.raises(ValueError, match="length 3; 2 is required"):
        Host()._detect_dependency_cycles(wrong)
