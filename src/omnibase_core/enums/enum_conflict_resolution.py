"""The ways to settle two values for one key."""

from enum import Enum


class EnumConflictResolution(Enum):
    """Which of two conflicting values is kept."""

    FIRST_WINS = "first_wins"
    LAST_WINS = "last_wins"
    MERGE = "merge"
    ERROR = "error"
    CUSTOM = "custom"
