"""The node for computations: bases, and nothing else."""

from omnibase_core.infrastructure.node_core_base import NodeCoreBase
from omnibase_core.mixins.mixin_computation_cache import MixinComputationCache
from omnibase_core.mixins.mixin_computation_metrics import MixinComputationMetrics
from omnibase_core.mixins.mixin_computation_registry import MixinComputationRegistry
from omnibase_core.mixins.mixin_compute_contract import MixinComputeContract
from omnibase_core.mixins.mixin_compute_execution import MixinComputeExecution
from omnibase_core.mixins.mixin_compute_introspection import MixinComputeIntrospection
from omnibase_core.mixins.mixin_contract_loader import MixinContractLoader
from omnibase_core.mixins.mixin_contract_lookup import MixinContractLookup
from omnibase_core.mixins.mixin_contract_references import MixinContractReferences
from omnibase_core.mixins.mixin_operation_metrics import MixinOperationMetrics
from omnibase_core.mixins.mixin_parallel_computation import MixinParallelComputation
from omnibase_core.mixins.mixin_self_description import MixinSelfDescription


class ComputeNode(
    MixinComputeExecution,
    MixinComputeIntrospection,
    MixinComputationRegistry,
    MixinComputationCache,
    MixinComputationMetrics,
    MixinParallelComputation,
    MixinComputeContract,
    MixinOperationMetrics,
    MixinSelfDescription,
    MixinContractLookup,
    MixinContractLoader,
    MixinContractReferences,
    NodeCoreBase,
):
    """A node that computes, with a cache, a pool of threads and metrics for each computation.

    The class can be used as it is: the priority score of tickets is registered by the
    constructor. Subclasses register computations of their own, and callers may replace any
    limit, the registry or the cache while the node runs, because every method reads the
    attributes of the node anew each time it needs them.
    """
