"""The states of one execution."""

from enum import Enum


class EnumExecutionStatus(str, Enum):
    """Where one execution stands, or how it ended."""

    PENDING = "pending"
    RUNNING = "running"
    COMPLETED = "completed"
    SUCCESS = "success"
    FAILED = "failed"
    SKIPPED = "skipped"
    CANCELLED = "cancelled"
    TIMEOUT = "timeout"
