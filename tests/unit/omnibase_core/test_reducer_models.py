"""What reducer inputs and outputs accept, how conflicts are settled and how windows fill."""

from collections.abc import Iterator
from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

import pytest
from pydantic import ValidationError

from omnibase_core.enums.enum_conflict_resolution import EnumConflictResolution
from omnibase_core.enums.enum_reduction_type import EnumReductionType
from omnibase_core.enums.enum_streaming_mode import EnumStreamingMode
from omnibase_core.errors.error_codes import EnumCoreErrorCode
from omnibase_core.errors.model_onex_error import ModelOnexError
from omnibase_core.models.common.model_schema_value import ModelSchemaValue
from omnibase_core.models.infrastructure import ModelConflictResolver, ModelStreamingWindow
from omnibase_core.models.operations import ModelReducerInput, ModelReducerOutput

HOUR_MS = 3_600_000


def numbers() -> Iterator[int]:
    yield from (1, 2, 3)


def test_an_input_needs_nothing_and_fills_in_the_rest() -> None:
    order = ModelReducerInput[Any]()
    assert order.data == []
    assert isinstance(order.operation_id, UUID)
    assert order.conflict_resolution is EnumConflictResolution.LAST_WINS
    assert order.streaming_mode is EnumStreamingMode.BATCH
    assert order.reduction_type is EnumReductionType.AGGREGATE
    assert (order.batch_size, order.window_size_ms, order.metadata) == (1000, 5000, {})
    assert (order.reducer_function, order.group_key, order.accumulator_init) == (None,) * 3
    assert order.timestamp.tzinfo is None


def test_two_inputs_share_neither_id_nor_data() -> None:
    one, other = ModelReducerInput[Any](), ModelReducerInput[Any]()
    assert one.operation_id != other.operation_id
    assert one.data is not other.data


@pytest.mark.parametrize("data", [[1, 2, 3], (1, 2, 3), {1, 2, 3}, {1: 0, 2: 0, 3: 0}.keys()])
def test_whatever_is_like_a_list_becomes_one(data: Any) -> None:
    assert ModelReducerInput(data=data).data == [1, 2, 3]


def test_a_generator_is_read_once_and_becomes_a_list() -> None:
    assert ModelReducerInput.model_validate({"data": numbers()}).data == [1, 2, 3]


@pytest.mark.parametrize("data", ["123", {"a": 1}, 5, None])
def test_what_is_not_like_a_list_is_refused(data: Any) -> None:
    with pytest.raises(ValidationError, match="data"):
        ModelReducerInput(data=data)


def test_items_stay_the_objects_that_they_are() -> None:
    item, thing = {"a": [1]}, SimpleNamespace()
    order: ModelReducerInput[Any] = ModelReducerInput(data=[item, thing])
    assert order.data[0] is item
    assert order.data[1] is thing


def test_a_typed_input_checks_its_items() -> None:
    assert ModelReducerInput[int].model_validate({"data": ["7"]}).data == [7]
    with pytest.raises(ValidationError, match="data"):
        ModelReducerInput[int].model_validate({"data": ["seven"]})


def test_unknown_fields_are_refused() -> None:
    with pytest.raises(ValidationError, match="batchsize"):
        ModelReducerInput.model_validate({"batchsize": 3})


def test_metadata_takes_wrapped_values_and_rejects_raw_ones() -> None:
    wrapped = ModelSchemaValue.from_value("a")
    assert ModelReducerInput.model_validate({"metadata": {"one": wrapped}}).metadata
    assert ModelReducerInput.model_validate({"metadata": None}).metadata is None
    with pytest.raises(ValidationError, match="ModelSchemaValue"):
        ModelReducerInput.model_validate({"metadata": {"one": "a"}})


def test_an_input_is_not_checked_again_on_assignment() -> None:
    order: Any = ModelReducerInput[Any]()
    order.reduction_type = "no such type"
    order.data = None
    assert (order.reduction_type, order.data) == ("no such type", None)


def test_an_output_keeps_its_result_and_fills_in_the_rest() -> None:
    result = {"total": 3}
    output: ModelReducerOutput[dict[str, int]] = ModelReducerOutput(
        result=result,
        operation_id=uuid4(),
        reduction_type=EnumReductionType.FOLD,
        processing_time_ms=1.5,
        items_processed=2,
    )
    assert output.result is result
    assert (output.conflicts_resolved, output.batches_processed, output.metadata) == (0, 1, {})
    assert output.streaming_mode is EnumStreamingMode.BATCH
    assert output.timestamp.tzinfo is None


