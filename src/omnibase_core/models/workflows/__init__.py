"""Workflows: their steps, and the order in which these can run."""

from omnibase_core.models.workflows.model_dependency_graph import ModelDependencyGraph
from omnibase_core.models.workflows.model_workflow_step_execution import (
    ModelWorkflowStepExecution,
)

__all__ = ["ModelDependencyGraph", "ModelWorkflowStepExecution"]
