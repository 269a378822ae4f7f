"""The states of a workflow that is reported, not run."""

from enum import Enum


class EnumWorkflowStatus(str, Enum):
    """Where a workflow stands; `simulated` means that nothing was really done."""

    PENDING = "pending"
    RUNNING = "running"
    COMPLETED = "completed"
    FAILED = "failed"
    CANCELLED = "cancelled"
    SIMULATED = "simulated"
