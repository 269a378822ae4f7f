"""What the scenarios of reducer nodes share: orders, reducers, and the state of a node."""

import copy
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from omnibase_core.enums.enum_conflict_resolution import EnumConflictResolution
from omnibase_core.enums.enum_reduction_type import EnumReductionType
from omnibase_core.enums.enum_streaming_mode import EnumStreamingMode
from omnibase_core.models.common.model_schema_value import ModelSchemaValue
from omnibase_core.models.operations.model_reducer_input import ModelReducerInput

FOLD = EnumReductionType.FOLD
AGGREGATE = EnumReductionType.AGGREGATE
NORMALIZE = EnumReductionType.NORMALIZE
MERGE = EnumReductionType.MERGE
SORT = EnumReductionType.SORT

BATCH = EnumStreamingMode.BATCH
INCREMENTAL = EnumStreamingMode.INCREMENTAL
WINDOWED = EnumStreamingMode.WINDOWED
REAL_TIME = EnumStreamingMode.REAL_TIME

STRATEGIES = tuple(EnumConflictResolution)

OPERATION = UUID("00000000-0000-4000-8000-00000000000a")


class Reducer:
    """A reduction function that returns or raises its turns; the last one is repeated."""

    def __init__(self, *turns: Any) -> None:
        self.turns = turns
        self.calls: list[dict[str, Any]] = []
        self.resolvers: list[Any] = []

    async def __call__(self, data: Any, given: Any, resolver: Any) -> Any:
        self.calls.append({"data": list(data), "order": order_facts(given)})
        self.resolvers.append(resolver)
        turn = self.turns[min(len(self.calls), len(self.turns)) - 1]
        if isinstance(turn, BaseException):
            raise turn
        return turn


class Arriving:
    """Items that come in over time: each is handed out after its pause in seconds."""

    def __init__(self, clock: Any, *arrivals: tuple[float, Any]) -> None:
        self.clock = clock
        self.arrivals = arrivals

    def __iter__(self) -> Iterator[Any]:
        for pause, item in self.arrivals:
            self.clock.advance(pause)
            yield item


def wrapped(**values: Any) -> dict[str, ModelSchemaValue]:
    """Metadata as callers with a typed input build it."""
    return {name: ModelSchemaValue.from_value(value) for name, value in values.items()}


def order(reduction_type: Any = FOLD, data: Any = None, **settings: Any) -> ModelReducerInput:
    """Return an input with a known id; the data is set as it is, whatever it may be."""
    settings.setdefault("operation_id", OPERATION)
    made = ModelReducerInput(reduction_type=reduction_type, **settings)
    made.data = [] if data is None else data
    return made


def assigned(made: Any, **values: Any) -> Any:
    """Return the input with fields set after its construction, which nobody checks."""
    for name, value in values.items():
        setattr(made, name, value)
    return made


def order_facts(given: Any) -> dict[str, Any]:
    """Return what an input says, its data apart."""
    return {name: getattr(given, name) for name in type(given).model_fields if name != "data"}


def node_facts(node: Any) -> dict[str, Any]:
    """Return what a node shows of its reductions at this moment."""
    return {
        "active_windows": dict(node.active_windows),
        "reduction_metrics": copy.deepcopy(node.reduction_metrics),
        "metrics": dict(node.metrics),
    }


def counts(node: Any) -> dict[str, Any]:
    """Return how many reductions and items a node has counted."""
    names = ("success_count", "error_count", "total_items_processed")
    return {
        kind: [figures[name] for name in names] for kind, figures in node.reduction_metrics.items()
    } | {"all": [node.metrics[name] for name in names[:2]]}


def reduced(pinned: Any, node: Any, asked: Any) -> Any:
    """Return what a reduction comes to, or what it fails with, and nothing else."""
    seen = pinned.observe(lambda: node.process(asked))
    if seen.error is not None:
        return {"fails with": seen.error.__cause__}
    return {"result": seen.value.result}
