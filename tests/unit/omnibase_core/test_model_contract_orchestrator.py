"""The orchestrator contract: which mappings it takes, and with which words it refuses."""

from typing import Any
from uuid import UUID

import pytest
import yaml
from pydantic import ValidationError

from omnibase_core.enums.enum_node_type import EnumNodeType
from omnibase_core.errors.error_codes import EnumCoreErrorCode
from omnibase_core.errors.model_onex_error import ModelOnexError
from omnibase_core.models.contracts import (
    ModelBranchingConfig,
    ModelContractOrchestrator,
    ModelEventCoordinationConfig,
    ModelEventDescriptor,
    ModelEventRegistryConfig,
    ModelEventSubscription,
    ModelThunkEmissionConfig,
    ModelWorkflowConfig,
)

FLOW = """
name: order_flow_orchestrator
version: {major: 1, minor: 0, patch: 0}
description: Runs the order fulfilment steps in sequence
node_type: ORCHESTRATOR
input_model: orders.models.FlowRequest
output_model: orders.models.FlowReport
performance:
  single_operation_max_ms: 500
"""


def mapping(**changes: object) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(FLOW)
    return loaded | changes


def contract(**changes: object) -> ModelContractOrchestrator:
    return ModelContractOrchestrator.model_validate(mapping(**changes))


def event(name: str) -> dict[str, str]:
    return {
        "event_name": name,
        "event_type": "order",
        "schema_reference": "orders/shipped.json",
        "description": "An order has left the house",
    }


def refuses(message: str, **changes: object) -> None:
    with pytest.raises(ModelOnexError, match=message) as error:
        contract(**changes)
    assert error.value.error_code is EnumCoreErrorCode.VALIDATION_ERROR


def test_a_minimal_contract_gets_its_defaults() -> None:
    made = contract()
    assert isinstance(made.correlation_id, UUID)
    assert made.thunk_emission == ModelThunkEmissionConfig()
    assert made.workflow_coordination == ModelWorkflowConfig()
    assert made.conditional_branching == ModelBranchingConfig()
    assert made.event_registry == ModelEventRegistryConfig()
    assert made.event_coordination == ModelEventCoordinationConfig()
    assert (made.published_events, made.consumed_events) == ([], [])
    assert made.load_balancing_enabled
    assert made.failure_isolation_enabled
    assert made.monitoring_enabled
    assert made.metrics_collection_enabled


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ({}, "ORCHESTRATOR"),
        ({"node_type": EnumNodeType.ORCHESTRATOR}, "ORCHESTRATOR"),
        ({"node_type": "COMPUTE"}, "COMPUTE"),
    ],
)
def test_the_node_type_is_kept_as_plain_text(given: dict[str, object], kept: str) -> None:
    data = mapping()
    del data["node_type"]
    made = ModelContractOrchestrator.model_validate(data | given)
    assert made.model_dump()["node_type"] == kept
    assert type(made.model_dump()["node_type"]) is str


def test_a_node_type_in_small_letters_is_refused() -> None:
    refuses("Invalid node_type string 'orchestrator'", node_type="orchestrator")


def test_unknown_keys_are_refused() -> None:
    with pytest.raises(ValidationError, match="root_list"):
        contract(root_list=None)


def test_published_events_have_names_of_their_own() -> None:
    made = contract(published_events=[event("shipped"), event("billed")])
    assert [each.event_name for each in made.published_events] == ["shipped", "billed"]
    refuses(
        "Published events must have unique event names",
        published_events=[event("shipped"), event("shipped")],
    )


def test_correlated_events_wait_a_second_at_least() -> None:
    refuses(
        "Event correlation requires timeout of at least 1000ms",
        event_coordination={"correlation_timeout_ms": 999},
    )
    off = {"correlation_timeout_ms": 999, "correlation_enabled": False}
    assert contract(event_coordination=off).event_coordination.correlation_timeout_ms == 999


@pytest.mark.parametrize("performance", [{}, {"batch_operation_max_s": 3}])
def test_the_longest_operation_must_be_given(performance: dict[str, int]) -> None:
    refuses(
        "Orchestrator nodes must specify single_operation_max_ms performance requirement",
        performance=performance,
    )


