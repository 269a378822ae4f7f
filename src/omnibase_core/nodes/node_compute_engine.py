"""The compute node that serves tool invocations."""

from omnibase_core.mixins.mixin_health_check import MixinHealthCheck
from omnibase_core.mixins.mixin_node_executor import MixinNodeExecutor
from omnibase_core.mixins.mixin_node_id_from_contract import MixinNodeIdFromContract
from omnibase_core.models.operations.model_compute_input import ModelComputeInput
from omnibase_core.nodes.compute_node import ComputeNode
from omnibase_core.nodes.node_executor_base import NodeExecutorBase


class NodeComputeEngine(
    NodeExecutorBase, MixinNodeExecutor, MixinHealthCheck, MixinNodeIdFromContract, ComputeNode
):
    """Computes on request; an action is a kind of computation."""

    _input_state_class = ModelComputeInput
    _action_field = "computation_type"
