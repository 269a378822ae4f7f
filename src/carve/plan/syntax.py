"""Say in plain words what a YAML parser stumbled over."""

import yaml

from carve.errors import CarveError, Place

__all__ = ["explain"]

# The two parsers word the same mistake differently; these parts of their messages agree.
_QUOTE = "put the text in quotes"
_COLON = "put the text in quotes, or check the indentation"
_ALIGN = "check the indentation, brackets and quotes around it"
_CLOSE = "close what was opened before"
_WORDS = (
    ("mapping values are not allowed", "a ':' stands where no key can be", _COLON),
    ("expected ',' or", "a list or mapping in brackets is not closed", _CLOSE),
    ("unexpected end of stream", "a quoted text is not closed", "add the closing quote"),
    ("could not find expected ':'", "a key has no ':' after it", "write key: value"),
    ("sequence entries are not allowed", "a list item stands where none can be", _ALIGN),
    ("expected key", "this does not continue what stands before it", _ALIGN),
    ("expected '-' indicator", "this does not continue what stands before it", _ALIGN),
    ("expected <block end>", "this does not continue what stands before it", _ALIGN),
    ("node content", "a value is missing", "write it, or close what was opened before"),
    ("alphabetic", "a plan has no anchors or aliases", _QUOTE),
    ("comment or line break", "a block text begins here too early", "begin it on the next line"),
    ("chomping or indentation", "a block text begins here too early", "begin it on the next line"),
    ("hex", "a quoted text has an escape that is not complete", "use single quotes"),
    ("escape", "a quoted text has an escape that YAML does not know", "use single quotes"),
    ("tag", "a plan has no tags", "remove it"),
    ("document start", "something follows the end of the plan", "keep one mapping"),
)


def explain(error: yaml.MarkedYAMLError, text: str, path: str) -> CarveError:
    """Return the error of the parser as ours, with its place in the file."""
    mark = error.problem_mark or error.context_mark
    where = Place(path) if mark is None else Place(path, mark.line + 1, mark.column + 1)
    here = "" if mark is None else text[mark.index : mark.index + 1]
    message, instead = _words(error.problem or "", here)
    return CarveError(message, where=where, instead=instead)


def _words(problem: str, here: str) -> tuple[str, str | None]:
    if here == "\t":
        return "a tab stands where YAML wants spaces", "indent with spaces"
    if "cannot start any token" in problem:
        return f"no value can begin with {here!r}", _QUOTE
    for part, message, instead in _WORDS:
        if part in problem:
            return message, instead
    return "the file is not YAML that can be read", None
