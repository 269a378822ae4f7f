"""Steps come after those they wait for."""

from uuid import UUID, uuid4

from omnibase_core.enums.enum_workflow_execution import EnumExecutionMode, EnumThunkType
from omnibase_core.mixins.mixin_workflow_order import MixinWorkflowOrder
from omnibase_core.models.orchestrator.model_thunk import ModelThunk
from omnibase_core.models.workflows.model_workflow_step_execution import (
    ModelWorkflowStepExecution,
)


def step(
    name: str, *after: ModelWorkflowStepExecution, kind: EnumThunkType = EnumThunkType.COMPUTE
) -> ModelWorkflowStepExecution:
    waits_for = [thunk.thunk_id for each in after for thunk in each.thunks]
    thunk = ModelThunk(thunk_type=kind, target_node_type="Worker", dependencies=waits_for)
    return ModelWorkflowStepExecution(
        step_name=name, execution_mode=EnumExecutionMode.SEQUENTIAL, thunks=[thunk]
    )


def order(*steps: ModelWorkflowStepExecution) -> list[str]:
    mixin = MixinWorkflowOrder()
    ids = mixin._get_topological_order(mixin._build_dependency_graph(list(steps)))
    names = {str(each.step_id): each.step_name for each in steps}
    return [names[each] for each in ids]


def test_a_step_comes_after_those_it_waits_for_however_they_are_listed() -> None:
    pick = step("pick")
    pack = step("pack", pick)
    ship = step("ship", pack, pick)
    assert order(ship, pack, pick) == order(pick, pack, ship) == ["pick", "pack", "ship"]


def test_steps_that_wait_for_nothing_keep_their_order() -> None:
    assert order(step("b"), step("a"), step("c")) == ["b", "a", "c"]


def test_a_dependency_on_work_that_nobody_has_is_left_out() -> None:
    lost = ModelThunk(
        thunk_type=EnumThunkType.COMPUTE,
        target_node_type="Worker",
        dependencies=[UUID(int=0), uuid4()],
    )
    alone = step("alone")
    alone.thunks = [lost]
    assert order(alone) == ["alone"]


def test_steps_on_a_cycle_are_missing_from_the_order() -> None:
    hen, egg = step("hen"), step("egg")
    hen.thunks[0].dependencies = [egg.thunks[0].thunk_id]
    egg.thunks[0].dependencies = [hen.thunks[0].thunk_id]
    graph = MixinWorkflowOrder()._build_dependency_graph([hen, egg])
    assert graph.has_cycles()
    assert order(hen, egg, step("feed")) == ["feed"]


def test_the_graph_survives_being_ordered() -> None:
    pick = step("pick")
    mixin = MixinWorkflowOrder()
    graph = mixin._build_dependency_graph([pick, step("pack", pick)])
    assert mixin._get_topological_order(graph) == mixin._get_topological_order(graph)


def test_steps_are_grouped_by_the_work_they_begin_with() -> None:
    idle = step("idle")
    idle.thunks = []
    pick, store, pack = step("pick"), step("store", kind=EnumThunkType.EFFECT), step("pack")
    groups = MixinWorkflowOrder()._group_steps_by_type([pick, store, idle, pack])
    assert groups == {"compute": [pick, pack], "effect": [store]}
