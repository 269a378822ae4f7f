"""Which files Python cannot parse; a text that it could is not parsed again."""

import ast
import platform
from collections.abc import Iterable

from carve.index.index import WordIndex

__all__ = ["parses", "unparsable"]

# What parses with one Python does not with another.
_TEST = f"parses with {platform.python_implementation()} {platform.python_version()}"


def unparsable(index: WordIndex, paths: Iterable[str]) -> list[str]:
    """Return the files that do not parse."""
    return index.failing(_TEST, paths, parses)


def parses(raw: bytes) -> bool:
    """Tell whether a text parses."""
    try:
        ast.parse(raw)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False  # the last two say that it is nested too deeply
    return True
