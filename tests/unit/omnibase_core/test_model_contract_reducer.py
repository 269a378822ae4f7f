"""The reducer contract: which mappings it takes, and the exact words with which it refuses."""

from typing import Any

import pytest
import yaml
from pydantic import ValidationError

from omnibase_core.enums.enum_node_type import EnumNodeType
from omnibase_core.errors.error_codes import EnumCoreErrorCode
from omnibase_core.errors.model_onex_error import ModelOnexError
from omnibase_core.models.contracts import ModelContractReducer, ModelStreamingConfig
from omnibase_core.models.contracts.subcontracts import (
    ModelAggregationSubcontract,
    ModelFSMOperation,
    ModelFSMStateDefinition,
    ModelFSMStateTransition,
    ModelFSMSubcontract,
    ModelStateManagementSubcontract,
    ModelWorkflowCoordinationSubcontract,
)

TOTALS = """
name: stock_totals_reducer
version: {major: 1, minor: 0, patch: 0}
description: Adds up stock movements per warehouse
node_type: REDUCER
input_model: warehouse.models.StockMovement
output_model: warehouse.models.StockTotals
"""


def contract(**changes: object) -> ModelContractReducer:
    return ModelContractReducer.model_validate(yaml.safe_load(TOTALS) | changes)


def refuses(message: str, **changes: object) -> None:
    with pytest.raises(ModelOnexError, match=message) as error:
        contract(**changes)
    assert error.value.error_code is EnumCoreErrorCode.VALIDATION_ERROR


def machine(**changes: Any) -> ModelFSMSubcontract:
    fields: dict[str, Any] = {
        "state_machine_name": "order",
        "description": "The life of an order",
        "states": [ModelFSMStateDefinition(state_name="open")],
        "initial_state": "open",
        "transitions": [
            ModelFSMStateTransition(
                transition_name="close", from_state="open", to_state="closed", trigger="paid"
            )
        ],
    }
    return ModelFSMSubcontract(**fields | changes)


def test_a_minimal_contract_gets_its_defaults() -> None:
    made = contract()
    assert made.correlation_id != contract().correlation_id
    assert (made.reduction_operations, made.streaming, made.conflict_resolution) == (None,) * 3
    assert (made.memory_management, made.state_transitions, made.aggregation) == (None,) * 3
    assert (made.event_type, made.state_management, made.caching) == (None,) * 3
    assert made.workflow_coordination is None
    assert not made.order_preserving
    assert made.incremental_processing
    assert made.result_caching_enabled
    assert made.partial_results_enabled


def test_the_node_type_may_be_left_out_or_be_any_member() -> None:
    data = yaml.safe_load(TOTALS)
    del data["node_type"]
    assert ModelContractReducer.model_validate(data).node_type is EnumNodeType.REDUCER
    assert contract(node_type="EFFECT").node_type is EnumNodeType.EFFECT
    refuses("Invalid node_type string 'reducer'", node_type="reducer")


def test_the_version_must_be_a_mapping() -> None:
    with pytest.raises(ValidationError, match="version"):
        contract(version="1.0.0")


def test_unknown_keys_are_dropped() -> None:
    assert "root_list" not in contract(root_list=None).model_dump()


def test_parts_are_taken_as_mappings() -> None:
    made = contract(
        reduction_operations=[{"operation_type": "fold", "reduction_function": "sum"}],
        streaming={},
        conflict_resolution={},
        memory_management={},
        aggregation={"aggregation_functions": ["sum"]},
        state_management={},
        workflow_coordination={},
    )
    assert made.reduction_operations is not None
    assert made.reduction_operations[0].chunk_size == 1000
    assert made.streaming is not None
    assert (made.streaming.buffer_size, made.streaming.window_size) == (8192, 1000)
    assert made.conflict_resolution is not None
    assert made.conflict_resolution.strategy == "last_writer_wins"
    assert made.memory_management is not None
    assert made.memory_management.gc_threshold == 0.8
    assert ModelContractReducer.model_validate(made.model_dump()) == made


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("reduction_operations", [{"operation_type": "", "reduction_function": "sum"}]),
        ("streaming", {"buffer_size": 1023}),
        ("streaming", {"window_size": 0}),
        ("memory_management", {"gc_threshold": 1.1}),
        ("memory_management", {"max_memory_mb": 0}),
        ("aggregation", {"aggregation_functions": []}),
        ("workflow_coordination", {"max_concurrent_workflows": 0}),
        ("validation_rules", "strict"),
    ],
)
def test_a_part_out_of_bounds_is_refused(field: str, value: object) -> None:
    with pytest.raises(ValidationError, match=field):
        contract(**{field: value})


