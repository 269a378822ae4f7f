"""What a reducer node makes of its items, in every mode and with each built-in function."""

import importlib
import json
import logging
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from omnibase_core.enums.enum_conflict_resolution import EnumConflictResolution
from omnibase_core.enums.enum_node_type import EnumNodeType
from omnibase_core.enums.enum_reduction_type import EnumReductionType
from omnibase_core.enums.enum_streaming_mode import EnumStreamingMode
from omnibase_core.errors.error_codes import EnumCoreErrorCode
from omnibase_core.errors.model_onex_error import ModelOnexError
from omnibase_core.infrastructure.node_reducer import NodeReducer
from omnibase_core.models.common.model_schema_value import ModelSchemaValue
from omnibase_core.models.container.model_onex_container import ModelONEXContainer
from omnibase_core.models.contracts.model_contract_reducer import ModelContractReducer
from omnibase_core.models.infrastructure import ModelConflictResolver, ModelStreamingWindow
from omnibase_core.models.operations import ModelReducerInput, ModelReducerOutput
from omnibase_core.primitives.model_semver import ModelSemVer

FOLD, MERGE = EnumReductionType.FOLD, EnumReductionType.MERGE
AGGREGATE, NORMALIZE = EnumReductionType.AGGREGATE, EnumReductionType.NORMALIZE
INCREMENTAL, WINDOWED = EnumStreamingMode.INCREMENTAL, EnumStreamingMode.WINDOWED

CONTRACT = """
name: stock_totals_reducer
version: {major: 1, minor: 2, patch: 3}
description: Adds up stock movements per warehouse
node_type: REDUCER
input_model: warehouse.models.StockMovement
output_model: warehouse.models.StockTotals
"""
NODE = f"""
from {NodeReducer.__module__} import {NodeReducer.__name__} as Node


class StockTotals(Node):
    pass
"""


class TicketTotals(NodeReducer):
    """A reducer node that carries its contract in the code, not in a file."""

    def _load_contract_model(self) -> ModelContractReducer:
        return ModelContractReducer(
            name="ticket_totals",
            version=ModelSemVer(major=1, minor=0, patch=0),
            description="Sums up tickets",
            input_model="tickets.models.Ticket",
            output_model="tickets.models.Totals",
        )


@pytest.fixture
def node() -> TicketTotals:
    return TicketTotals(ModelONEXContainer())


