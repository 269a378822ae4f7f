"""Subcontracts: the typed settings of each capability of a node."""

from omnibase_core.models.contracts.subcontracts.model_aggregation_subcontract import (
    ModelAggregationSubcontract,
)
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
from omnibase_core.models.contracts.subcontracts.model_circuit_breaker_subcontract import (
    ModelCircuitBreakerSubcontract,
)
from omnibase_core.models.contracts.subcontracts.model_contract_loader_subcontract import (
    ModelContractLoaderSubcontract,
)
from omnibase_core.models.contracts.subcontracts.model_effect_handler_subcontract import (
    ModelEffectHandlerSubcontract,
)
from omnibase_core.models.contracts.subcontracts.model_event_bus_subcontract import (
    ModelEventBusSubcontract,
)
from omnibase_core.models.contracts.subcontracts.model_event_type_subcontract import (
    ModelEventTypeSubcontract,
)
from omnibase_core.models.contracts.subcontracts.model_fsm_operation import ModelFSMOperation
from omnibase_core.models.contracts.subcontracts.model_fsm_state_definition import (
    ModelFSMStateDefinition,
)
from omnibase_core.models.contracts.subcontracts.model_fsm_state_transition import (
    ModelFSMStateTransition,
)
from omnibase_core.models.contracts.subcontracts.model_fsm_subcontract import ModelFSMSubcontract
from omnibase_core.models.contracts.subcontracts.model_health_check_subcontract import (
    ModelHealthCheckSubcontract,
)
from omnibase_core.models.contracts.subcontracts.model_logging_subcontract import (
    ModelLoggingSubcontract,
)
from omnibase_core.models.contracts.subcontracts.model_metrics_subcontract import (
    ModelMetricsSubcontract,
)
from omnibase_core.models.contracts.subcontracts.model_retry_subcontract import (
    ModelRetrySubcontract,
)
from omnibase_core.models.contracts.subcontracts.model_routing_subcontract import (
    ModelRoutingSubcontract,
)
from omnibase_core.models.contracts.subcontracts.model_security_subcontract import (
    ModelSecuritySubcontract,
)
from omnibase_core.models.contracts.subcontracts.model_serialization_subcontract import (
    ModelSerializationSubcontract,
)
from omnibase_core.models.contracts.subcontracts.model_state_management_subcontract import (
    ModelStateManagementSubcontract,
)
from omnibase_core.models.contracts.subcontracts.model_subcontract_base import (
    ModelSubcontractBase,
)
from omnibase_core.models.contracts.subcontracts.model_transaction_subcontract import (
    ModelTransactionSubcontract,
)
from omnibase_core.models.contracts.subcontracts.model_validation_subcontract import (
    ModelValidationSubcontract,
)
from omnibase_core.models.contracts.subcontracts.model_workflow_coordination_subcontract import (
    ModelWorkflowCoordinationSubcontract,
)

__all__ = [
    "BrokenRule",
    "ModelAggregationSubcontract",
    "ModelCacheDistribution",
    "ModelCacheInvalidation",
    "ModelCacheKeyStrategy",
    "ModelCachePerformance",
    "ModelCachingSubcontract",
    "ModelCircuitBreaker",
    "ModelCircuitBreakerSubcontract",
    "ModelContractLoaderSubcontract",
    "ModelEffectHandlerSubcontract",
    "ModelEventBusSubcontract",
    "ModelEventTypeSubcontract",
    "ModelFSMOperation",
    "ModelFSMStateDefinition",
    "ModelFSMStateTransition",
    "ModelFSMSubcontract",
    "ModelHealthCheckSubcontract",
    "ModelLoggingSubcontract",
    "ModelMetricsSubcontract",
    "ModelRetrySubcontract",
    "ModelRoutingSubcontract",
    "ModelSecuritySubcontract",
    "ModelSerializationSubcontract",
    "ModelStateManagementSubcontract",
    "ModelSubcontractBase",
    "ModelTransactionSubcontract",
    "ModelValidationSubcontract",
    "ModelWorkflowCoordinationSubcontract",
]
