"""What is told about conflicts agrees with what can be asked for."""

from omnibase_core.enums.enum_conflict_resolution import EnumConflictResolution
from omnibase_core.mixins.mixin_conflict_resolution import MixinConflictResolution


def test_every_strategy_that_an_input_may_name_is_told() -> None:
    status = MixinConflictResolution()._get_conflict_resolution_status()
    assert status["supported_strategies"] == [each.value for each in EnumConflictResolution]


def test_whoever_asks_may_change_the_answer() -> None:
    mixin = MixinConflictResolution()
    mixin._get_conflict_resolution_status()["supported_strategies"].clear()
    assert mixin._get_conflict_resolution_status()["supported_strategies"]
