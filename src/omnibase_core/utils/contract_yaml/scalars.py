"""Turn unquoted scalars into values by the core schema of YAML 1.2.

`no`, `on`, `1:30`, `1_000` and dates are text; `017` is seventeen and `0o17` is fifteen.
"""

import math
import re
from typing import Final

__all__ = ["MOST_DIGITS", "Scalar", "convert"]

Scalar = str | int | float | bool | None

MOST_DIGITS: Final = 1000
"""Longest number: beyond some thousand digits Python refuses to convert."""

_WORDS: Final[dict[str, Scalar]] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_DECIMAL: Final = re.compile(r"[-+]?[0-9]+")
_OTHER_BASE: Final = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT: Final = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_NOT_FINITE: Final = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")


def convert(text: str) -> Scalar:
    """Return the value of an unquoted scalar; ValueError says why a number cannot be kept."""
    if text in _WORDS:
        return _WORDS[text]
    if _NOT_FINITE.fullmatch(text):
        return float(text.replace(".", ""))
    base = 10 if _DECIMAL.fullmatch(text) else 0 if _OTHER_BASE.fullmatch(text) else None
    if base is None and not _FLOAT.fullmatch(text):
        return text
    if len(text) > MOST_DIGITS:
        raise ValueError(f"a number of {len(text)} characters is too long")
    if base is not None:
        return int(text, base)
    number = float(text)
    if math.isinf(number):
        raise ValueError(f"the number {text} is too large for a float")
    return number
