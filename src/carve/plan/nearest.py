"""Guess what a misspelt name was meant to be."""

import difflib
from collections.abc import Iterable

__all__ = ["closest", "nearest"]

_LONGEST = 100  # comparing takes quadratic time


def closest(name: object, known: Iterable[str]) -> str | None:
    """Return the known name that `name` resembles most."""
    close = difflib.get_close_matches(str(name)[:_LONGEST], list(known), n=1)
    return close[0] if close else None


def nearest(name: object, known: Iterable[str]) -> str:
    """Return `did you mean 'x'?`, or nothing when no known name is near."""
    close = closest(name, known)
    return f"did you mean {close!r}?" if close else ""
