"""Subcontracts: the typed settings of each capability of a node."""

from omnibase_core.models.contracts.subcontracts.model_broken_rule import BrokenRule
from omnibase_core.models.contracts.subcontracts.model_cache_distribution import (
    ModelCacheDistribution,
)
from omnibase_core.models.contracts.subcontracts.model_cache_invalidation import (
    ModelCacheInvalidation,
)
from omnibase_core.models.contracts.subcontracts.model_cache_key_strategy import (
    ModelCacheKeyStrategy,
)
from omnibase_core.models.contracts.subcontracts.model_cache_performance import (
    ModelCachePerformance,
)
from omnibase_core.models.contracts.subcontracts.model_caching_subcontract import (
    ModelCachingSubcontract,
)
from omnibase_core.models.contracts.subcontracts.model_circuit_breaker import ModelCircuitBreaker
from omnibase_core.models.contracts.subcontracts.model_contract_loader_subcontract import (
    ModelContractLoaderSubcontract,
)
from omnibase_core.models.contracts.subcontracts.model_effect_handler_subcontract import (
    ModelEffectHandlerSubcontract,
)
from omnibase_core.models.contracts.subcontracts.model_event_type_subcontract import (
    ModelEventTypeSubcontract,
)
from omnibase_core.models.contracts.subcontracts.model_routing_subcontract import (
    ModelRoutingSubcontract,
)
from omnibase_core.models.contracts.subcontracts.model_subcontract_base import (
    ModelSubcontractBase,
)
from omnibase_core.models.contracts.subcontracts.model_transaction_subcontract import (
    ModelTransactionSubcontract,
)

__all__ = [
    "BrokenRule",
    "ModelCacheDistribution",
    "ModelCacheInvalidation",
    "ModelCacheKeyStrategy",
    "ModelCachePerformance",
    "ModelCachingSubcontract",
    "ModelCircuitBreaker",
    "ModelContractLoaderSubcontract",
    "ModelEffectHandlerSubcontract",
    "ModelEventTypeSubcontract",
    "ModelRoutingSubcontract",
    "ModelSubcontractBase",
    "ModelTransactionSubcontract",
]
