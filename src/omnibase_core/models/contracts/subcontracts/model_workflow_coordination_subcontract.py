"""How a node takes part in workflows."""

from typing import ClassVar

from pydantic import Field

from omnibase_core.models.contracts.subcontracts.model_subcontract_base import (
    ModelSubcontractBase,
)
from omnibase_core.primitives.model_semver import ModelSemVer


class ModelWorkflowCoordinationSubcontract(ModelSubcontractBase):
    """Settings of workflow coordination. Interface 1.0.0, locked."""

    INTERFACE_VERSION: ClassVar[ModelSemVer] = ModelSemVer(major=1, minor=0, patch=0)

    max_concurrent_workflows: int = Field(default=10, ge=1, description="Workflows at once")
    default_workflow_timeout_ms: int = Field(
        default=600000, ge=1000, description="Longest workflow"
    )
    auto_retry_enabled: bool = Field(default=True, description="Repeat a workflow that failed")
