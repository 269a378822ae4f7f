"""What moved code looks up in the module that it has left, and where it does so.

A mixin's module cannot import the module of its host at the top, for that one is just being
imported. So a moved method that uses what the host's module defines imports it in its first line.
There it is looked up whenever the method runs: what a test replaces in the host's module is found,
and so is what is defined further down.
"""

import ast
import symtable
import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from carve.source.imports import Import, render
from carve.source.members import Function, Region
from carve.source.module import Module
from carve.source.names import names_in_annotations
from carve.source.text import Source

__all__ = ["Lookup", "annotated", "late_names", "lookups", "pieces", "wrappers"]


@dataclass(frozen=True)
class Lookup:
    """An import of `names` at the head of the function `node`: before `line`, or within it.

    `column` is the place in the line where the body begins, if the `def` stands there as well.
    """

    node: Function
    names: tuple[str, ...]
    line: int
    column: int | None

    def text(self, module: Module, width: int) -> str:
        """Return the statement with what it takes to stand where it does."""
        items = [Import(module.name, name) for name in self.names]
        if self.column is not None:
            return f"from {module.name} import {', '.join(self.names)}; "
        indent = module.source.indentation(self.line)
        block = render(items, first_party=frozenset(), width=width - len(indent))
        return textwrap.indent(block, indent) + "\n"


def lookups(
    module: Module, functions: Iterable[Function], wanted: frozenset[str]
) -> tuple[Lookup, ...]:
    """Return an import for each function that uses some of `wanted` when it runs."""
    return tuple(
        Lookup(node, tuple(sorted(names)), *_place(node, module.source))
        for node in functions
        if (names := late_names(module, node) & wanted)
    )


def late_names(module: Module, node: Function) -> frozenset[str]:
    """Return the globals that the body of the function uses, functions inside it included."""
    table = _tables(module.source.text).get((node.name, node.lineno))
    if table is None:
        return frozenset()
    inside = ast.Module(node.body, [])
    skipped = set(_in_annotations(inside)) if module.postponed else set()
    named = {
        each.id
        for each in ast.walk(inside)
        if isinstance(each, ast.Name) and id(each) not in skipped
    }
    return frozenset(named & set(_globals(table)))


def annotated(nodes: Iterable[ast.stmt], *, postponed: bool) -> frozenset[str]:
    """Return the names that `typing.get_type_hints` looks up for the statements."""
    found: set[str] = set()
    for node in nodes:
        found |= {name for name, _ in names_in_annotations(node)}
        if postponed:
            inside = set(_in_annotations(node))
            found |= {
                each.id
                for each in ast.walk(node)
                if isinstance(each, ast.Name) and id(each) in inside
            }
    return frozenset(found)


def wrappers(node: ast.stmt) -> list[Function]:
    """Return the functions inside of a decorator that only run when what it wraps is called."""
    return [
        each
        for each in ast.walk(node)
        if isinstance(each, Function)
        and each is not node
        and any("wraps" in ast.unparse(decorator) for decorator in each.decorator_list)
    ]


def pieces(
    source: Source, region: Region, found: Iterable[Lookup]
) -> list[tuple[str, Lookup | None]]:
    """Return the text of the region in pieces, each with the import that is put behind it."""
    inside = sorted((each for each in found if each.line in region), key=lambda each: each.line)
    done: list[tuple[str, Lookup | None]] = []
    start, rest = region.start, ""
    for each in inside:
        text = rest + source.slice(start, each.line - 1)
        start, rest = each.line, ""
        if each.column is not None:
            line = source.lines[each.line - 1]
            text, rest, start = text + line[: each.column], line[each.column :], each.line + 1
        done.append((text, each))
    return [*done, (rest + source.slice(start, region.end), None)]


def _place(node: Function, source: Source) -> tuple[int, int | None]:
    """Return the line of the first statement below the docstring, comments above it included."""
    first = node.body[1] if _has_docstring(node) and len(node.body) > 1 else node.body[0]
    line = min([first.lineno, *(d.lineno for d in getattr(first, "decorator_list", []))])
    text = source.lines[line - 1]
    before = text.encode()[: first.col_offset].decode() if line == first.lineno else ""
    if before.strip():
        return line, len(before)
    while line - 1 in source.comments and line - 1 > node.lineno:
        line -= 1
    return line, None


def _has_docstring(node: Function) -> bool:
    first = node.body[0]
    value = first.value if isinstance(first, ast.Expr) else None
    return isinstance(value, ast.Constant) and isinstance(value.value, str)


def _in_annotations(tree: ast.AST) -> Iterator[int]:
    for node in ast.walk(tree):
        for name in ("annotation", "returns"):
            value = getattr(node, name, None)
            if isinstance(value, ast.expr):
                yield from (id(each) for each in ast.walk(value))


@lru_cache(maxsize=16)
def _tables(text: str) -> dict[tuple[str, int], symtable.SymbolTable]:
    """Return the scope of each function by its name and its line."""
    found: dict[tuple[str, int], symtable.SymbolTable] = {}
    todo: list[symtable.SymbolTable] = [symtable.symtable(text, "<module>", "exec")]
    while todo:
        table = todo.pop()
        # The scope of type parameters has the name of its function, which is inside of it.
        todo += table.get_children()
        if table.get_type() == "function":
            found[table.get_name(), table.get_lineno()] = table
    return found


def _globals(table: symtable.SymbolTable) -> Iterator[str]:
    yield from (symbol.get_name() for symbol in table.get_symbols() if symbol.is_global())
    for child in table.get_children():
        yield from _globals(child)
