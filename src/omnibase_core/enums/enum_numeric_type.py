"""The kinds of number a numeric value can stand for."""

from enum import Enum


class EnumNumericType(str, Enum):
    """What a stored number was before it was stored."""

    INTEGER = "integer"
    FLOAT = "float"
    NUMERIC = "numeric"
