"""From lines and columns to offsets in a file's text, and back."""

import ast
import bisect
import io
import tokenize
from collections.abc import Iterator
from itertools import accumulate

from carve.source.references.model import Kind, Reference, Span, Standing
from carve.source.text import Source

__all__ = ["Spots"]


class Spots:
    """The positions in one file."""

    def __init__(self, source: Source) -> None:
        """Count the characters before each line once."""
        self.source = source
        self._starts = [0, *accumulate(map(len, source.lines))]

    def offset(self, line: int, column: int) -> int:
        """Return the offset of a position as `ast` counts it: the column in UTF-8 bytes."""
        text = self.source.lines[line - 1] if line <= len(self.source.lines) else ""
        return self._starts[line - 1] + len(text.encode()[:column].decode("utf-8", "ignore"))

    def span(self, node: ast.expr | ast.alias | ast.stmt | ast.keyword | ast.arg) -> Span:
        """Return where a node begins and ends."""
        end_line, end = node.end_lineno or node.lineno, node.end_col_offset or 0
        return self.offset(node.lineno, node.col_offset), self.offset(end_line, end)

    def place(self, offset: int) -> tuple[int, int]:
        """Return line and column of an offset, both counted from 1."""
        line = bisect.bisect_right(self._starts, offset)
        line = min(line, max(len(self.source.lines), 1))
        return line, offset - self._starts[line - 1] + 1

    def reference(
        self,
        kind: Kind,
        span: Span,
        *,
        owner: Span | None = None,
        standing: Standing = "sure",
        exact: bool = True,
    ) -> Reference:
        """Return a reference at a place of this file."""
        line, column = self.place(span[0])
        first, last = min(span[0], owner[0] if owner else span[0]), span[1]
        text = self.source.text[first:last]
        return Reference(self.source.path, line, column, kind, text, span, owner, standing, exact)

    def comments(self) -> Iterator[Span]:
        """Yield where the comments of a Python file stand."""
        text = "".join(line.rstrip("\r\n") + "\n" for line in self.source.lines)
        try:
            for token in tokenize.generate_tokens(io.StringIO(text).readline):
                if token.type == tokenize.COMMENT:
                    line, column = token.start
                    start = self._starts[line - 1] + column
                    yield start, start + len(token.string)
        except (tokenize.TokenError, SyntaxError):
            return
