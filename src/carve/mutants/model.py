"""A mutant: one small fault, where it stands and what it makes of the text."""

import ast
import difflib
import hashlib
from dataclasses import dataclass, field

from carve.source.text import Source

__all__ = ["Mutant", "Span"]


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of source text: lines from 1, columns in UTF-8 bytes from 0, as in `ast`."""

    line: int
    column: int
    end_line: int
    end_column: int

    @classmethod
    def of(cls, node: ast.stmt | ast.expr) -> "Span":
        """Return the text that `node` covers."""
        return cls(
            node.lineno,
            node.col_offset,
            node.end_lineno or node.lineno,
            node.end_col_offset or node.col_offset,
        )

    def cut(self, source: Source) -> tuple[str, str, str]:
        """Return the covered lines as what is before the piece, the piece, and what is after."""
        lines = [line.encode() for line in source.lines[self.line - 1 : self.end_line]]
        last, whole = b"".join(lines[:-1]), b"".join(lines)
        end = len(last) + self.end_column
        parts = whole[: self.column], whole[self.column : end], whole[end:]
        before, piece, after = (part.decode() for part in parts)
        return before, piece, after


@dataclass(frozen=True, slots=True)
class Mutant:
    """One fault of a module.

    Attributes:
        number: Its number in the instrumented copy, from 1.
        operator: The kind of fault: `compare`, `constant`, `remove-statement`...
        member: The function or class it is in, as `Class.method`; empty at module level.
        span: The text that it replaces.
        was: That text.
        text: What stands there instead.
        reach: The lines whose runs decide which pins can notice it.
        on_import: Whether the code runs when the module is imported.
        context: The text of the member or statement that it is in; part of its identity.
        offset: How many lines below the start of `context` it stands.
        twin: How many mutants with the very same identity come before it.
    """

    number: int
    operator: str
    member: str
    span: Span
    was: str
    text: str
    reach: tuple[int, int]
    on_import: bool
    context: str = field(default="", repr=False)
    offset: int = 0
    twin: int = 0

    def mutated(self, source: Source) -> str:
        """Return the module's text with the fault in it."""
        before, _, after = self.span.cut(source)
        above = source.slice(1, self.span.line - 1)
        below = "".join(source.lines[self.span.end_line :])
        return f"{above}{before}{self.text}{after}{below}"

    def diff(self, source: Source) -> str:
        """Return the fault as a patch that `git apply` takes."""
        mutated = Source(source.path, self.mutated(source))
        names = f"a/{source.path}", f"b/{source.path}"
        found = difflib.unified_diff(_lines(source.text), _lines(mutated.text), *names, n=2)
        ended = "\\ No newline at end of file\n"
        return "".join(line if line.endswith("\n") else f"{line}\n{ended}" for line in found)

    def key(self, source: Source) -> str:
        """Return a name that stays the same while the member's own text stays the same.

        It does not depend on line numbers, so code above may change.
        """
        before = self.span.cut(source)[0].strip()
        parts = (self.member, self.operator, self.context, before, self.was, self.text)
        place = str(self.offset) if not self.twin else f"{self.offset}.{self.twin}"
        return hashlib.sha256("\0".join((*parts, place)).encode()).hexdigest()[:16]


def _lines(text: str) -> list[str]:
    # A patch knows one kind of line end; all others are part of their line.
    found = [f"{line}\n" for line in text.split("\n")]
    return [*found[:-1], found[-1][:-1]] if found[-1] != "\n" else found[:-1]
