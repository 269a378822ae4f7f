"""Finds tickets that wait for each other in a circle."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from omnibase_core.enums.enum_reduction_type import EnumReductionType
from omnibase_core.models.common.model_schema_value import ModelSchemaValue
from omnibase_core.models.operations.model_reducer_input import ModelReducerInput
from omnibase_core.models.operations.model_reducer_output import ModelReducerOutput

if TYPE_CHECKING:
    from omnibase_core.models.operations.reducer_types import T_Input, T_Output


class MixinDependencyCycles:
    """Finds tickets that wait for each other in a circle.

    Needs `self.process` from the class that it is mixed into.
    """

    if TYPE_CHECKING:

        async def process(
            self,
            input_data: ModelReducerInput[T_Input],
        ) -> ModelReducerOutput[T_Output]: ...

    async def resolve_dependency_cycles(
        self,
        dependency_graph: dict[str, list[str]],
    ) -> dict[str, Any]:
        """Find the cycles in a graph of dependencies.

        Args:
            dependency_graph: For each node the nodes that it depends on.

        Returns:
            Whether there are cycles, which ones, how many, and how many nodes were looked at;
            an empty mapping for an empty graph.

        Raises:
            ModelOnexError: OPERATION_FAILED if the detection fails.
        """
        reducer_input: ModelReducerInput[tuple[str, list[str]]] = ModelReducerInput(
            data=list(dependency_graph.items()),
            reduction_type=EnumReductionType.MERGE,
            metadata={
                "graph_operation": ModelSchemaValue.from_value("cycle_detection"),
                "rsd_operation": ModelSchemaValue.from_value("dependency_analysis"),
            },
        )

        output: ModelReducerOutput[dict[str, Any]] = await self.process(reducer_input)
        return dict(output.result)

    def _detect_dependency_cycles(
        self,
        graph_data: list[tuple[str, list[str]]],
    ) -> dict[str, Any]:
        """Find the cycles in a graph by following every path once.

        Args:
            graph_data: Pairs of a node and the nodes that it depends on.

        Returns:
            Whether there are cycles, each cycle as the path that leads back to its first node,
            their number, the number of nodes that have a pair, and the time of the analysis.

        Raises:
            ValueError: If an item is no pair.
        """
        graph: dict[str, list[str]] = dict(graph_data)
        finished: set[str] = set()
        cycles: list[list[str]] = []

        def follow(node: str, path: list[str]) -> None:
            """Go on from a node, with the nodes that lead to it."""
            if node in path:
                cycles.append([*path[path.index(node) :], node])
                return

            # All that can be reached from here has been seen on an earlier path.
            if node in finished:
                return

            # A node that is only depended on is the end of a path.
            for neighbor in graph.get(node, []):
                follow(neighbor, [*path, node])

            finished.add(node)

        for node in graph:
            follow(node, [])

        return {
            "has_cycles": len(cycles) > 0,
            "cycles": cycles,
            "cycle_count": len(cycles),
            "total_nodes": len(graph),
            "analysis_timestamp": datetime.now().isoformat(),
        }
