"""What the scenarios of effect nodes share: orders, handlers, and the state of a node."""

import copy
from typing import Any
from uuid import UUID

from omnibase_core.enums.enum_effect_type import EnumEffectType
from omnibase_core.models.common.model_schema_value import ModelSchemaValue
from omnibase_core.models.operations.model_effect_input import ModelEffectInput

API = EnumEffectType.API_CALL
DATABASE = EnumEffectType.DATABASE_OPERATION
EVENT = EnumEffectType.EVENT_EMISSION
FILE = EnumEffectType.FILE_OPERATION

OPERATION = UUID("00000000-0000-4000-8000-00000000000a")


class Handler:
    """A handler that returns or raises its turns, one a call; the last one is repeated."""

    def __init__(self, *turns: Any) -> None:
        self.turns = turns
        self.calls: list[dict[str, Any]] = []

    async def __call__(self, data: Any, transaction: Any) -> Any:
        self.calls.append({"data": data, "transaction": transaction_facts(transaction)})
        turn = self.turns[min(len(self.calls), len(self.turns)) - 1]
        if isinstance(turn, BaseException):
            raise turn
        return turn


class Bus:
    """A bus that notes its calls and fails when told to."""

    def __init__(self, error: BaseException | None = None) -> None:
        self.calls: list[dict[str, Any]] = []
        self.error = error

    async def emit_event(self, **call: Any) -> None:
        self.calls.append(call)
        if self.error is not None:
            raise self.error


class Container:
    """A container with or without a bus."""

    def __init__(self, *bus: Any) -> None:
        if bus:
            self.event_bus = bus[0]


def wrapped(**values: Any) -> dict[str, ModelSchemaValue]:
    """Operation data as callers with a typed input build it."""
    return {name: ModelSchemaValue.from_value(value) for name, value in values.items()}


def order(effect_type: Any = API, data: Any = None, **settings: Any) -> ModelEffectInput:
    """Return an input with a known id; the data is set as it is, raw values included."""
    settings.setdefault("operation_id", OPERATION)
    made = ModelEffectInput(effect_type=effect_type, operation_data={}, **settings)
    made.operation_data = {} if data is None else data
    return made


def transaction_facts(transaction: Any) -> dict[str, Any] | None:
    """Return what a transaction shows at this moment."""
    if transaction is None:
        return None
    facts = copy.copy(vars(transaction))
    facts["operations"] = list(transaction.operations)
    facts["rollback_operations"] = len(transaction.rollback_operations)
    return facts


def node_facts(node: Any) -> dict[str, Any]:
    """Return what a node shows of its effects at this moment."""
    return {
        "active_transactions": {
            key: transaction_facts(transaction)
            for key, transaction in node.active_transactions.items()
        },
        "circuit_breakers": {
            name: dict(vars(breaker)) for name, breaker in node.circuit_breakers.items()
        },
        "effect_metrics": copy.deepcopy(node.effect_metrics),
        "metrics": dict(node.metrics),
        "free_slots": node.effect_semaphore._value,
    }
