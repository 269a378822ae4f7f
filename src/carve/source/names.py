"""Which names a piece of class body uses: globals, type names, attributes of `self`."""

import ast
import builtins
import re
import symtable
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from carve.source.early import global_before_own

BUILTINS = frozenset(dir(builtins))
# The names that symtable gives to what has none.
_ANONYMOUS = {"lambda", "genexpr", "listcomp", "setcomp", "dictcomp", "top"}
_GLOBAL = re.compile(r"\bglobal\s")
_BODY = "CarveClassBody"  # stands for the class; no name of the moved code may be the same


@dataclass(frozen=True, slots=True)
class Used:
    """Global names by use: `runtime` when the code runs, `types` in annotations never evaluated.

    `header` holds those of the runtime names that are needed while the class body itself runs:
    decorators, defaults, evaluated annotations, values of class attributes.
    """

    runtime: frozenset[str] = field(default_factory=frozenset)
    types: frozenset[str] = field(default_factory=frozenset)
    header: frozenset[str] = field(default_factory=frozenset)


def used_by_members(text: str, *, postponed: bool) -> Used:
    """Return the global names that the text of class members uses.

    `text` is a run of whole statements of one class body, with its indentation. Scoping is
    Python's own (symtable), so comprehensions, nested functions, walrus and match are right.
    """
    return _used(f"class {_BODY}:\n{_indent(text)}pass\n{text}", postponed=postponed)


@lru_cache(maxsize=8)
def used_by_statements(text: str, *, postponed: bool) -> Used:
    """Return the global names that top-level statements use, without those they define."""
    return _used(text, postponed=postponed)


def self_attributes(nodes: Iterable[ast.AST]) -> frozenset[str]:
    """Return the attributes read or written on the first argument of the functions in `nodes`."""
    found: set[str] = set()
    for node in nodes:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            arguments = [*node.args.posonlyargs, *node.args.args]
            if arguments and not _is_static(node):
                found |= set(_attributes_of(node, arguments[0].arg))
    return frozenset(found)


def mangled(nodes: Iterable[ast.AST]) -> dict[str, int]:
    """Return the private names (`__x`, which Python mangles) with the line of their first use."""
    found: dict[str, int] = {}
    for node in nodes:
        for inner in ast.walk(node):
            for name in _identifiers(inner):
                if name.startswith("__") and not name.endswith("__"):
                    found.setdefault(name, getattr(inner, "lineno", 0))
    return found


def names_in_annotations(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Yield each name that a string in an annotation of `tree` mentions, with the line."""
    for annotation in _annotations(tree):
        for node in _types_in(annotation):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield from ((name, node.lineno) for name in _names_in_text(node.value))


def _used(text: str, *, postponed: bool) -> Used:
    prefix = "from __future__ import annotations\n" if postponed else ""
    table = symtable.symtable(prefix + text, "<members>", "exec")
    tree = ast.parse(prefix + text)
    own = _defined(table, text) | {
        symbol.get_name()
        for symbol in _symbols(table, text)
        if symbol.is_assigned() or symbol.is_imported()
    }
    early = set(global_before_own(tree, postponed=postponed))
    runtime = (set(_globals(table, text)) | early) - own
    strings = set(_type_names(tree, postponed=postponed))
    if postponed:
        runtime &= set(_names_outside_annotations(tree)) | {
            name for node in ast.walk(tree) if isinstance(node, ast.Global) for name in node.names
        }
    types = strings - runtime - own
    header = {
        symbol.get_name()
        for child in table.get_children()
        if child.get_name() == _BODY
        for symbol in _symbols(child, text)
        if symbol.is_global() and symbol.is_referenced()
    } | early
    return Used(frozenset(runtime), frozenset(types), frozenset(header & runtime))


def _globals(table: symtable.SymbolTable, text: str) -> Iterator[str]:
    module = table.get_type() == "module"
    for symbol in _symbols(table, text):
        if symbol.is_global() or (module and symbol.is_referenced()):
            yield symbol.get_name()
    for child in table.get_children():
        yield from _globals(child, text)


def _symbols(table: symtable.SymbolTable, text: str) -> Iterator[symtable.Symbol]:
    """Yield the symbols, but for what is defined there: each takes a look at all the others."""
    defined = _defined(table, text)
    for name in table.get_identifiers():
        if name not in defined:
            yield table.lookup(name)


def _defined(table: symtable.SymbolTable, text: str) -> set[str]:
    """Return the functions and classes that a module or a class certainly defines for itself."""
    kind = table.get_type()
    if kind != "module" and not (kind == "class" and not _GLOBAL.search(text)):
        return set()
    return {each.get_name() for each in table.get_children()} - _ANONYMOUS


def _indent(text: str) -> str:
    # Not splitlines(): it ends a line at a form feed as well, which Python's own lines do not.
    lines = re.split(r"[\r\n]+", text)
    code = [line for line in lines if line.strip() and line.strip()[0] != "#"]
    return code[0][: len(code[0]) - len(code[0].lstrip())] if code else "    "


def _annotations(tree: ast.AST) -> Iterator[ast.expr]:
    for node in ast.walk(tree):
        for name in ("annotation", "returns"):
            annotation = getattr(node, name, None)
            if isinstance(annotation, ast.expr):
                yield annotation


def _type_names(tree: ast.AST, *, postponed: bool) -> Iterator[str]:
    """Yield names in string annotations, and with postponed evaluation in all annotations."""
    for annotation in _annotations(tree):
        for node in _types_in(annotation):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield from _names_in_text(node.value)
            elif postponed and isinstance(node, ast.Name):
                yield node.id
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {"cast", "typing.cast"}:
            first = node.args[0] if node.args else None
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield from _names_in_text(first.value)


def _names_in_text(text: str) -> Iterator[str]:
    try:
        tree = ast.parse(text.strip(), mode="eval")
    except (SyntaxError, ValueError):
        return  # a Literal["..."] or free text: names nothing
    for node in _types_in(tree):
        if isinstance(node, ast.Name):
            yield node.id


def _types_in(annotation: ast.AST) -> Iterator[ast.AST]:
    """Yield what names types: neither the texts of a `Literal` nor what `Annotated` adds."""
    todo = [annotation]
    while todo:
        node = todo.pop()
        yield node
        kept = list(ast.iter_child_nodes(node))
        if isinstance(node, ast.Subscript):
            kind = getattr(node.value, "attr", getattr(node.value, "id", ""))
            given = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
            if kind == "Literal":
                kept = [node.value, *(e for e in given if not isinstance(e, ast.Constant))]
            elif kind == "Annotated":
                rest = [e for e in given[1:] if not isinstance(e, ast.Constant)]
                kept = [node.value, *given[:1], *rest]
        todo += kept


def _names_outside_annotations(tree: ast.AST) -> Iterator[str]:
    inside = {id(node) for annotation in _annotations(tree) for node in ast.walk(annotation)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and id(node) not in inside:
            yield node.id


def _is_static(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return any(ast.unparse(decorator) == "staticmethod" for decorator in node.decorator_list)


def _attributes_of(node: ast.AST, this: str) -> Iterator[str]:
    for inner in ast.walk(node):
        if isinstance(inner, ast.Attribute) and getattr(inner.value, "id", None) == this:
            yield inner.attr


def _identifiers(node: ast.AST) -> Iterator[str]:
    for name in ("id", "attr", "arg", "name", "asname", "rest"):
        value = getattr(node, name, None)
        if isinstance(value, str):
            yield value
    if isinstance(node, ast.Global | ast.Nonlocal):
        yield from node.names
