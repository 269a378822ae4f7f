"""Which step of a workflow waits for which."""

from graphlib import CycleError, TopologicalSorter
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from omnibase_core.enums.enum_workflow_execution import EnumWorkflowState
from omnibase_core.models.workflows.model_workflow_step_execution import (
    ModelWorkflowStepExecution,
)


class ModelDependencyGraph(BaseModel):
    """Steps by the text of their id, the steps that wait for each, and how much each waits for."""

    model_config = ConfigDict(
        extra="ignore", validate_assignment=True, arbitrary_types_allowed=True
    )

    nodes: dict[str, ModelWorkflowStepExecution] = Field(
        default_factory=dict, description="The steps"
    )
    edges: dict[str, list[str]] = Field(
        default_factory=dict, description="Who waits for a step, once per dependency"
    )
    in_degree: dict[str, int] = Field(
        default_factory=dict, description="How many dependencies of a step are still open"
    )

    def add_step(self, step: ModelWorkflowStepExecution) -> None:
        """Add a step, or replace the one with its id; edges are kept."""
        step_id = str(step.step_id)
        self.nodes[step_id] = step
        self.edges.setdefault(step_id, [])
        self.in_degree.setdefault(step_id, 0)

    def add_dependency(self, from_step: str, to_step: str) -> None:
        """Let `to_step` wait for `from_step`, once more if it does already."""
        self.edges.setdefault(from_step, []).append(to_step)
        self.in_degree[to_step] = self.in_degree.get(to_step, 0) + 1

    def get_ready_steps(self) -> list[str]:
        """Return the pending steps that wait for nothing."""
        return [
            step_id
            for step_id, waits_for in self.in_degree.items()
            if waits_for == 0 and self.nodes[step_id].state == EnumWorkflowState.PENDING
        ]

    def mark_completed(self, step_id: UUID | str) -> None:
        """Complete a step, and let those that wait for it wait for one thing less."""
        key = str(step_id)
        if key in self.nodes:
            self.nodes[key].state = EnumWorkflowState.COMPLETED
        for dependent in self.edges.get(key, []):
            if dependent in self.in_degree:
                self.in_degree[dependent] -= 1

    def has_cycles(self) -> bool:
        """Return whether a step waits for itself, directly or through others."""
        try:
            TopologicalSorter(self._edges_within_reach()).prepare()
        except CycleError:
            return True
        return False

    def _edges_within_reach(self) -> dict[str, list[str]]:
        """Return the edges that lead on from a node; one without a node may lead to others."""
        reached = dict[str, list[str]]()
        waiting = list(self.nodes)
        while waiting:
            step_id = waiting.pop()
            if step_id not in reached:
                reached[step_id] = self.edges.get(step_id, [])
                waiting.extend(reached[step_id])
        return reached


__all__ = ["ModelDependencyGraph"]
