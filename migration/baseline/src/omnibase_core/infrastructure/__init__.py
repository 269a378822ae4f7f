"""What nodes stand on; their base class can be imported from here."""

from omnibase_core.infrastructure.node_compute import NodeCompute
from omnibase_core.infrastructure.node_core_base import NodeCoreBase
from omnibase_core.infrastructure.node_effect import NodeEffect
from omnibase_core.infrastructure.node_orchestrator import NodeOrchestrator
from omnibase_core.infrastructure.node_reducer import NodeReducer

__all__ = ["NodeCompute", "NodeCoreBase", "NodeEffect", "NodeOrchestrator", "NodeReducer"]
