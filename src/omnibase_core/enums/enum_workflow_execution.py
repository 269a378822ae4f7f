"""The vocabulary of workflow execution: states, modes, thunks and branch conditions."""

from enum import Enum


class EnumWorkflowState(Enum):
    """Where a workflow or one of its steps stands."""

    PENDING = "pending"
    RUNNING = "running"
    PAUSED = "paused"
    COMPLETED = "completed"
    FAILED = "failed"
    CANCELLED = "cancelled"


class EnumExecutionMode(Enum):
    """In which manner the steps of a workflow run."""

    SEQUENTIAL = "sequential"
    PARALLEL = "parallel"
    CONDITIONAL = "conditional"
    BATCH = "batch"
    STREAMING = "streaming"


class EnumThunkType(Enum):
    """Which kind of node a deferred operation is meant for."""

    COMPUTE = "compute"
    EFFECT = "effect"
    REDUCE = "reduce"
    ORCHESTRATE = "orchestrate"
    CUSTOM = "custom"


class EnumBranchCondition(Enum):
    """When a branch of a workflow is taken."""

    IF_TRUE = "if_true"
    IF_FALSE = "if_false"
    IF_ERROR = "if_error"
    IF_SUCCESS = "if_success"
    IF_TIMEOUT = "if_timeout"
    CUSTOM = "custom"
