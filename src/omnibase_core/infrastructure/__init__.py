"""The base class of all nodes and the effect node built on it."""

from omnibase_core.infrastructure.node_core_base import NodeCoreBase
from omnibase_core.infrastructure.node_effect import NodeEffect

__all__ = ["NodeCoreBase", "NodeEffect"]
