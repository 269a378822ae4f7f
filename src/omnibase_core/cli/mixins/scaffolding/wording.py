"""What may stand in the texts of a new mixin, so that linters and readers of YAML take them."""

import re
from typing import Final

from omnibase_core.cli.request_error import RequestError

__all__ = ["described", "plain_text"]

_LONGEST: Final = 80
# Linters mistake other letters for misspelt Latin ones.
_LETTERS: Final = re.compile(r"[ -~\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u00ff]*")
_UNFINISHED: Final = re.compile(r"\b(T[O]DO|FIX[M]E|X[X]X|H[A]CK)\b")
_PLACE: Final = re.compile(r"(^|\s)/\w|(?<!\w)/(home|root|Users|work)/|^0[.]0[.]0[.]0")


def described(text: str) -> str:
    """Return a description as a phrase that begins with a capital, without a full stop."""
    words = " ".join(text.split()) if "\n" not in text else text
    words = plain_text("--description", words).rstrip(" .:;,!?")
    if not re.search(r"\w", words):
        raise RequestError("--description says nothing", "a phrase like 'Limit the rate of calls'")
    if len(words) > _LONGEST:
        raise RequestError(
            f"--description has {len(words)} characters, where {_LONGEST} is the most",
            "one short phrase",
        )
    return words[0].upper() + words[1:]


def plain_text(what: str, text: str) -> str:
    """Return `text` if it can stand between double quotes in code that the linter accepts."""
    for wrong, why in (
        (not _LETTERS.fullmatch(text), "has characters other than printable Latin ones"),
        ('"' in text or "\\" in text, "has a double quote or a backslash"),
        (_UNFINISHED.search(text), "has a word that marks unfinished work"),
        (_PLACE.search(text), "names a place on one machine"),
    ):
        if wrong:
            raise RequestError(f"{what}: {text!r} {why}", "other words")
    return text
