"""The base class of all nodes, and the archetypes that stand on it."""

from omnibase_core.infrastructure.node_compute import NodeCompute
from omnibase_core.infrastructure.node_core_base import NodeCoreBase
from omnibase_core.infrastructure.node_effect import NodeEffect
from omnibase_core.infrastructure.node_orchestrator import NodeOrchestrator
from omnibase_core.infrastructure.node_reducer import NodeReducer

__all__ = ["NodeCompute", "NodeCoreBase", "NodeEffect", "NodeOrchestrator", "NodeReducer"]
