"""Texts that differ by parameters: what they have in common, and how that is written."""

import ast
import re
from collections.abc import Callable
from dataclasses import dataclass

from carve.source.merge.places import Parameter

__all__ = ["common_parts", "rewritten"]

_OPENING = re.compile(r"(?P<prefix>[A-Za-z]*)(?P<quote>'''|\"\"\"|'|\")")
_ESCAPE = re.compile(
    r"\\(?:\r\n|[0-7]{1,3}|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|N\{[^}]*\}|[\s\S])"
)
_CONTINUED = ("\\\n", "\\\r\n", "\\\r")
_Parts = tuple[object, ...]


def common_parts(
    nodes: tuple[ast.expr, ...],
    parameters: tuple[Parameter, ...],
    same: Callable[[tuple[ast.AST, ...]], bool],
) -> _Parts | None:
    """Return the characters, formatted values and parameters that make up each of the texts.

    None where they differ by anything else. `same` tells whether formatted values are alike.
    """
    texts = [_flattened(node) for node in nodes]
    usable = [p for p in parameters if all(_text_of(value) for value in p.values)]
    steps = [
        (p, [list(_text_of(value)) for value in p.values])
        for p in usable
        if len({ast.dump(value) for value in p.values}) > 1
    ]
    ways: list[tuple[tuple[int, ...], _Parts]] = [((0,) * len(texts), ())]
    seen: set[tuple[int, ...]] = set()
    while ways:
        at, parts = ways.pop()
        if all(index == len(text) for index, text in zip(at, texts, strict=True)):
            return parts
        if at in seen:
            continue
        seen.add(at)
        here = [text[i] if i < len(text) else None for i, text in zip(at, texts, strict=True)]
        if all(isinstance(item, str) and item == here[0] for item in here) or (
            all(isinstance(item, ast.FormattedValue) for item in here)
            and same(tuple(item for item in here if isinstance(item, ast.AST)))
        ):
            ways.append((tuple(index + 1 for index in at), (*parts, here[0])))
        # What is looked at last is tried first: a parameter goes before its single letters.
        for parameter, values in steps:
            zipped = list(zip(at, texts, values, strict=True))
            if all(text[i : i + len(value)] == value for i, text, value in zipped):
                moved = tuple(i + len(value) for i, _, value in zipped)
                ways.append((moved, (*parts, parameter)))
    return None


def rewritten(text: str, first: ast.expr, parts: _Parts, this: str) -> str | None:
    """Return the literal `text` with its parameters put in; None where that cannot be written."""
    pieces = _pieces(text)
    if pieces is None:
        return None
    units = [unit for piece in pieces for unit in piece.units]
    flat = _flattened(first)
    kinds = [unit.text is None for unit in units]
    if kinds != [isinstance(item, ast.AST) for item in flat]:
        return None
    if len(parts) == 1 and isinstance(parts[0], Parameter):
        return f"{this}.{parts[0].name}"
    index = 0
    for part in parts:
        if isinstance(part, Parameter):
            end = index + len(_text_of(part.values[0]))
            if len({id(unit.piece) for unit in units[index:end]}) != 1:
                return None
            for number, unit in enumerate(units[index:end]):
                unit.new = "" if number else f"{{{this}.{part.name}}}"
            units[index].piece.formatted = True
            index = end
        else:
            index += 1
    return "".join(piece.written() for piece in pieces)


def _flattened(node: ast.expr) -> list[object]:
    """Return the characters of a text, with formatted values between them."""
    found: list[object] = []
    for value in node.values if isinstance(node, ast.JoinedStr) else [node]:
        found += _text_of(value) if isinstance(value, ast.Constant) else [value]
    return found


def _text_of(value: ast.expr) -> str:
    known = value.value if isinstance(value, ast.Constant) else None
    return known if isinstance(known, str) else ""


@dataclass
class _Unit:
    """What one character of the value, or one formatted value, is written as."""

    piece: "_Piece"
    raw: str
    text: str | None
    new: str | None = None


@dataclass
class _Piece:
    """One of the literals that Python joins, with what stands before it."""

    before: str
    prefix: str
    quote: str
    units: list[_Unit]
    after: str = ""
    formatted: bool = False

    def written(self) -> str:
        """Return the literal; it becomes an f-string where a parameter came into it."""
        already = "f" in self.prefix.lower()
        grows = self.formatted and not already
        prefix = f"f{self.prefix.replace('u', '').replace('U', '')}" if grows else self.prefix
        units = [
            unit.raw.replace("{", "{{").replace("}", "}}")
            if grows and unit.new is None and unit.raw in "{}"
            else (unit.raw if unit.new is None else unit.new)
            for unit in self.units
        ]
        return f"{self.before}{prefix}{self.quote}{''.join(units)}{self.quote}{self.after}"


def _pieces(text: str) -> list[_Piece] | None:
    """Return the literals in the text of one expression; None for what is not only literals."""
    found: list[_Piece] = []
    end = 0
    while opening := _OPENING.search(text, end):
        piece = _Piece(text[end : opening.start()], opening["prefix"], opening["quote"], [])
        closed = _read(piece, text, opening.end())
        if closed is None or "#" in piece.before or "b" in piece.prefix.lower():
            return None
        found.append(piece)
        end = closed
    if not found:
        return None
    found[-1].after = text[end:]
    return found


def _read(piece: _Piece, text: str, start: int) -> int | None:
    """Fill the piece; return the index behind its closing quote."""
    index = start
    while not text.startswith(piece.quote, index):
        if index >= len(text):
            return None
        written, meant = _written_at(piece, text, index)
        if meant == "" and piece.units:
            piece.units[-1].raw += written
        elif meant == "":
            return None
        else:
            piece.units.append(_Unit(piece, written, meant))
        index += len(written)
    return index + len(piece.quote)


def _written_at(piece: _Piece, text: str, index: int) -> tuple[str, str | None]:
    """Return the next unit as it is written, and what it stands for; `?` for an escape.

    That is None for a formatted value, and nothing for a line that goes on.
    """
    formatted, raw = "f" in piece.prefix.lower(), "r" in piece.prefix.lower()
    letter, pair = text[index], text[index : index + 2]
    if formatted and letter in "{}":
        return (pair, letter) if pair in ("{{", "}}") else (_replacement(text, index), None)
    if letter == "\\" and not raw and (escape := _ESCAPE.match(text, index)):
        return escape[0], "" if escape[0] in _CONTINUED else "?"
    if pair == "\r\n":
        return pair, pair
    return letter, letter


def _replacement(text: str, start: int) -> str:
    """Return the `{...}` that begins at `start`."""
    depth = 0
    for index in range(start, len(text)):
        depth += {"{": 1, "}": -1}.get(text[index], 0)
        if not depth:
            return text[start : index + 1]
    return text[start:]
