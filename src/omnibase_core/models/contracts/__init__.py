"""Contracts: what a node says about itself before it runs."""

from omnibase_core.models.contracts.model_algorithm_config import ModelAlgorithmConfig
from omnibase_core.models.contracts.model_algorithm_factor_config import ModelAlgorithmFactorConfig
from omnibase_core.models.contracts.model_backup_config import ModelBackupConfig
from omnibase_core.models.contracts.model_branching_config import ModelBranchingConfig
from omnibase_core.models.contracts.model_conflict_resolution_config import (
    ModelConflictResolutionConfig,
)
from omnibase_core.models.contracts.model_contract_base import ModelContractBase
from omnibase_core.models.contracts.model_contract_compute import ModelContractCompute
from omnibase_core.models.contracts.model_contract_effect import ModelContractEffect
from omnibase_core.models.contracts.model_contract_orchestrator import ModelContractOrchestrator
from omnibase_core.models.contracts.model_contract_reducer import ModelContractReducer
from omnibase_core.models.contracts.model_dependency import ModelDependency
from omnibase_core.models.contracts.model_effect_retry_config import ModelEffectRetryConfig
from omnibase_core.models.contracts.model_event_coordination_config import (
    ModelEventCoordinationConfig,
)
from omnibase_core.models.contracts.model_event_descriptor import ModelEventDescriptor
from omnibase_core.models.contracts.model_event_registry_config import ModelEventRegistryConfig
from omnibase_core.models.contracts.model_event_subscription import ModelEventSubscription
from omnibase_core.models.contracts.model_external_service_config import (
    ModelExternalServiceConfig,
)
from omnibase_core.models.contracts.model_input_validation_config import ModelInputValidationConfig
from omnibase_core.models.contracts.model_io_operation_config import ModelIOOperationConfig
from omnibase_core.models.contracts.model_lifecycle_config import ModelLifecycleConfig
from omnibase_core.models.contracts.model_memory_management_config import (
    ModelMemoryManagementConfig,
)
from omnibase_core.models.contracts.model_output_transformation_config import (
    ModelOutputTransformationConfig,
)
from omnibase_core.models.contracts.model_parallel_config import ModelParallelConfig
from omnibase_core.models.contracts.model_performance_requirements import (
    ModelPerformanceRequirements,
)
from omnibase_core.models.contracts.model_reduction_config import ModelReductionConfig
from omnibase_core.models.contracts.model_streaming_config import ModelStreamingConfig
from omnibase_core.models.contracts.model_thunk_emission_config import ModelThunkEmissionConfig
from omnibase_core.models.contracts.model_transaction_config import ModelTransactionConfig
from omnibase_core.models.contracts.model_validation_rules import ModelValidationRules
from omnibase_core.models.contracts.model_workflow_config import ModelWorkflowConfig

__all__ = [
    "ModelAlgorithmConfig",
    "ModelAlgorithmFactorConfig",
    "ModelBackupConfig",
    "ModelBranchingConfig",
    "ModelConflictResolutionConfig",
    "ModelContractBase",
    "ModelContractCompute",
    "ModelContractEffect",
    "ModelContractOrchestrator",
    "ModelContractReducer",
    "ModelDependency",
    "ModelEffectRetryConfig",
    "ModelEventCoordinationConfig",
    "ModelEventDescriptor",
    "ModelEventRegistryConfig",
    "ModelEventSubscription",
    "ModelExternalServiceConfig",
    "ModelIOOperationConfig",
    "ModelInputValidationConfig",
    "ModelLifecycleConfig",
    "ModelMemoryManagementConfig",
    "ModelOutputTransformationConfig",
    "ModelParallelConfig",
    "ModelPerformanceRequirements",
    "ModelReductionConfig",
    "ModelStreamingConfig",
    "ModelThunkEmissionConfig",
    "ModelTransactionConfig",
    "ModelValidationRules",
    "ModelWorkflowConfig",
]
