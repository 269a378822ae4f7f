"""Contracts: what a node says about itself before it runs."""

from omnibase_core.models.contracts.model_backup_config import ModelBackupConfig
from omnibase_core.models.contracts.model_contract_base import ModelContractBase
from omnibase_core.models.contracts.model_contract_effect import ModelContractEffect
from omnibase_core.models.contracts.model_dependency import ModelDependency
from omnibase_core.models.contracts.model_effect_retry_config import ModelEffectRetryConfig
from omnibase_core.models.contracts.model_external_service_config import (
    ModelExternalServiceConfig,
)
from omnibase_core.models.contracts.model_io_operation_config import ModelIOOperationConfig
from omnibase_core.models.contracts.model_lifecycle_config import ModelLifecycleConfig
from omnibase_core.models.contracts.model_performance_requirements import (
    ModelPerformanceRequirements,
)
from omnibase_core.models.contracts.model_transaction_config import ModelTransactionConfig
from omnibase_core.models.contracts.model_validation_rules import ModelValidationRules

__all__ = [
    "ModelBackupConfig",
    "ModelContractBase",
    "ModelContractEffect",
    "ModelDependency",
    "ModelEffectRetryConfig",
    "ModelExternalServiceConfig",
    "ModelIOOperationConfig",
    "ModelLifecycleConfig",
    "ModelPerformanceRequirements",
    "ModelTransactionConfig",
    "ModelValidationRules",
]
