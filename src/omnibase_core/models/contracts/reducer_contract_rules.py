"""The rules of a reducer contract, each as a function that raises when it is broken."""

from collections.abc import Mapping, Sequence
from typing import Final

from omnibase_core.models.contracts.model_memory_management_config import (
    ModelMemoryManagementConfig,
)
from omnibase_core.models.contracts.model_reduction_config import ModelReductionConfig
from omnibase_core.models.contracts.model_streaming_config import ModelStreamingConfig
from omnibase_core.models.contracts.subcontracts.model_aggregation_subcontract import (
    ModelAggregationSubcontract,
)
from omnibase_core.models.contracts.subcontracts.model_fsm_subcontract import ModelFSMSubcontract
from omnibase_core.models.utils.validation_error import validation_error

__all__ = [
    "check_aggregation",
    "check_memory",
    "check_state_machine",
    "check_streaming",
    "check_subcontracts",
]

_HIGHEST_GC_THRESHOLD: Final = 0.9
_SAFE_OPERATIONS: Final = frozenset({"transition", "snapshot", "restore"})
_WANTED: Final = {
    "state_transitions": "how its state changes",
    "event_type": "which events it is about",
}


def check_aggregation(
    operations: Sequence[ModelReductionConfig] | None,
    aggregation: ModelAggregationSubcontract | None,
) -> None:
    """Raise if there is something to reduce and to aggregate, but nothing to aggregate with."""
    if operations and aggregation is not None and not aggregation.aggregation_functions:
        raise validation_error(
            "Reducer with aggregation must define aggregation functions", field="aggregation"
        )


def check_memory(settings: ModelMemoryManagementConfig | None) -> None:
    """Raise if memory is collected so late that the disk would never be used in time."""
    if settings is None or not settings.spill_to_disk_enabled:
        return
    if settings.gc_threshold >= _HIGHEST_GC_THRESHOLD:
        raise validation_error(
            "GC threshold should be less than 0.9 when spill to disk is enabled",
            field="memory_management",
        )


def check_streaming(settings: ModelStreamingConfig | None) -> None:
    """Raise if a stream has a window that nothing fits into."""
    if settings is not None and settings.window_size < 1:
        raise validation_error("Streaming requires positive window_size", field="streaming")


def check_state_machine(state_transitions: object) -> None:
    """Raise if a typed state machine starts nowhere or has an operation that is not safe."""
    if not isinstance(state_transitions, ModelFSMSubcontract):
        return
    machine = state_transitions
    known = [state.state_name for state in machine.states]
    if machine.initial_state not in known:
        raise validation_error(
            f"Initial state {machine.initial_state!r} is not one of {', '.join(known)}",
            field="state_transitions",
        )
    for operation in machine.operations:
        safe = operation.requires_atomic_execution and operation.supports_rollback
        if operation.operation_name in _SAFE_OPERATIONS and not safe:
            raise validation_error(
                f"Operation {operation.operation_name!r} must be atomic and support rollback",
                field="state_transitions",
            )


def check_subcontracts(given: Mapping[str, object]) -> None:
    """Raise one error that names every wanted subcontract whose key is not in `given`."""
    missing = [
        f"\u26a0\ufe0f MISSING SUBCONTRACT: Reducer nodes should have {key} subcontracts\n"
        f"  Suggestion: Say in {key} {what}"
        for key, what in _WANTED.items()
        if key not in given
    ]
    if missing:
        raise validation_error("\n".join(missing), node_type="reducer")
