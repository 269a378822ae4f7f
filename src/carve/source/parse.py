"""Parse a text, or say in one sentence why Python does not take it, and where."""

import ast

from carve.errors import Place, Refused

__all__ = ["parse"]


def parse(path: str, text: str) -> ast.Module:
    """Return the syntax tree, or refuse with the position of the syntax error."""
    try:
        return ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        reason, line = _reason(error, text)
        raise Refused(
            f"the file does not parse: {reason}",
            check="file-parses",
            where=Place(path, line, getattr(error, "offset", None)),
            instead="mend it, run carve with the Python it is written for, or leave it out: with "
            "--exclude, or exclude: in a plan",
        ) from error


def _reason(error: Exception, text: str) -> tuple[str, int | None]:
    """Return what Python objects to, and the line as far as it is known."""
    if "\0" in text:
        return "it has a null byte", text[: text.index("\0")].count("\n") + 1
    if isinstance(error, RecursionError | MemoryError):
        return "it is nested too deeply for this Python", None
    return getattr(error, "msg", str(error)), getattr(error, "lineno", None)
