"""Which steps a dependency graph calls ready, and when it finds a cycle."""

from itertools import pairwise

import pytest

from omnibase_core.enums.enum_workflow_execution import EnumExecutionMode, EnumWorkflowState
from omnibase_core.models.workflows import ModelDependencyGraph, ModelWorkflowStepExecution


def step(name: str) -> ModelWorkflowStepExecution:
    return ModelWorkflowStepExecution(step_name=name, execution_mode=EnumExecutionMode.SEQUENTIAL)


def graph_of(*names: str) -> tuple[ModelDependencyGraph, list[str]]:
    graph = ModelDependencyGraph()
    steps = [step(name) for name in names]
    for each in steps:
        graph.add_step(each)
    return graph, [str(each.step_id) for each in steps]


def test_a_step_that_waits_is_ready_once_the_other_is_completed() -> None:
    graph, [pick, pack] = graph_of("pick", "pack")
    graph.add_dependency(pick, pack)
    assert graph.get_ready_steps() == [pick]
    graph.mark_completed(graph.nodes[pick].step_id)
    assert graph.nodes[pick].state is EnumWorkflowState.COMPLETED
    assert graph.get_ready_steps() == [pack]


def test_a_step_that_is_not_pending_is_not_ready() -> None:
    graph, [pick] = graph_of("pick")
    graph.nodes[pick].state = EnumWorkflowState.RUNNING
    assert graph.get_ready_steps() == []


def test_a_dependency_that_is_added_twice_is_kept_twice() -> None:
    graph, [pick, pack] = graph_of("pick", "pack")
    graph.add_dependency(pick, pack)
    graph.add_dependency(pick, pack)
    assert graph.edges[pick] == [pack, pack]
    assert graph.in_degree[pack] == 2
    graph.mark_completed(pick)
    assert graph.in_degree[pack] == 0


def test_adding_a_step_again_replaces_it_and_keeps_its_edges() -> None:
    graph, [pick, pack] = graph_of("pick", "pack")
    graph.add_dependency(pick, pack)
    again = graph.nodes[pack].model_copy()
    graph.add_step(again)
    assert graph.nodes[pack] is again
    assert graph.in_degree == {pick: 0, pack: 1}


def test_a_dependency_makes_no_nodes() -> None:
    graph = ModelDependencyGraph()
    graph.add_dependency("pick", "pack")
    assert graph.nodes == {}
    assert graph.in_degree == {"pack": 1}
    graph.mark_completed("pick")
    with pytest.raises(KeyError, match="pack"):
        graph.get_ready_steps()


def test_a_dependent_that_waits_for_nothing_known_is_left_alone() -> None:
    graph = ModelDependencyGraph(edges={"pick": ["pack"]})
    graph.mark_completed("pick")
    assert graph.in_degree == {}


def test_completing_a_stranger_changes_nothing() -> None:
    graph, [pick] = graph_of("pick")
    graph.mark_completed("stranger")
    assert graph.get_ready_steps() == [pick]


@pytest.mark.parametrize(
    ("edges", "cyclic"),
    [
        ([], False),
        ([(0, 1), (1, 2), (0, 2)], False),
        ([(0, 1), (1, 0)], True),
        ([(0, 1), (1, 2), (2, 0)], True),
        ([(2, 2)], True),
    ],
)
def test_cycles_are_found(edges: list[tuple[int, int]], cyclic: bool) -> None:
    graph, ids = graph_of("pick", "pack", "ship")
    for start, end in edges:
        graph.add_dependency(ids[start], ids[end])
    assert graph.has_cycles() is cyclic


def test_a_graph_without_nodes_has_no_cycles() -> None:
    graph = ModelDependencyGraph()
    graph.add_dependency("pick", "pick")
    assert graph.has_cycles() is False


def test_a_cycle_of_strangers_counts_if_a_node_leads_to_it() -> None:
    graph, [pick] = graph_of("pick")
    graph.add_dependency("left", "right")
    graph.add_dependency("right", "left")
    assert graph.has_cycles() is False
    graph.add_dependency(pick, "left")
    assert graph.has_cycles() is True


def test_a_long_chain_is_no_trouble() -> None:
    graph, ids = graph_of(*(f"step {number}" for number in range(3000)))
    for start, end in pairwise(ids):
        graph.add_dependency(start, end)
    assert graph.has_cycles() is False
