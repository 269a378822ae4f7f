"""The outcomes an operation or an error can report."""

from enum import Enum


class EnumOnexStatus(str, Enum):
    """How an operation ended."""

    SUCCESS = "success"
    WARNING = "warning"
    ERROR = "error"
    SKIPPED = "skipped"
    FIXED = "fixed"
    PARTIAL = "partial"
    INFO = "info"
    UNKNOWN = "unknown"