def test_assignments_are_checked() -> None:
    made = contract()
    with pytest.raises(ValidationError, match="published_events"):
        made.published_events = [7]  # type: ignore[list-item]


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        (
            ModelThunkEmissionConfig(),
            {
                "emission_strategy": "on_demand",
                "batch_size": 10,
                "max_deferred_thunks": 1000,
                "execution_delay_ms": 0,
                "priority_based_emission": True,
                "dependency_aware_emission": True,
                "retry_failed_thunks": True,
            },
        ),
        (
            ModelWorkflowConfig(),
            {
                "execution_mode": "sequential",
                "max_parallel_branches": 4,
                "checkpoint_enabled": True,
                "checkpoint_interval_ms": 5000,
                "state_persistence_enabled": True,
                "rollback_enabled": True,
                "timeout_ms": None,
                "recovery_enabled": True,
            },
        ),
        (
            ModelBranchingConfig(),
            {
                "decision_points": [],
                "condition_evaluation_strategy": "eager",
                "branch_merge_strategy": "wait_all",
                "default_branch_enabled": True,
                "condition_timeout_ms": 1000,
                "nested_branching_enabled": True,
                "max_branch_depth": 10,
            },
        ),
        (
            ModelEventRegistryConfig(),
            {
                "discovery_enabled": True,
                "auto_provisioning_enabled": True,
                "registry_endpoint": None,
                "health_check_enabled": True,
                "health_check_interval_s": 30,
                "cache_enabled": True,
                "cache_ttl_s": 300,
                "security_enabled": True,
            },
        ),
        (
            ModelEventDescriptor(**event("shipped")),
            event("shipped")
            | {
                "version": {"major": 1, "minor": 0, "patch": 0},
                "payload_structure": {},
                "metadata_fields": [],
                "criticality_level": "normal",
            },
        ),
        (
            ModelEventSubscription(event_pattern="order.*", handler_function="on_order"),
            {
                "event_pattern": "order.*",
                "filter_conditions": {},
                "handler_function": "on_order",
                "batch_processing": False,
                "batch_size": 1,
                "timeout_ms": 5000,
                "retry_enabled": True,
                "dead_letter_enabled": True,
            },
        ),
        (
            ModelEventCoordinationConfig(),
            {
                "trigger_mappings": {},
                "coordination_strategy": "immediate",
                "buffer_size": 100,
                "correlation_enabled": True,
                "correlation_timeout_ms": 10000,
                "ordering_guaranteed": False,
                "duplicate_detection_enabled": True,
            },
        ),
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_part_has_its_defaults(part: Any, expected: dict[str, object]) -> None:
    assert part.model_dump() == expected


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"thunk_emission": {"batch_size": 0}}, "batch_size"),
        ({"thunk_emission": {"max_deferred_thunks": 0}}, "max_deferred_thunks"),
        ({"thunk_emission": {"execution_delay_ms": -1}}, "execution_delay_ms"),
        ({"workflow_coordination": {"max_parallel_branches": 0}}, "max_parallel_branches"),
        ({"workflow_coordination": {"checkpoint_interval_ms": 99}}, "checkpoint_interval_ms"),
        ({"workflow_coordination": {"timeout_ms": 0}}, "timeout_ms"),
        ({"conditional_branching": {"condition_timeout_ms": 0}}, "condition_timeout_ms"),
        ({"conditional_branching": {"max_branch_depth": 0}}, "max_branch_depth"),
        ({"event_registry": {"health_check_interval_s": 0}}, "health_check_interval_s"),
        ({"event_registry": {"cache_ttl_s": 0}}, "cache_ttl_s"),
        ({"published_events": [event("")]}, "event_name"),
        ({"consumed_events": [{"event_pattern": "order.*"}]}, "handler_function"),
        ({"event_coordination": {"buffer_size": 0}}, "buffer_size"),
    ],
)
def test_a_part_keeps_its_bounds(changes: dict[str, object], field: str) -> None:
    with pytest.raises(ValidationError, match=field):
        contract(**changes)
