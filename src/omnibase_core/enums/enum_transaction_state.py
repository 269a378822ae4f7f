"""The states a transaction passes through."""

from enum import Enum


class EnumTransactionState(Enum):
    """Where a transaction stands."""

    PENDING = "pending"
    ACTIVE = "active"
    COMMITTED = "committed"
    ROLLED_BACK = "rolled_back"
    FAILED = "failed"
