"""The ways a retry delay can grow."""

from enum import Enum


class EnumRetryBackoffStrategy(str, Enum):
    """How the delay changes from one attempt to the next."""

    FIXED = "fixed"
    LINEAR = "linear"
    EXPONENTIAL = "exponential"
    RANDOM = "random"
    FIBONACCI = "fibonacci"
