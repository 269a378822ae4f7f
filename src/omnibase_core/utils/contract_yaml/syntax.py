"""Say in plain words what a YAML parser stumbled over."""

from typing import Final

import yaml

from omnibase_core.utils.contract_yaml.places import Place
from omnibase_core.utils.contract_yaml.problems import Problem

__all__ = ["explain"]

# The two parsers word the same mistake differently; these parts of their messages agree.
_QUOTE: Final = "put the text in quotes"
_ALIGN: Final = "check the indentation, brackets and quotes around it"
_CLOSE: Final = "close what was opened before it"
_WORDS: Final = (
    ("mapping values are not allowed", "a ':' stands where no key can be", f"{_QUOTE} or indent"),
    ("expected ',' or", "a list or mapping in brackets is not closed", _CLOSE),
    ("unexpected end of stream", "a quoted text is not closed", "add the closing quote"),
    ("document indicator", "a quoted text is not closed", "add the closing quote"),
    ("could not find expected ':'", "a key has no ':' after it", "write key: value"),
    ("sequence entries are not allowed", "a list item stands where none can be", _ALIGN),
    ("expected key", "this does not continue what stands before it", _ALIGN),
    ("expected '-' indicator", "this does not continue what stands before it", _ALIGN),
    ("expected <block end>", "this does not continue what stands before it", _ALIGN),
    ("node content", "a value is missing", f"write it, or {_CLOSE}"),
    ("alphabetic", "an anchor or alias has no proper name", _QUOTE),
    ("comment or line break", "a block text begins too early", "begin it on the next line"),
    ("chomping or indentation", "a block text begins too early", "begin it on the next line"),
    ("hex", "an escape in a quoted text is not complete", "use single quotes"),
    ("escape", "a quoted text has an escape that YAML does not know", "use single quotes"),
    ("tag", "a tag is written here, and tags are not read", "remove it"),
    ("document start", "something follows the end of the document", "keep one document a file"),
    ("version", "a %YAML directive cannot be read", "remove it"),
)


def explain(error: yaml.YAMLError | ValueError | OverflowError, text: str, path: str) -> Problem:
    """Return the error of a parser as a problem with its place in the file."""
    if not isinstance(error, yaml.MarkedYAMLError):
        return Problem(Place(path), "this is not YAML", "check escapes and directives")
    mark = error.problem_mark or error.context_mark
    where = Place(path) if mark is None else Place(path, mark.line + 1, mark.column + 1)
    here = "" if mark is None else text[mark.index : mark.index + 1]
    return Problem(where, *_words(error.problem or "", here))


def _words(problem: str, here: str) -> tuple[str, str]:
    if here == "\t":
        return "a tab stands where YAML wants spaces", "use spaces"
    if "cannot start any token" in problem:
        return f"no value can begin with {here!r}", _QUOTE
    for part, what, instead in _WORDS:
        if part in problem:
            return what, instead
    return "this is not YAML", _ALIGN
