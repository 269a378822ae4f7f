"""The node for workflows: bases, and nothing else."""

from omnibase_core.infrastructure.node_core_base import NodeCoreBase
from omnibase_core.mixins.mixin_contract_loader import MixinContractLoader
from omnibase_core.mixins.mixin_contract_references import MixinContractReferences
from omnibase_core.mixins.mixin_operation_metrics import MixinOperationMetrics
from omnibase_core.mixins.mixin_orchestration_metrics import MixinOrchestrationMetrics
from omnibase_core.mixins.mixin_orchestrator_contract import MixinOrchestratorContract
from omnibase_core.mixins.mixin_orchestrator_execution import MixinOrchestratorExecution
from omnibase_core.mixins.mixin_orchestrator_introspection import MixinOrchestratorIntrospection
from omnibase_core.mixins.mixin_self_description import MixinSelfDescription
from omnibase_core.mixins.mixin_start_announcement import MixinStartAnnouncement
from omnibase_core.mixins.mixin_thunk_emission import MixinThunkEmission
from omnibase_core.mixins.mixin_ticket_lifecycle import MixinTicketLifecycle
from omnibase_core.mixins.mixin_workflow_conditions import MixinWorkflowConditions
from omnibase_core.mixins.mixin_workflow_execution import MixinWorkflowExecution
from omnibase_core.mixins.mixin_workflow_order import MixinWorkflowOrder


class OrchestratorNode(
    MixinOrchestratorExecution,
    MixinOrchestratorIntrospection,
    MixinOrchestrationMetrics,
    MixinTicketLifecycle,
    MixinWorkflowExecution,
    MixinWorkflowOrder,
    MixinWorkflowConditions,
    MixinThunkEmission,
    MixinOrchestratorContract,
    MixinOperationMetrics,
    MixinStartAnnouncement,
    MixinSelfDescription,
    MixinContractLoader,
    MixinContractReferences,
    NodeCoreBase,
):
    """A node that runs workflows step by step, side by side or in balanced batches.

    The class can be used as it is: the conditions that workflows commonly ask for are registered
    by the constructor. Subclasses add operations of their own, and callers may replace any limit,
    switch, table or semaphore while the node runs, because every method reads the attributes of
    the node anew each time it needs them.
    """