def test_late_collection_needs_the_disk_to_be_off() -> None:
    late = {"gc_threshold": 0.9}
    refuses(
        r"GC threshold should be less than 0\.9 when spill to disk is enabled",
        memory_management=late,
    )
    assert contract(memory_management=late | {"spill_to_disk_enabled": False})
    assert contract(memory_management={"gc_threshold": 0.89})


def test_instances_that_were_never_checked_are_checked_by_the_contract() -> None:
    refuses(
        "Streaming requires positive window_size",
        streaming=ModelStreamingConfig.model_construct(window_size=0),
    )
    idle = ModelAggregationSubcontract.model_construct(aggregation_functions=[])
    operation = {"operation_type": "fold", "reduction_function": "sum"}
    assert contract(aggregation=idle)
    refuses(
        "Reducer with aggregation must define aggregation functions",
        aggregation=idle,
        reduction_operations=[operation],
    )


def test_a_tool_needs_a_name_and_a_class() -> None:
    assert contract(tool_specification={})
    refuses("must include 'tool_name'", tool_specification={"main_tool_class": "Tool"})
    refuses("must include 'main_tool_class'", tool_specification={"tool_name": "tool"})


@pytest.mark.parametrize("value", ["text", 3, {"$ref": "contracts/fsm.yaml"}, [1]])
def test_state_transitions_are_kept_as_they_are(value: object) -> None:
    assert contract(state_transitions=value).state_transitions == value


def test_a_typed_state_machine_must_start_in_a_state_of_its_own() -> None:
    assert contract(state_transitions=machine()).state_transitions == machine()
    refuses(
        "Initial state 'shut' is not one of open", state_transitions=machine(initial_state="shut")
    )


@pytest.mark.parametrize("flag", ["requires_atomic_execution", "supports_rollback"])
@pytest.mark.parametrize("name", ["transition", "snapshot", "restore"])
def test_what_changes_a_state_machine_must_be_safe(name: str, flag: str) -> None:
    unsafe = ModelFSMOperation.model_validate({"operation_name": name, flag: False})
    refuses(
        f"Operation '{name}' must be atomic and support rollback",
        state_transitions=machine(operations=[unsafe]),
    )


def test_other_operations_of_a_state_machine_may_be_unsafe() -> None:
    peek = ModelFSMOperation(operation_name="peek", supports_rollback=False)
    assert contract(state_transitions=machine(operations=[peek]))


@pytest.mark.parametrize("field", ["states", "transitions"])
def test_a_state_machine_is_never_empty(field: str) -> None:
    with pytest.raises(ValidationError, match=field):
        machine(**{field: []})


def test_wanted_subcontracts_are_asked_for_in_original_data_alone() -> None:
    made = contract()
    made.validate_node_specific_config()
    made.validate_node_specific_config({"state_transitions": None, "event_type": None})
    with pytest.raises(ModelOnexError, match="MISSING SUBCONTRACT: Reducer nodes") as error:
        made.validate_node_specific_config({})
    assert error.value.message.startswith("\u26a0\ufe0f MISSING SUBCONTRACT:")
    assert "state_transitions" in error.value.message
    assert "event_type" in error.value.message
    with pytest.raises(ModelOnexError, match="should have event_type") as only:
        made.validate_node_specific_config({"state_transitions": None})
    assert "state_transitions" not in only.value.message


def test_optional_subcontracts_need_no_settings() -> None:
    assert ModelStateManagementSubcontract().state_management_enabled
    assert ModelWorkflowCoordinationSubcontract().auto_retry_enabled


def test_yaml_makes_a_round_trip() -> None:
    made = contract(streaming={"window_size": 5}, state_transitions={"a": [1]})
    assert ModelContractReducer.from_yaml(made.to_yaml()) == made


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("name: only", "Contract validation failed: "),
        ("", "Contract validation failed: "),
        ("a: [", "YAML parsing error: "),
        (TOTALS + "tool_specification: {a: 1}", "Failed to load contract YAML: "),
    ],
)
def test_bad_yaml_is_a_validation_error(text: str, message: str) -> None:
    with pytest.raises(ModelOnexError, match=message) as error:
        ModelContractReducer.from_yaml(text)
    assert error.value.error_code is EnumCoreErrorCode.VALIDATION_ERROR
