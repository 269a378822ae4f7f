"""The four architectural kinds of node."""

from enum import Enum


class EnumNodeArchitectureType(str, Enum):
    """Which of the four node architectures a node follows."""

    ORCHESTRATOR = "orchestrator"
    COMPUTE = "compute"
    REDUCER = "reducer"
    EFFECT = "effect"
