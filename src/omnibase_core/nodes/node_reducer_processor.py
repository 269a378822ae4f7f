"""The reducer node that serves tool invocations."""

from omnibase_core.mixins.mixin_health_check import MixinHealthCheck
from omnibase_core.mixins.mixin_node_executor import MixinNodeExecutor
from omnibase_core.mixins.mixin_node_id_from_contract import MixinNodeIdFromContract
from omnibase_core.models.operations.model_reducer_input import ModelReducerInput
from omnibase_core.nodes.node_executor_base import NodeExecutorBase
from omnibase_core.nodes.reducer_node import ReducerNode


class NodeReducerProcessor(
    NodeExecutorBase, MixinNodeExecutor, MixinHealthCheck, MixinNodeIdFromContract, ReducerNode
):
    """Reduces items on request; an action is a kind of reduction."""

    _input_state_class = ModelReducerInput
    _action_field = "reduction_type"
