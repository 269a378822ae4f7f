"""The node types a contract can declare."""

from enum import Enum


class EnumNodeType(str, Enum):
    """What a node is for; its text is its value, which is upper-case in contract files."""

    COMPUTE = "COMPUTE"
    GATEWAY = "GATEWAY"
    ORCHESTRATOR = "ORCHESTRATOR"
    REDUCER = "REDUCER"
    EFFECT = "EFFECT"
    VALIDATOR = "VALIDATOR"
    TRANSFORMER = "TRANSFORMER"
    AGGREGATOR = "AGGREGATOR"
    FUNCTION = "FUNCTION"
    TOOL = "TOOL"
    AGENT = "AGENT"
    MODEL = "MODEL"
    PLUGIN = "PLUGIN"
    SCHEMA = "SCHEMA"
    NODE = "NODE"
    WORKFLOW = "WORKFLOW"
    SERVICE = "SERVICE"
    COMPUTE_GENERIC = "COMPUTE_GENERIC"
    UNKNOWN = "UNKNOWN"

    def __str__(self) -> str:
        """Return the value as it stands in a contract file."""
        return self.value