@pytest.fixture
def logged(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    """Everything logged from now on; ask with `events`."""
    caplog.set_level(logging.DEBUG, logger="omnibase")
    return caplog


def events(logged: pytest.LogCaptureFixture) -> list[tuple[str, str, dict[str, Any]]]:
    entries = [json.loads(record.getMessage()) for record in logged.records]
    return [(entry["level"], entry["message"], entry["context"]) for entry in entries]


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An importable directory with the module of a node and its contract."""
    (tmp_path / "stock_totals.py").write_text(NODE, encoding="utf-8")
    (tmp_path / "contract.yaml").write_text(CONTRACT, encoding="utf-8")
    (tmp_path / "contracts").mkdir()
    monkeypatch.syspath_prepend(tmp_path)
    yield tmp_path
    sys.modules.pop("stock_totals", None)


def stock_totals() -> Any:
    module: ModuleType = importlib.import_module("stock_totals")
    return module.StockTotals(ModelONEXContainer())


def wrapped(**values: object) -> dict[str, ModelSchemaValue]:
    return {name: ModelSchemaValue.from_value(value) for name, value in values.items()}


async def reduce(
    node: NodeReducer, kind: EnumReductionType, data: list[Any], **fields: Any
) -> ModelReducerOutput[Any]:
    output: ModelReducerOutput[Any] = await node.process(
        ModelReducerInput(reduction_type=kind, data=data, **fields)
    )
    return output


async def result(node: NodeReducer, kind: EnumReductionType, *data: Any, **fields: Any) -> Any:
    return (await reduce(node, kind, [*data], **fields)).result


def facts(error: ModelOnexError) -> Any:
    return error.context["additional_context"]["context"]


def test_a_node_starts_with_its_attributes(node: TicketTotals) -> None:
    assert {*vars(node)} >= {
        "active_windows",
        "contract_model",
        "default_batch_size",
        "max_memory_usage_mb",
        "reduction_functions",
        "reduction_metrics",
        "streaming_buffer_size",
    }
    assert (node.default_batch_size, node.max_memory_usage_mb) == (1000, 512)
    assert node.streaming_buffer_size == 10000
    assert [*node.reduction_functions] == [FOLD, AGGREGATE, NORMALIZE, MERGE]


def test_a_contract_beside_the_module_is_loaded(
    package: Path, logged: pytest.LogCaptureFixture
) -> None:
    assert package.is_dir()
    made = stock_totals()
    assert made.contract_model.node_type is EnumNodeType.REDUCER
    assert str(made.contract_model.version) == "1.2.3"
    assert (made.version, made.contract_data) == ("1.0.0", None)
    assert events(logged) == [
        (
            "info",
            "Contract model loaded successfully for NodeReducer",
            {
                "contract_type": "ModelContractReducer",
                "node_type": "REDUCER",
                "version": {"major": 1, "minor": 2, "patch": 3},
            },
        )
    ]


def test_a_missing_contract_is_a_validation_error(package: Path) -> None:
    (package / "contract.yaml").unlink()
    with pytest.raises(ModelOnexError, match=r"contract\.yaml file for reducer node") as error:
        stock_totals()
    assert error.value.error_code is EnumCoreErrorCode.VALIDATION_ERROR
    assert error.value.message.startswith(
        "Contract model loading failed for NodeReducer: [ONEX_CORE_006_VALIDATION_ERROR] Error "
        "finding contract path: "
    )
    assert error.value.__cause__ is None
    assert error.value.context["additional_context"]["details"] == {
        "contract_model_type": "ModelContractReducer",
        "error_type": "ModelOnexError",
    }


def test_a_module_without_a_file_has_its_contract_in_the_current_directory(
    package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = importlib.import_module("stock_totals")
    monkeypatch.setattr(module, "__file__", None)
    monkeypatch.chdir(package)
    assert stock_totals().contract_model.name == "stock_totals_reducer"


def test_a_state_machine_is_read_from_its_own_file(package: Path) -> None:
    """Odd but relied on: a whole file brings an extra key with it."""
    with (package / "contract.yaml").open("a", encoding="utf-8") as contract:
        contract.write("state_transitions: {$ref: contracts/fsm.yaml, lost: true}\n")
    machine = "state_machine_name: x\nstates: [a]\ntransitions: []\n"
    (package / "contracts/fsm.yaml").write_text(machine, encoding="utf-8")
    assert stock_totals().contract_model.state_transitions == {
        "root_list": None,
        "state_machine_name": "x",
        "states": ["a"],
        "transitions": [],
    }


DEEP = """
a: {b: [1, {$ref: 'contracts/other.yaml#/x'}]}
"""


@pytest.mark.parametrize(
    ("reference", "resolved"),
    [
        ("#/definitions/contracts/x", None),
        ("./deep.yaml", None),
        ("contracts/absent.yaml", None),
        ("contracts/other.yaml", {"root_list": None, "x": 5}),
        ("contracts/other.yaml#/", {"root_list": None, "x": 5}),
        ("contracts/other.yaml#/x", 5),
        ("contracts/other.yaml#/x/", None),
        ("contracts/other.yaml#/nope", None),
        ("contracts/other.yaml#/x/y", None),
        ("contracts/deep.yaml#/a/b", [1, 5]),
        ("contracts/deep.yaml#/a#/b", {"b": [1, 5]}),
    ],
)
def test_references(
    node: TicketTotals,
    package: Path,
    logged: pytest.LogCaptureFixture,
    reference: str,
    resolved: Any,
) -> None:
    (package / "contracts/other.yaml").write_text("x: 5", encoding="utf-8")
    (package / "contracts/deep.yaml").write_text(DEEP, encoding="utf-8")
    data = {"$ref": reference, "beside": 1}
    found = node._resolve_contract_references([{"k": data}, (1,)], package, None)
    assert found == [{"k": data if resolved is None else resolved}, (1,)]
    assert events(logged) == []


@pytest.mark.parametrize("text", ["a: [", "- 1"])
def test_a_file_that_cannot_be_read_leaves_the_reference(
    node: TicketTotals, package: Path, logged: pytest.LogCaptureFixture, text: str
) -> None:
    (package / "contracts/bad.yaml").write_text(text, encoding="utf-8")
    data = {"$ref": "contracts/bad.yaml"}
    assert node._resolve_contract_references(data, package, None) is data
    [(level, message, context)] = events(logged)
    assert (level, message) == ("error", "Failed to resolve contract reference")
    assert [*context] == ["ref_path", "error", "error_type"]
    assert context["error_type"] == "ModelOnexError"


@pytest.mark.parametrize("reference", [None, 5, ["contracts/x"]])
def test_a_reference_that_is_no_text_is_left(
    node: TicketTotals, package: Path, logged: pytest.LogCaptureFixture, reference: Any
) -> None:
    data = {"$ref": reference}
    assert node._resolve_contract_references(data, package, None) is data
    assert events(logged)[0][2]["error_type"] == "AttributeError"


def test_a_file_that_refers_to_itself_nests_until_it_cannot(
    node: TicketTotals, package: Path, logged: pytest.LogCaptureFixture
) -> None:
    text = "next: {$ref: contracts/self.yaml}"
    (package / "contracts/self.yaml").write_text(text, encoding="utf-8")
    found = node._resolve_contract_references({"$ref": "contracts/self.yaml"}, package, None)
    depth = 0
    while "$ref" not in found:
        found = found["next"]
        depth += 1
    assert depth > 5
    assert [level for level, _, _ in events(logged)] == ["error"]


def test_only_state_machines_are_taken_for_some_and_none_is_validated(node: TicketTotals) -> None:
    machine = {"state_machine_name": "x", "states": [], "transitions": []}
    assert node._is_fsm_data_reference("contracts/Order_FSM.yaml", machine)
    assert not node._is_fsm_data_reference("contracts/order.yaml", machine)
    assert not node._is_fsm_data_reference("fsm.yaml", [machine])
    assert not node._is_fsm_data_reference("fsm.yaml", {"states": [], "transitions": []})
    assert node._validate_fsm_data(machine, "fsm.yaml") is None


@pytest.mark.asyncio
async def test_a_reduction_reports_what_it_did(
    node: TicketTotals, logged: pytest.LogCaptureFixture
) -> None:
    order: ModelReducerInput[Any] = ModelReducerInput(
        reduction_type=FOLD, data=[1, 2, 4], streaming_mode=EnumStreamingMode.REAL_TIME
    )
    output: ModelReducerOutput[Any] = await node.process(order)
    assert (output.result, output.items_processed, output.batches_processed) == (7, 3, 1)
    assert output.operation_id == order.operation_id
    assert output.streaming_mode is EnumStreamingMode.REAL_TIME
    assert output.metadata == {
        "batch_size": "1000",
        "window_size_ms": "5000",
        "conflict_strategy": "last_wins",
    }
    [(level, message, context)] = events(logged)
    assert (level, message) == ("info", "Reduction completed: fold")
    assert [*context] == [
        "node_id",
        "operation_id",
        "processing_time_ms",
        "items_processed",
        "conflicts_resolved",
        "batches_processed",
    ]
    assert node.reduction_metrics["fold"]["avg_items_per_operation"] == 3.0
    assert node.metrics["success_count"] == 1


@pytest.mark.asyncio
async def test_a_failure_is_counted_and_wrapped(node: TicketTotals) -> None:
    order: ModelReducerInput[Any] = ModelReducerInput(reduction_type=EnumReductionType.SORT)
    with pytest.raises(ModelOnexError, match="No reduction function for type: sort") as error:
        await node.process(order)
    assert error.value.error_code is EnumCoreErrorCode.OPERATION_FAILED
    assert error.value.message.startswith("Reduction failed: [ONEX_CORE_081_OPERATION_FAILED] No")
    cause = error.value.__cause__
    assert isinstance(cause, ModelOnexError)
    assert facts(cause) == {
        "node_id": node.node_id,
        "reduction_type": "sort",
        "available_types": ["fold", "aggregate", "normalize", "merge"],
    }
    context = facts(error.value)
    assert context.pop("processing_time_ms") >= 0
    assert context == {
        "node_id": node.node_id,
        "operation_id": str(order.operation_id),
        "reduction_type": "sort",
        "error": str(cause),
    }
    assert node.reduction_metrics["sort"]["error_count"] == 1
    assert node.reduction_metrics["sort"]["total_items_processed"] == 0


@pytest.mark.asyncio
async def test_an_input_without_an_enum_fails_raw(node: TicketTotals) -> None:
    """Odd but relied on: the failure path needs what the input lacks."""
    broken: Any = ModelReducerInput[Any]()
    broken.reduction_type = "fold"
    with pytest.raises(ModelOnexError, match="Reduction type must be valid EnumReductionType"):
        node._validate_reducer_input(broken)
    missing: Any = None
    for order in (broken, missing):
        with pytest.raises(AttributeError, match="has no attribute"):
            await node.process(order)


@pytest.mark.asyncio
async def test_data_may_be_anything_but_none(node: TicketTotals) -> None:
    async def stream() -> AsyncIterator[int]:
        for item in (1, 2, 3):
            yield item

    order: Any = ModelReducerInput[Any](reduction_type=FOLD)
    results = []
    for data in (stream(), "text", b"b", (1, 2), iter([3]), 9):
        order.data = data
        output: ModelReducerOutput[Any] = await node.process(order)
        results.append((output.result, output.items_processed))
    assert results == [(6, 3), ("text", 1), (b"b", 1), (3, 2), (3, 1), (9, 1)]
    order.data = None
    with pytest.raises(ModelOnexError, match="Data cannot be None for reduction"):
        await node.process(order)


@pytest.mark.parametrize(
    ("name", "start", "data", "folded"),
    [
        (None, 100, [1, 2, True], 4),
        ("", 100, [1, "b"], "b"),
        ("nonsense", 7, [], 7),
        ("sum", 10, [1, "x", 2], 13),
        ("max", 0, [3, 9, 4], 9),
        ("min", 5, [3, 9, 4], 3),
        ("concat", "", ["a", 1, "b"], "ab"),
        ("append", [], [1, 2], [1, 2]),
        ("extend", [0], [[1], 5, [2, 3]], [0, 1, 2, 3]),
        ("append", None, ["a", "b"], [None, "a", "b"]),
        *((name, None, [1, 2], None) for name in ("sum", "max", "min", "concat", "extend")),
    ],
)
@pytest.mark.asyncio
async def test_folds(node: TicketTotals, name: Any, start: Any, data: Any, folded: Any) -> None:
    fields = {"reducer_function": name, "accumulator_init": start}
    assert await result(node, FOLD, *data, **fields) == folded


@pytest.mark.asyncio
async def test_an_unknown_fold_is_refused(node: TicketTotals) -> None:
    with pytest.raises(ModelOnexError, match="Unknown reducer function: avg") as error:
        await result(node, FOLD, 1, reducer_function="avg")
    cause = error.value.__cause__
    assert isinstance(cause, ModelOnexError)
    assert cause.error_code is EnumCoreErrorCode.VALIDATION_ERROR
    assert facts(cause) == {"node_id": node.node_id}


@pytest.mark.asyncio
async def test_groups_get_figures_for_the_numbers_of_their_first_item(node: TicketTotals) -> None:
    first, second, third = {"k": "b", "n": 1, "t": "x"}, {"k": "a"}, {"k": "b", "n": 4, "m": 5}
    groups = await result(node, AGGREGATE, first, second, third, group_key="k")
    assert [*groups] == ["b", "a"]
    assert groups["a"] == {"count": 1, "items": [second]}
    assert groups["b"] == {
        "count": 2,
        "items": [first, third],
        "n_sum": 5,
        "n_avg": 2.5,
        "n_min": 1,
        "n_max": 4,
    }
    assert groups["b"]["items"][0] is first


@pytest.mark.asyncio
async def test_group_keys(node: TicketTotals) -> None:
    assert await result(node, AGGREGATE) == {}
    assert [*await result(node, AGGREGATE, {"a": 1}, {"a": 2})] == ["default"]
    assert [*await result(node, AGGREGATE, 5, {"a": "x"}, group_key="a")] == ["default", "x"]
    fields = {"group_key": ["a", "b"]}
    assert [*await result(node, AGGREGATE, {"a": 1}, **fields)] == ["(1, 'default')"]
    same = await result(node, AGGREGATE, {"a": 1}, {"a": 1}, {"a": "1"}, group_key="a")
    assert same == {"1": {"count": 1, "items": [{"a": "1"}]}}


@pytest.mark.parametrize(
    ("data", "key"), [([{"n": 1}, "text"], None), ([{"n": 1}, 5], None), ([{"k": []}], "k")]
)
@pytest.mark.asyncio
async def test_items_that_cannot_be_grouped_fail_the_call(
    node: TicketTotals, data: list[Any], key: str | None
) -> None:
    with pytest.raises(ModelOnexError, match="Reduction failed: "):
        await result(node, AGGREGATE, *data, group_key=key)


@pytest.mark.asyncio
async def test_scores_are_normalized_in_place(node: TicketTotals) -> None:
    """Odd but relied on: the caller's own mappings get the new fields."""
    low, high, other = {"score": 1}, {"score": 5}, "no score"
    assert await result(node, NORMALIZE, low, high, other, metadata=None) == [low, high, other]
    assert (low["score_normalized"], high["score_normalized"]) == (0.0, 1.0)
    assert await node.normalize_priority_scores([{"priority_score": 3}]) == [
        {"priority_score": 3, "priority_score_normalized": 0.5}
    ]


@pytest.mark.asyncio
async def test_ranks_keep_the_order_of_the_items(node: TicketTotals) -> None:
    tickets = [{"s": 1}, {"s": 9}, {"s": 1}, {"t": 0}]
    ranked = await node.normalize_priority_scores(tickets, "s", "rank")
    assert ranked == [
        {"s": 1, "s_rank": 2, "s_percentile": 2 / 3},
        {"s": 9, "s_rank": 1, "s_percentile": 1.0},
        {"s": 1, "s_rank": 3, "s_percentile": 1 / 3},
        {"t": 0},
    ]
    assert await node.normalize_priority_scores([{"s": 2}], "s", "z_score") == [{"s": 2}]
    assert await node.normalize_priority_scores([{"s": "2"}], "s") == [{"s": "2"}]
    assert await node.normalize_priority_scores([]) == []


@pytest.mark.asyncio
async def test_merges(node: TicketTotals) -> None:
    assert await result(node, MERGE) == {}
    assert await result(node, MERGE, [1], [2, 3]) == [1, 2, 3]
    assert await result(node, MERGE, {"a": 1}, [2], 3) == 3
    data = [{"a": 1, "b": 1}, {"a": 2}]
    for strategy, kept in [("first_wins", 1), ("last_wins", 2), ("merge", 3), ("custom", 2)]:
        fields = {"conflict_resolution": EnumConflictResolution(strategy)}
        output = await reduce(node, MERGE, data, **fields)
        assert output.result == {"a": kept, "b": 1}
        assert output.conflicts_resolved == 1
    with pytest.raises(ModelOnexError, match="Conflict detected for key: a"):
        await reduce(node, MERGE, data, conflict_resolution=EnumConflictResolution.ERROR)


@pytest.mark.asyncio
async def test_batches(node: TicketTotals) -> None:
    """Odd but relied on: only a named fold goes on from the batch before."""
    fields: dict[str, Any] = {"streaming_mode": INCREMENTAL, "batch_size": 2}
    last = await reduce(node, FOLD, [1, 2, 4, 8, 16], **fields)
    assert (last.result, last.items_processed, last.batches_processed) == (16, 5, 3)
    total = {"reducer_function": "sum", "accumulator_init": 100}
    assert await result(node, FOLD, 1, 2, 4, **fields, **total) == 107
    assert await result(node, MERGE, {"a": 1}, {"b": 1}, {"c": 1}, **fields) == {"c": 1}
    empty = await reduce(node, FOLD, [], accumulator_init=5, **fields)
    assert (empty.result, empty.items_processed, empty.batches_processed) == (5, 0, 0)
    single = await reduce(node, FOLD, [1, 2], streaming_mode=INCREMENTAL, batch_size=0)
    assert single.batches_processed == 2
    assert (await reduce(node, FOLD, [])).batches_processed == 1


@pytest.mark.asyncio
async def test_windows(node: TicketTotals) -> None:
    """Odd but relied on: windows are merged, and of plain values the last one stays."""
    fields: dict[str, Any] = {"streaming_mode": WINDOWED, "window_size_ms": 0}
    start = {"reducer_function": "sum", "accumulator_init": 100}
    last = await reduce(node, FOLD, [1, 2, 4], **fields, **start)
    assert (last.result, last.items_processed, last.batches_processed) == (104, 3, 3)
    groups = await reduce(node, AGGREGATE, [{"n": 1}, {"n": 2}], **fields)
    assert groups.result["default"]["count"] == 1
    assert groups.conflicts_resolved == 1
    empty = await reduce(node, FOLD, [], accumulator_init=5, **fields)
    assert (empty.result, empty.items_processed, empty.batches_processed) == (5, 0, 0)
    whole = await reduce(node, FOLD, [1, 2], streaming_mode=WINDOWED)
    assert (whole.result, whole.batches_processed) == (3, 1)
    with pytest.raises(ModelOnexError, match="Reduction failed: "):
        await result(
            node, MERGE, ("a", []), metadata=wrapped(graph_operation="cycle_detection"), **fields
        )
    assert node.active_windows == {}


@pytest.mark.parametrize(
    ("graph", "cycles"),
    [
        ({"A": ["A"]}, [["A", "A"]]),
        ({"A": ["B"], "B": ["C"], "C": ["A"]}, [["A", "B", "C", "A"]]),
        ({"A": ["A", "A"]}, [["A", "A"], ["A", "A"]]),
        ({"A": ["B"], "C": ["B", "D"], "D": ["C"]}, [["C", "D", "C"]]),
        ({"A": ["B", "C"], "B": ["D"], "C": ["D"], "D": []}, []),
    ],
)
@pytest.mark.asyncio
async def test_cycles(node: TicketTotals, graph: Any, cycles: list[list[str]]) -> None:
    found = await node.resolve_dependency_cycles(graph)
    assert found.pop("analysis_timestamp")
    assert found == {
        "has_cycles": bool(cycles),
        "cycles": cycles,
        "cycle_count": len(cycles),
        "total_nodes": len(graph),
    }


@pytest.mark.asyncio
async def test_an_empty_graph_says_nothing_about_cycles(node: TicketTotals) -> None:
    assert await node.resolve_dependency_cycles({}) == {}


@pytest.mark.asyncio
async def test_tickets_are_grouped_by_status(node: TicketTotals) -> None:
    seen: list[Any] = []
    builtin = node.reduction_functions[AGGREGATE]

    async def spy(data: list[Any], order: Any, resolver: ModelConflictResolver) -> Any:
        seen.append({name: value.to_value() for name, value in order.metadata.items()})
        return await builtin(data, order, resolver)

    node.reduction_functions[AGGREGATE] = spy
    tickets: list[dict[str, Any]] = [
        {"status": "open", "age": 2},
        {"status": "done"},
        {"status": "open", "age": 4},
    ]
    groups = await node.aggregate_rsd_tickets(tickets)
    assert {status: group["count"] for status, group in groups.items()} == {"open": 2, "done": 1}
    assert groups["open"]["items"][0] is tickets[0]
    assert seen == [
        {
            "group_by": "status",
            "aggregation_functions": {
                "count": "count",
                "avg_priority": "avg",
                "max_age_days": "max",
                "total_dependencies": "sum",
            },
            "rsd_operation": "ticket_aggregation",
        }
    ]


@pytest.mark.asyncio
async def test_functions_are_registered_once(
    node: TicketTotals, logged: pytest.LogCaptureFixture
) -> None:
    async def order(data: list[Any], _: Any, __: ModelConflictResolver) -> Any:
        return sorted(data)

    node.register_reduction_function(EnumReductionType.SORT, order)
    assert events(logged) == [
        (
            "info",
            "Reduction function registered: sort",
            {"node_id": str(node.node_id), "reduction_type": "sort"},
        )
    ]
    assert await result(node, EnumReductionType.SORT, 2, 1) == [1, 2]
    with pytest.raises(ModelOnexError, match="Reduction type already registered: sort"):
        node.register_reduction_function(EnumReductionType.SORT, order)
    missing: Any = None
    with pytest.raises(ModelOnexError, match="Reduction function must be callable: filter"):
        node.register_reduction_function(EnumReductionType.FILTER, missing)


@pytest.mark.asyncio
async def test_a_function_that_is_not_async_fails(node: TicketTotals) -> None:
    def first(data: list[Any], _: Any, __: ModelConflictResolver) -> Any:
        return data[0]

    plain: Any = first
    node.register_reduction_function(EnumReductionType.FILTER, plain)
    with pytest.raises(ModelOnexError, match="can't be used in 'await' expression"):
        await result(node, EnumReductionType.FILTER, 1)


@pytest.mark.asyncio
async def test_metrics_are_floats(node: TicketTotals) -> None:
    await reduce(node, FOLD, [1, 2])
    await reduce(node, FOLD, [1])
    node.active_windows["w"] = ModelStreamingWindow(10)
    metrics = await node.get_reduction_metrics()
    assert [*metrics] == ["fold", "memory_usage", "streaming_performance"]
    assert metrics["fold"]["total_items_processed"] == 3.0
    assert metrics["fold"]["avg_items_per_operation"] == 1.5
    assert metrics["memory_usage"] == {
        "max_memory_mb": 512.0,
        "streaming_buffer_size": 10000.0,
        "active_windows": 1.0,
    }
    assert metrics["streaming_performance"] == {"default_batch_size": 1000.0}
    assert all(type(value) is float for group in metrics.values() for value in group.values())


@pytest.mark.asyncio
async def test_a_node_announces_its_limits_and_drops_its_windows(
    node: TicketTotals, logged: pytest.LogCaptureFixture
) -> None:
    node.active_windows["w"] = ModelStreamingWindow(10)
    await node.initialize()
    await node.cleanup()
    assert node.active_windows == {}
    own = [entry for entry in events(logged) if "resources" in entry[1]]
    node_id = str(node.node_id)
    limits = {"default_batch_size": 1000, "max_memory_usage_mb": 512}
    assert own == [
        ("info", "NodeReducer resources initialized", {"node_id": node_id, **limits}),
        ("info", "NodeReducer resources cleaned up", {"node_id": node_id}),
    ]


@pytest.mark.asyncio
async def test_introspection(node: TicketTotals) -> None:
    window = node.active_windows["w"] = ModelStreamingWindow(10)
    window.add_item("a")
    data = await node.get_introspection_data()
    assert [*data] == [
        "node_capabilities",
        "contract_details",
        "runtime_information",
        "reduction_management_information",
        "configuration_details",
        "rsd_specific_information",
        "introspection_metadata",
    ]
    assert data["node_capabilities"]["node_type"] == "NodeReducer"
    assert "reduce_fold" in data["node_capabilities"]["available_operations"]
    runtime = data["runtime_information"]
    assert runtime["current_health_status"] == "healthy"
    assert runtime["resource_usage"]["total_buffered_items"] == 1
    assert runtime["reduction_metrics"]["streaming_windows"] == {
        "active_windows": 1,
        "window_details": {"w": {"buffer_size": 1, "window_size_ms": 10}},
    }
    management = data["reduction_management_information"]
    assert management["registered_reduction_functions"] == [FOLD, AGGREGATE, NORMALIZE, MERGE]
    version = data["introspection_metadata"]["introspection_version"]
    assert version == ModelSemVer(major=1, minor=0, patch=0)


@pytest.mark.asyncio
async def test_introspection_falls_back(
    node: TicketTotals, logged: pytest.LogCaptureFixture
) -> None:
    odd: Any = "odd"
    node.reduction_functions[odd] = node.reduction_functions[FOLD]
    data = await node.get_introspection_data()
    assert [*data] == ["node_capabilities", "runtime_information", "introspection_metadata"]
    assert data["runtime_information"] == {
        "current_health_status": "unknown",
        "reduction_function_count": 5,
    }
    assert data["introspection_metadata"]["supports_full_introspection"] is False
    reason = "'str' object has no attribute 'value'"
    messages = [message for _, message, _ in events(logged)]
    assert messages == [
        f"Failed to extract all reducer operations: {reason}",
        f"Failed to extract reduction configuration: {reason}",
        f"Failed to generate full reducer introspection data: {reason}, using fallback",
    ]


def test_each_part_of_the_introspection_has_an_answer_for_trouble(node: Any) -> None:
    broken: Any = None
    node.contract_model = None
    assert node._extract_aggregation_configuration()["aggregation_operations"] == []
    assert node._extract_aggregation_configuration()["supports_grouping"]
    del node.contract_model
    assert node._extract_aggregation_configuration() == {"aggregation_operations": []}
    node.active_windows = broken
    assert node._get_reducer_resource_usage() == {"status": "unknown"}
    assert node._get_reduction_metrics_sync()["status"] == "unknown"
    assert node._get_streaming_status()["streaming_enabled"] is False
    node._validate_reducer_input = broken
    assert node._get_reducer_health_status() == "unhealthy"
