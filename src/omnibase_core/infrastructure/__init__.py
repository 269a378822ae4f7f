"""What nodes stand on; their base class can be imported from here."""

from omnibase_core.infrastructure.node_core_base import NodeCoreBase

__all__ = ["NodeCoreBase"]
