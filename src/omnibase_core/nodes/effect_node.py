"""The node for side effects: bases, and nothing else."""

from omnibase_core.infrastructure.node_core_base import NodeCoreBase
from omnibase_core.mixins.mixin_contract_loader import MixinContractLoader
from omnibase_core.mixins.mixin_contract_lookup import MixinContractLookup
from omnibase_core.mixins.mixin_contract_references import MixinContractReferences
from omnibase_core.mixins.mixin_effect_circuit_breakers import MixinEffectCircuitBreakers
from omnibase_core.mixins.mixin_effect_contract import MixinEffectContract
from omnibase_core.mixins.mixin_effect_execution import MixinEffectExecution
from omnibase_core.mixins.mixin_effect_handlers import MixinEffectHandlers
from omnibase_core.mixins.mixin_effect_introspection import MixinEffectIntrospection
from omnibase_core.mixins.mixin_effect_metrics import MixinEffectMetrics
from omnibase_core.mixins.mixin_effect_retry import MixinEffectRetry
from omnibase_core.mixins.mixin_operation_metrics import MixinOperationMetrics
from omnibase_core.mixins.mixin_self_description import MixinSelfDescription
from omnibase_core.mixins.mixin_start_announcement import MixinStartAnnouncement
from omnibase_core.mixins.mixin_transactions import MixinTransactions


class EffectNode(
    MixinEffectExecution,
    MixinEffectIntrospection,
    MixinEffectMetrics,
    MixinEffectRetry,
    MixinEffectCircuitBreakers,
    MixinEffectHandlers,
    MixinTransactions,
    MixinEffectContract,
    MixinOperationMetrics,
    MixinStartAnnouncement,
    MixinSelfDescription,
    MixinContractLookup,
    MixinContractLoader,
    MixinContractReferences,
    NodeCoreBase,
):
    """A node that carries out side effects under transactions, retries and circuit breakers.

    The class can be used as it is: handlers for file operations and for event emission are
    registered by the constructor. Subclasses add handlers of their own, and callers may replace
    any limit, handler table or semaphore while the node runs, because every method reads the
    attributes of the node anew each time it needs them.
    """
