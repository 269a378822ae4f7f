"""The effect node that serves tool invocations."""

from omnibase_core.mixins.mixin_health_check import MixinHealthCheck
from omnibase_core.mixins.mixin_node_executor import MixinNodeExecutor
from omnibase_core.mixins.mixin_node_id_from_contract import MixinNodeIdFromContract
from omnibase_core.models.operations.model_effect_input import ModelEffectInput
from omnibase_core.nodes.effect_node import EffectNode
from omnibase_core.nodes.node_executor_base import NodeExecutorBase


class NodeEffectExecutor(
    NodeExecutorBase, MixinNodeExecutor, MixinHealthCheck, MixinNodeIdFromContract, EffectNode
):
    """Carries out side effects on request; an action is a kind of effect."""

    _input_state_class = ModelEffectInput
    _action_field = "effect_type"
