"""The node archetype for side effects.

An effect node is the only kind of node that touches the world outside: it writes files, talks to
services and emits events. Everything that makes this bearable lives in this module: transactions
that can be taken back, retries with growing delays, circuit breakers per kind of effect, a limit
on concurrent effects, and metrics about all of them.

A concrete node subclasses `NodeEffect`, keeps a `contract.yaml` beside its module and assigns its
own handlers into `effect_handlers`:

    class InvoiceStore(NodeEffect):
        def __init__(self, container: ModelONEXContainer) -> None:
            super().__init__(container)
            self.effect_handlers[EnumEffectType.DATABASE_OPERATION] = self._store

A handler is awaited with the operation data and with the transaction, which is None when the
caller has switched transactions off.
"""

from pathlib import Path

from omnibase_core.enums.enum_circuit_breaker_state import EnumCircuitBreakerState
from omnibase_core.enums.enum_effect_type import EnumEffectType
from omnibase_core.enums.enum_log_level import EnumLogLevel as LogLevel
from omnibase_core.enums.enum_transaction_state import EnumTransactionState
from omnibase_core.errors.error_codes import EnumCoreErrorCode
from omnibase_core.errors.model_onex_error import ModelOnexError
from omnibase_core.infrastructure.node_core_base import NodeCoreBase
from omnibase_core.logging.structured import emit_log_event_sync as emit_log_event
from omnibase_core.mixins.mixin_contract_loader import MixinContractLoader
from omnibase_core.mixins.mixin_effect_circuit_breakers import MixinEffectCircuitBreakers
from omnibase_core.mixins.mixin_effect_execution import MixinEffectExecution
from omnibase_core.mixins.mixin_effect_handlers import MixinEffectHandlers, _convert_to_scalar_dict
from omnibase_core.mixins.mixin_effect_introspection import MixinEffectIntrospection
from omnibase_core.mixins.mixin_effect_metrics import MixinEffectMetrics
from omnibase_core.mixins.mixin_effect_retry import MixinEffectRetry
from omnibase_core.mixins.mixin_transactions import MixinTransactions
from omnibase_core.models.common.model_schema_value import ModelSchemaValue
from omnibase_core.models.container.model_onex_container import ModelONEXContainer
from omnibase_core.models.infrastructure.model_circuit_breaker import ModelCircuitBreaker
from omnibase_core.models.infrastructure.model_transaction import ModelTransaction
from omnibase_core.models.operations.model_effect_input import ModelEffectInput
from omnibase_core.models.operations.model_effect_output import ModelEffectOutput
from omnibase_core.models.operations.model_effect_result import (
    ModelEffectResult,
    ModelEffectResultBool,
    ModelEffectResultDict,
    ModelEffectResultList,
    ModelEffectResultStr,
)

__all__ = [
    "EnumCircuitBreakerState",
    "EnumCoreErrorCode",
    "EnumEffectType",
    "EnumTransactionState",
    "LogLevel",
    "ModelCircuitBreaker",
    "ModelEffectInput",
    "ModelEffectOutput",
    "ModelEffectResult",
    "ModelEffectResultBool",
    "ModelEffectResultDict",
    "ModelEffectResultList",
    "ModelEffectResultStr",
    "ModelONEXContainer",
    "ModelOnexError",
    "ModelSchemaValue",
    "ModelTransaction",
    "NodeCoreBase",
    "NodeEffect",
    "Path",
    "emit_log_event",
]


class NodeEffect(
    MixinEffectExecution,
    MixinEffectIntrospection,
    MixinEffectMetrics,
    MixinEffectRetry,
    MixinEffectCircuitBreakers,
    MixinEffectHandlers,
    MixinTransactions,
    MixinContractLoader,
    NodeCoreBase,
):
    """A node that carries out side effects under transactions, retries and circuit breakers.

    The class can be used as it is: handlers for file operations and for event emission are
    registered by the constructor. Subclasses add handlers of their own, and callers may replace
    any limit, handler table or semaphore while the node runs, because every method reads the
    attributes of the node anew each time it needs them.
    """
