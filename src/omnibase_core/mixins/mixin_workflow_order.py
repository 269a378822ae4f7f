"""Puts the steps of a workflow into an order that respects their dependencies."""

from typing import Any

from omnibase_core.models.workflows.model_dependency_graph import ModelDependencyGraph
from omnibase_core.models.workflows.model_workflow_step_execution import ModelWorkflowStepExecution


class MixinWorkflowOrder:
    """Puts the steps of a workflow into an order that respects their dependencies."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Give the instance its own `dependency_resolution_enabled`."""
        super().__init__(*args, **kwargs)
        # Whether the node claims to resolve dependencies. Whether it does so for a workflow is
        # decided by the flag of the same name that the input carries.
        self.dependency_resolution_enabled: bool = True

    def _build_dependency_graph(
        self,
        steps: list[ModelWorkflowStepExecution],
    ) -> ModelDependencyGraph:
        """Work out which step has to wait for which other one.

        Dependencies are declared between thunks. A step waits for another one as soon as any of
        its thunks waits for any thunk of the other.

        Args:
            steps: The steps of the workflow.

        Returns:
            The graph with all steps. Dependencies on thunks that no step has are left out. A
            thunk that waits for another thunk of its own step makes the step wait for itself.
        """
        dependency_graph = ModelDependencyGraph()

        # All steps must be known before the first edge is drawn.
        for step in steps:
            dependency_graph.add_step(step)

        for step in steps:
            for thunk in step.thunks:
                for dependency_id in thunk.dependencies:
                    for owner in steps:
                        if any(owned.thunk_id == dependency_id for owned in owner.thunks):
                            dependency_graph.add_dependency(str(owner.step_id), str(step.step_id))
                            # The first step that has the thunk is its owner.
                            break

        return dependency_graph

    def _get_topological_order(self, dependency_graph: ModelDependencyGraph) -> list[str]:
        """Bring steps into an order in which each comes after those it waits for.

        Args:
            dependency_graph: The graph, which is left as it is.

        Returns:
            The ids of the steps. Steps that could run at the same time come in the order in
            which the graph has learnt of them, and steps on a cycle are missing.
        """
        # The counts are used up on the way, and the graph still needs its own.
        in_degree = dict(dependency_graph.in_degree)

        queue = [step_id for step_id, degree in in_degree.items() if degree == 0]
        order: list[str] = []

        while queue:
            current = queue.pop(0)
            order.append(current)

            for dependent in dependency_graph.edges.get(current, []):
                in_degree[dependent] -= 1
                if in_degree[dependent] == 0:
                    queue.append(dependent)

        return order

    def _group_steps_by_type(
        self,
        steps: list[ModelWorkflowStepExecution],
    ) -> dict[str, list[ModelWorkflowStepExecution]]:
        """Sort steps by the kind of work that they begin with.

        Args:
            steps: The steps of a workflow.

        Returns:
            The steps by the type of their first thunk. Steps without thunks are left out, there
            is no work in them that could be balanced.
        """
        groups: dict[str, list[ModelWorkflowStepExecution]] = {}

        for step in steps:
            if step.thunks:
                group_key = step.thunks[0].thunk_type.value
                if group_key not in groups:
                    groups[group_key] = []
                groups[group_key].append(step)

        return groups