@pytest.mark.parametrize(
    "field", ["result", "operation_id", "reduction_type", "processing_time_ms", "items_processed"]
)
def test_an_output_without_a_required_field_is_refused(field: str) -> None:
    fields: dict[str, Any] = {
        "result": None,
        "operation_id": uuid4(),
        "reduction_type": EnumReductionType.FOLD,
        "processing_time_ms": 0.0,
        "items_processed": 0,
    }
    del fields[field]
    with pytest.raises(ValidationError, match=field):
        ModelReducerOutput.model_validate(fields)


@pytest.mark.parametrize(
    ("strategy", "kept"),
    [
        (EnumConflictResolution.FIRST_WINS, "old"),
        (EnumConflictResolution.LAST_WINS, "new"),
        (EnumConflictResolution.MERGE, "old, new"),
        (EnumConflictResolution.CUSTOM, "new"),
    ],
)
def test_each_strategy_keeps_its_value_and_counts_the_conflict(
    strategy: EnumConflictResolution, kept: str
) -> None:
    resolver = ModelConflictResolver(strategy)
    assert [resolver.resolve("old", "new", "key") for _ in range(2)] == [kept, kept]
    assert resolver.conflicts_count == 2


def test_a_function_of_the_callers_decides_under_custom_alone() -> None:
    def join(old: Any, new: Any, key: str | None) -> str:
        return f"{old}/{new}/{key}"

    assert ModelConflictResolver(EnumConflictResolution.CUSTOM, join).resolve(1, 2) == "1/2/None"
    assert ModelConflictResolver(EnumConflictResolution.LAST_WINS, join).resolve(1, 2) == 2


def test_the_strategy_error_refuses_with_both_values_as_text() -> None:
    resolver = ModelConflictResolver(EnumConflictResolution.ERROR)
    with pytest.raises(ModelOnexError, match="Conflict detected for key: colour") as error:
        resolver.resolve(1, [2], "colour")
    assert error.value.error_code is EnumCoreErrorCode.VALIDATION_ERROR
    assert error.value.context["additional_context"]["context"] == {
        "existing_value": "1",
        "new_value": "[2]",
        "key": "colour",
    }
    assert resolver.conflicts_count == 1


@pytest.mark.parametrize(
    ("old", "new", "merged"),
    [
        (1, 2.5, 3.5),
        (True, True, 2),
        ("a", "b", "a, b"),
        ([1], [2], [1, 2]),
        ({"a": {"x": 1}, "b": 1}, {"a": {}}, {"a": {}, "b": 1}),
        (1, "b", "b"),
        (None, None, None),
    ],
)
def test_values_of_one_kind_are_merged_and_others_give_way(
    old: Any, new: Any, merged: Any
) -> None:
    assert ModelConflictResolver(EnumConflictResolution.MERGE).resolve(old, new) == merged


def test_merging_leaves_both_values_as_they_were() -> None:
    old: dict[str, int] = {"a": 1}
    ModelConflictResolver(EnumConflictResolution.MERGE).resolve(old, {"b": 2})
    assert old == {"a": 1}


def test_a_window_is_full_when_its_time_is_over_not_by_the_number_of_items() -> None:
    window = ModelStreamingWindow(HOUR_MS)
    assert [window.add_item(item) for item in range(3)] == [False] * 3
    assert window.get_window_items() == [0, 1, 2]
    window.window_start -= timedelta(hours=1)
    assert window.add_item(3)


def test_a_window_without_length_is_always_full() -> None:
    window = ModelStreamingWindow(0)
    assert window.overlap_ms == 0
    assert window.add_item("a")


def test_the_next_window_starts_empty_and_now() -> None:
    window = ModelStreamingWindow(HOUR_MS)
    window.add_item("a")
    window.window_start -= timedelta(hours=1)
    before = window.window_start
    window.advance_window()
    assert window.get_window_items() == []
    assert window.window_start > before


def test_an_overlap_lets_the_latest_items_stay() -> None:
    window = ModelStreamingWindow(1000, overlap_ms=400)
    for age in (0, 599, 600, 1000):
        window.buffer.append((age, window.window_start + timedelta(milliseconds=age)))
    window.advance_window()
    assert window.get_window_items() == [600, 1000]
