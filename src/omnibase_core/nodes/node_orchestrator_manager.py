"""The orchestrator node that serves tool invocations."""

from omnibase_core.mixins.mixin_health_check import MixinHealthCheck
from omnibase_core.mixins.mixin_node_executor import MixinNodeExecutor
from omnibase_core.mixins.mixin_node_id_from_contract import MixinNodeIdFromContract
from omnibase_core.models.operations.model_orchestrator_input import ModelOrchestratorInput
from omnibase_core.nodes.node_executor_base import NodeExecutorBase
from omnibase_core.nodes.orchestrator_node import OrchestratorNode


class NodeOrchestratorManager(
    NodeExecutorBase,
    MixinNodeExecutor,
    MixinHealthCheck,
    MixinNodeIdFromContract,
    OrchestratorNode,
):
    """Runs workflows on request; an action only names what the parameters say."""

    _input_state_class = ModelOrchestratorInput
