"""Put new text at the places of a difference; all that is around them stays byte for byte."""

import ast
import tokenize
from dataclasses import dataclass
from functools import cached_property

from carve.source.members import Region, grow
from carve.source.merge.hook import Hook
from carve.source.merge.places import Parameter, Place
from carve.source.merge.texts import rewritten
from carve.source.text import Source

__all__ = ["Change", "Letters", "change_at", "reindented"]


@dataclass(frozen=True, slots=True)
class Change:
    """The characters from `start` to `end` become `text`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Letters:
    """A source by characters: where a node of its tree begins and ends."""

    source: Source

    @cached_property
    def _starts(self) -> list[int]:
        found = [0]
        for line in self.source.lines:
            found.append(found[-1] + len(line))
        return found

    def at(self, line: int, column: int) -> int:
        """Return the index of a position as `ast` counts it, in bytes of UTF-8."""
        text = self.source.lines[line - 1].encode()[:column].decode()
        return self._starts[line - 1] + len(text)

    def span(self, node: ast.AST) -> tuple[int, int]:
        """Return where the node begins and ends."""
        first = self.at(getattr(node, "lineno", 1), getattr(node, "col_offset", 0))
        line = getattr(node, "end_lineno", None) or 1
        return first, self.at(line, getattr(node, "end_col_offset", 0))

    def text(self, node: ast.AST) -> str:
        """Return the node's own text."""
        start, end = self.span(node)
        return self.source.text[start:end]

    def lines(self, region: Region) -> tuple[int, int]:
        """Return where the lines of a region begin and end."""
        return self._starts[region.start - 1], self._starts[region.end]

    def changed(self, region: Region, changes: list[Change]) -> str:
        """Return the lines of the region with the changes inside of it made."""
        start, end = self.lines(region)
        text = self.source.text[start:end]
        for change in sorted(changes, key=lambda change: change.start, reverse=True):
            if start <= change.start and change.end <= end:
                text = text[: change.start - start] + change.text + text[change.end - start :]
        return text

    def rows(self, nodes: tuple[ast.AST, ...]) -> Region | None:
        """Return the lines of statements with their comments; None where they share a line."""
        known = [node for node in nodes if isinstance(node, ast.stmt)]
        first, last = known[0], known[-1]
        decorators = getattr(first, "decorator_list", [])
        top = min(node.lineno for node in (first, *decorators))
        bottom = last.end_lineno or last.lineno
        start, end = self.span(first)[0], self.span(last)[1]
        before = self.source.text[self._starts[first.lineno - 1] : start]
        after = self.source.text[end : self._starts[bottom]].strip()
        if before.strip() or (after and not after.startswith("#")):
            return None
        if self.source.text.startswith("elif", start):
            return None
        return grow(self.source, top, bottom, first.col_offset)

    def indentation(self, node: ast.AST) -> str:
        """Return the blanks that the line begins with on which the node does."""
        line = self.source.lines[getattr(node, "lineno", 1) - 1]
        return line[: len(line) - len(line.lstrip())]


def change_at(
    place: Place,
    letters: Letters,
    parameters: dict[str, Parameter],
    hook: Hook | None,
    this: str,
) -> Change | None:
    """Return what the place becomes in the first host; None where it cannot be written."""
    if hook is not None:
        return _call(place, letters, hook, this)
    start, end = letters.span(place.first)
    if place.kind == "text":
        assert isinstance(place.first, ast.expr)  # noqa: S101 - a type fact
        text = letters.source.text[start:end]
        made = rewritten(text, place.first, place.parts, this)
        return Change(start, end, made) if made is not None else None
    if place.kind == "default":
        assert isinstance(place.first, ast.arg)  # noqa: S101 - a type fact
        sign = " = " if place.first.annotation is not None else "="
        return Change(end, end, f"{sign}{place.parts[0]}")
    parameter = parameters[place.cover[0]]
    if place.kind == "annotation" and parameter.annotation is not None:
        return Change(start, end, parameter.annotation.name)
    return Change(start, end, f"{this}.{parameter.name}")


def _call(place: Place, letters: Letters, hook: Hook, this: str) -> Change | None:
    side = hook.sides[0]
    call = f"{this}.{hook.name}({', '.join(side.inputs)})"
    if place.kind == "expression":
        start, end = letters.span(place.first)
        return Change(start, end, call)
    region = letters.rows(place.nodes[0] or (place.first,))
    if region is None:
        return None
    start, end = letters.lines(region)
    end = end if place.nodes[0] else start
    indent = letters.indentation(place.first)
    given = f"{', '.join(side.outputs)} = " if side.outputs else ""
    word = "return " if hook.kind == "return" else given
    return Change(start, end, f"{indent}{word}{call}{letters.source.newline}")


def reindented(text: str, old: str, new: str) -> str:
    """Return statements with their indentation changed; lines inside of texts stay."""
    lines = Source("<lines>", text).lines
    inside = _inside_texts(lines)
    return "".join(
        new + line.removeprefix(old)
        if number not in inside and line.strip() and line.startswith(old)
        else line
        for number, line in enumerate(lines, 1)
    )


def _inside_texts(lines: tuple[str, ...]) -> set[int]:
    """Return the numbers of the lines that begin inside of a text."""
    rows = iter(["if 1:\n", *(line.rstrip("\r\n") + "\n" for line in lines)])
    found: set[int] = set()
    opened: list[int] = []
    try:
        for token in tokenize.generate_tokens(lambda: next(rows, "")):
            name = tokenize.tok_name[token.type]
            if name == "FSTRING_START":
                opened.append(token.start[0])
            elif name == "FSTRING_END":
                found |= set(range(opened.pop() + 1, token.end[0] + 1))
            elif name == "STRING":
                found |= set(range(token.start[0] + 1, token.end[0] + 1))
    except (tokenize.TokenError, SyntaxError):
        # A part of an expression, whose lines are indented as they please: they stay so.
        return set(range(1, len(lines) + 1))
    return {number - 1 for number in found}
