"""Which top-level names a module has for good, once it has been imported."""

import ast
from collections.abc import Iterable
from functools import lru_cache

from carve.source.members import Function, bound_by
from carve.source.module import Module, is_type_checking

__all__ = ["standing", "typed_only"]

_COMPOUND = (ast.If, ast.Try, ast.TryStar, ast.With, ast.AsyncWith, ast.For, ast.While, ast.Match)


@lru_cache(maxsize=32)
def standing(module: Module) -> frozenset[str]:
    """Return the names that every way through the module binds and no function rebinds."""
    unsure = {
        name
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Global)
        for name in node.names
    }
    unsure |= {name for node in _at_top(module.tree.body) for name in _deleted(node)}
    return frozenset(_surely(module.tree.body) - unsure)


@lru_cache(maxsize=32)
def typed_only(module: Module) -> frozenset[str]:
    """Return the names that are bound under `if TYPE_CHECKING:` and nowhere else."""
    inside: set[str] = set()
    outside: set[str] = set()
    for node in module.tree.body:
        if is_type_checking(node):
            inside |= bound_by(node)
        else:
            outside |= bound_by(node)
    return frozenset(inside - outside)


def _surely(body: Iterable[ast.stmt]) -> set[str]:
    found: set[str] = set()
    for node in body:
        if isinstance(node, ast.If):
            found |= _either(node)
        elif isinstance(node, ast.Try | ast.TryStar):
            found |= _tried(node)
        elif isinstance(node, ast.With | ast.AsyncWith):
            found |= _surely(node.body)
        elif not isinstance(node, _COMPOUND):
            found |= bound_by(node)
    return found


def _either(node: ast.If) -> set[str]:
    """Return what both branches bind; type checkers alone go into `if TYPE_CHECKING:`."""
    if is_type_checking(ast.If(node.test, node.body, [])):
        return _surely(node.orelse)
    return _surely(node.body) & _surely(node.orelse)


def _tried(node: ast.Try | ast.TryStar) -> set[str]:
    found = _surely([*node.body, *node.orelse])
    for handler in node.handlers:
        if not isinstance(handler.body[-1], ast.Raise):
            found &= _surely(handler.body)
    return found | _surely(node.finalbody)


def _deleted(node: ast.AST) -> set[str]:
    targets = node.targets if isinstance(node, ast.Delete) else []
    return {target.id for target in targets if isinstance(target, ast.Name)}


def _at_top(body: Iterable[ast.stmt]) -> Iterable[ast.AST]:
    """Yield everything that runs with the module itself, blocks included."""
    todo: list[ast.AST] = list(body)
    while todo:
        node = todo.pop()
        yield node
        if not isinstance(node, Function | ast.ClassDef | ast.Lambda):
            todo += ast.iter_child_nodes(node)
