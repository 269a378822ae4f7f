"""One place that leads to a symbol or module, and what may be done with it."""

from dataclasses import dataclass
from typing import Literal

from carve.errors import Finding

__all__ = ["Kind", "Reference", "Span", "Standing"]

Kind = Literal[
    "definition",
    "import",
    "name",
    "attribute",
    "annotation",
    "export",
    "keyword",
    "patch",
    "string",
    "comment",
    "data",
    "docs",
    "path",
]
# `unsure` may mean something else; `prose` speaks of it where nothing runs.
Standing = Literal["sure", "unsure", "prose"]
Span = tuple[int, int]


@dataclass(frozen=True, slots=True, order=True)
class Reference:
    """A place that leads to what was searched for.

    Attributes:
        path: The file.
        line: The line, counted from 1.
        column: The column, counted from 1.
        kind: How the file refers to it.
        text: What is written there.
        span: Where the name itself stands in the file's text.
        owner: Where the module stands that is written before the name.
        standing: Whether it is certain that the place means it.
        exact: Whether the text there can be replaced and nothing else changes.
    """

    path: str
    line: int
    column: int
    kind: Kind
    text: str
    span: Span
    owner: Span | None = None
    standing: Standing = "sure"
    exact: bool = True

    def finding(self, message: str, instead: str) -> Finding:
        """Return what is to be said about the place."""
        return Finding(self.path, self.line, message, instead)
