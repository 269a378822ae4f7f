"""Write scalars so that readers of YAML 1.1 and of 1.2 read the same value."""

import re
from typing import Final

from omnibase_core.utils.contract_yaml.scalars import MOST_DIGITS, Scalar

__all__ = ["escaped", "scalar_text"]

# Letters first, so that no schema takes it for a number, and nothing that could be an indicator.
_PLAIN: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]*(?:[ ./-][A-Za-z0-9_]+)*")
_LONGEST_PLAIN: Final = 500
_WORDS: Final = frozenset(["y", "n", "yes", "no", "on", "off", "true", "false", "null"])
_ESCAPES: Final = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
# Controls, breaks that only YAML 1.1 knows, marks that editors hide, and what YAML forbids.
_ODD: Final = re.compile(
    "[\x00-\x1f\x7f-\xa0\xad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufffe\uffff]"
)
_SPECIAL: Final = re.compile(r'["\\]')


def scalar_text(value: Scalar) -> str:
    """Return the YAML of a scalar; ValueError says what cannot be written."""
    if isinstance(value, str):
        return _text(value)
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    return _float(value) if isinstance(value, float) else _int(value)


def _text(value: str) -> str:
    if any("\ud800" <= character <= "\udfff" for character in value):
        raise ValueError("a text holds half a character (a surrogate)")
    plain = len(value) <= _LONGEST_PLAIN and _PLAIN.fullmatch(value)
    if plain and value.lower() not in _WORDS:
        return value
    return f'"{escaped(_SPECIAL.sub(_escape, value))}"'


def escaped(value: str) -> str:
    """Return the text with an escape for each character that would not stand on a line."""
    return _ODD.sub(_escape, value)


def _escape(found: re.Match[str]) -> str:
    return _ESCAPES.get(found[0]) or f"\\u{ord(found[0]):04x}"


def _int(value: int) -> str:
    if value.bit_length() > 3 * MOST_DIGITS:
        raise ValueError("a number is too long")
    return int.__repr__(value)


def _float(value: float) -> str:
    text = float.__repr__(value)
    if text in ("inf", "-inf", "nan"):
        return text.replace("inf", ".inf").replace("nan", ".nan")
    digits, mark, exponent = text.partition("e")
    # YAML 1.1 takes a number without a point for text.
    return text if "." in digits else f"{digits}.0{mark}{exponent}"
