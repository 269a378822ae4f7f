"""However items arrive, each of them reaches the reduction once."""

import asyncio
from typing import Any
from uuid import uuid4

import pytest

from omnibase_core.enums.enum_conflict_resolution import EnumConflictResolution
from omnibase_core.enums.enum_reduction_type import EnumReductionType
from omnibase_core.errors.model_onex_error import ModelOnexError
from omnibase_core.mixins.mixin_reduction_streaming import MixinReductionStreaming
from omnibase_core.models.infrastructure.model_conflict_resolver import ModelConflictResolver
from omnibase_core.models.infrastructure.model_streaming_window import ModelStreamingWindow
from omnibase_core.models.operations.model_reducer_input import ModelReducerInput

RESOLVER = ModelConflictResolver(EnumConflictResolution.LAST_WINS)


class Host(MixinReductionStreaming):
    """Sums, and remembers what it was given."""

    node_id = uuid4()

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[list[Any]] = []
        self.reduction_functions = {
            EnumReductionType.FOLD: self._sum,
            EnumReductionType.MERGE: self._sum,
        }

    async def _sum(
        self, data: list[Any], order: ModelReducerInput[Any], _: ModelConflictResolver
    ) -> Any:
        self.seen.append(data)
        return sum(data, order.accumulator_init or 0)


def order(*items: Any, **more: Any) -> ModelReducerInput[Any]:
    return ModelReducerInput(data=list(items), reduction_type=EnumReductionType.FOLD, **more)


def test_a_batch_takes_all_items_at_once() -> None:
    host = Host()
    assert asyncio.run(host._process_batch(order(1, 2, 3), RESOLVER)) == (6, 3)
    assert host.seen == [[1, 2, 3]]


def test_a_text_in_the_place_of_items_is_one_item() -> None:
    host = Host()
    host.reduction_functions[EnumReductionType.FOLD] = lambda data, *_: asyncio.sleep(0, data)
    wanted = order()
    object.__setattr__(wanted, "data", "abc")
    assert asyncio.run(host._process_batch(wanted, RESOLVER)) == (["abc"], 1)


def test_each_batch_goes_on_from_the_one_before() -> None:
    host = Host()
    wanted = order(1, 2, 3, 4, 5, batch_size=2, accumulator_init=100)
    assert asyncio.run(host._process_incremental(wanted, RESOLVER)) == (115, 5, 3)
    assert host.seen == [[1, 2], [3, 4], [5]]


def test_without_items_the_accumulator_comes_back() -> None:
    empty = order(accumulator_init=7)
    assert asyncio.run(Host()._process_incremental(empty, RESOLVER)) == (7, 0, 0)
    assert asyncio.run(Host()._process_windowed(empty, RESOLVER)) == (7, 0, 0)


def test_windows_are_reduced_apart_and_merged() -> None:
    host = Host()
    at_once = order(1, 2, 3, window_size_ms=0)
    assert asyncio.run(host._process_windowed(at_once, RESOLVER)) == (6, 3, 3)
    assert host.seen == [[1], [2], [3], [1, 2, 3]]
    patient = order(1, 2, 3, window_size_ms=60_000)
    assert asyncio.run(Host()._process_windowed(patient, RESOLVER)) == (6, 3, 1)


def test_a_type_without_a_function_is_refused() -> None:
    wanted = ModelReducerInput[int](data=[1], reduction_type=EnumReductionType.NORMALIZE)
    with pytest.raises(ModelOnexError, match="No reduction function for type: normalize"):
        asyncio.run(Host()._process_batch(wanted, RESOLVER))


def test_open_windows_are_counted_and_dropped() -> None:
    host = Host()
    host.active_windows["late"] = ModelStreamingWindow(1000)
    assert host._get_streaming_status()["active_windows"] == 1
    asyncio.run(host._cleanup_node_resources())
    assert host._get_streaming_status()["active_windows"] == 0
