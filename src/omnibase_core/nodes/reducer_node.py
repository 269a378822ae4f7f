"""The node for reductions: bases, and nothing else."""

from omnibase_core.infrastructure.node_core_base import NodeCoreBase
from omnibase_core.mixins.mixin_conflict_resolution import MixinConflictResolution
from omnibase_core.mixins.mixin_contract_loader import MixinContractLoader
from omnibase_core.mixins.mixin_dependency_cycles import MixinDependencyCycles
from omnibase_core.mixins.mixin_operation_metrics import MixinOperationMetrics
from omnibase_core.mixins.mixin_reducer_contract import MixinReducerContract
from omnibase_core.mixins.mixin_reducer_execution import MixinReducerExecution
from omnibase_core.mixins.mixin_reducer_introspection import MixinReducerIntrospection
from omnibase_core.mixins.mixin_reduction_metrics import MixinReductionMetrics
from omnibase_core.mixins.mixin_reduction_registry import MixinReductionRegistry
from omnibase_core.mixins.mixin_reduction_streaming import MixinReductionStreaming
from omnibase_core.mixins.mixin_self_description import MixinSelfDescription
from omnibase_core.mixins.mixin_start_announcement import MixinStartAnnouncement


class ReducerNode(
    MixinReducerExecution,
    MixinReducerIntrospection,
    MixinConflictResolution,
    MixinReductionMetrics,
    MixinDependencyCycles,
    MixinReductionStreaming,
    MixinReductionRegistry,
    MixinReducerContract,
    MixinOperationMetrics,
    MixinStartAnnouncement,
    MixinSelfDescription,
    MixinContractLoader,
    NodeCoreBase,
):
    """A node that reduces many items to one result, at once or in portions.

    The class can be used as it is: functions for folding, aggregating, normalizing and merging
    are registered by the constructor. Subclasses register functions of their own for the other
    reduction types, and callers may replace any limit or function table while the node runs,
    because every method reads the attributes of the node anew each time it needs them.
    """
