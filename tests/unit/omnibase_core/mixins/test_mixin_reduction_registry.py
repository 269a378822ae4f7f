"""Each type of reduction has one function, and the built-in ones do what they are called."""

import asyncio
from typing import Any
from uuid import uuid4

import pytest

from omnibase_core.enums.enum_conflict_resolution import EnumConflictResolution
from omnibase_core.enums.enum_reduction_type import EnumReductionType
from omnibase_core.errors.model_onex_error import ModelOnexError
from omnibase_core.mixins.mixin_dependency_cycles import MixinDependencyCycles
from omnibase_core.mixins.mixin_reduction_registry import MixinReductionRegistry
from omnibase_core.models.infrastructure.model_conflict_resolver import ModelConflictResolver
from omnibase_core.models.operations.model_reducer_input import ModelReducerInput


class Host(MixinReductionRegistry, MixinDependencyCycles):
    node_id = uuid4()


async def keep(data: list[Any], *_: Any) -> list[Any]:
    return data


def reduced(kind: EnumReductionType, *items: Any, **more: Any) -> Any:
    host = Host()
    host._register_builtin_reducers()
    order: ModelReducerInput[Any] = ModelReducerInput(
        data=list(items), reduction_type=kind, **more
    )
    resolver = ModelConflictResolver(order.conflict_resolution)

    async def run() -> Any:
        return await host.reduction_functions[kind](order.data, order, resolver)

    return asyncio.run(run())


def test_a_type_that_is_free_takes_a_function() -> None:
    host = Host()
    host.register_reduction_function(EnumReductionType.FOLD, keep)
    assert host.reduction_functions == {EnumReductionType.FOLD: keep}
    with pytest.raises(ModelOnexError, match="Reduction type already registered: fold"):
        host.register_reduction_function(EnumReductionType.FOLD, keep)


def test_what_cannot_be_called_reduces_nothing() -> None:
    wrong: Any = 7
    with pytest.raises(ModelOnexError, match="must be callable"):
        Host().register_reduction_function(EnumReductionType.FOLD, wrong)


@pytest.mark.parametrize(
    ("name", "first", "second", "expected"),
    [
        ("sum", 1, 2, 3),
        ("max", 1, 2, 2),
        ("min", 1, 2, 1),
        ("concat", "a", "b", "ab"),
        ("append", [1], 2, [1, 2]),
        ("extend", [1], [2], [1, 2]),
        ("sum", 1, "odd", 1),
    ],
)
def test_steps_of_a_fold(name: str, first: Any, second: Any, expected: Any) -> None:
    step = Host()._get_reducer_function(name)
    assert step is not None
    assert step(first, second) == expected


def test_there_is_no_step_of_an_unknown_name() -> None:
    assert Host()._get_reducer_function("product") is None


def test_an_aggregation_works_out_figures_by_group() -> None:
    rows = [{"shelf": "a", "n": 1}, {"shelf": "b", "n": 5}, {"shelf": "a", "n": 3}]
    groups = reduced(EnumReductionType.AGGREGATE, *rows, group_key="shelf")
    assert {name: (each["count"], each["n_sum"]) for name, each in groups.items()} == {
        "a": (2, 4),
        "b": (1, 5),
    }


def test_a_merge_asks_who_wins() -> None:
    maps = [{"a": 1, "b": 1}, {"b": 2}]
    first = EnumConflictResolution.FIRST_WINS
    assert reduced(EnumReductionType.MERGE, *maps) == {"a": 1, "b": 2}
    assert reduced(EnumReductionType.MERGE, *maps, conflict_resolution=first) == {"a": 1, "b": 1}
    assert reduced(EnumReductionType.MERGE, [1], [2, 3]) == [1, 2, 3]
