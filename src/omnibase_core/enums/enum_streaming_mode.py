"""The ways a reducer reads its input."""

from enum import Enum


class EnumStreamingMode(Enum):
    """In which portions items are reduced."""

    BATCH = "batch"
    INCREMENTAL = "incremental"
    WINDOWED = "windowed"
    REAL_TIME = "real_time"
