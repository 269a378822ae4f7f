"""What counts as a word, in a text and in a question."""

import re
from collections.abc import Iterable

__all__ = ["Question", "is_text", "words_in"]

_DIGITS = range(ord("0"), ord("9") + 1)
# No identifier is as long as that; what is comes from data, and would only swell the index.
_LONGEST = 200
_HEAD = 8000


def _table() -> bytes:
    """Return the translation that leaves ASCII letters, digits and underscores, as git does."""
    kept = (
        chr(code).isascii() and (chr(code).isalnum() or chr(code) == "_") for code in range(256)
    )
    return bytes(code if keep else ord(" ") for code, keep in enumerate(kept))


_TABLE = _table()


def words_in(raw: bytes) -> set[bytes]:
    """Return the words of a text that are kept; none that begin with a digit."""
    found = set(raw.translate(_TABLE).split())
    return {word for word in found if word[0] not in _DIGITS and len(word) <= _LONGEST}


def is_text(raw: bytes) -> bool:
    """Tell whether git would take a file for text: no zero byte near its beginning."""
    return b"\0" not in raw[:_HEAD]


class Question:
    """Words of which a file has to hold one, not as part of a longer word."""

    def __init__(self, words: Iterable[str]) -> None:
        """Take the words; one may be of any characters, and empty ones are nobody's."""
        self.words = tuple(sorted({word.encode() for word in words if word}))
        parts = b"|".join(map(re.escape, self.words))
        self._pattern = re.compile(rb"(?<!\w)(?:" + parts + rb")(?!\w)")

    def __bool__(self) -> bool:
        """Tell whether anything is asked for."""
        return bool(self.words)

    def is_answered_by(self, raw: bytes) -> bool:
        """Tell whether a text holds one of the words; what is no text holds none."""
        # A plain search is many times faster than the pattern, and says no to almost every file.
        for word in self.words:
            if word in raw:
                return is_text(raw) and self._pattern.search(raw) is not None
        return False
