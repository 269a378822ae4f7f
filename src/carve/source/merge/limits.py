"""What code must not have that is to be put into a method of its own."""

import ast
from collections.abc import Iterable, Iterator

from carve.source.members import Function
from carve.source.merge.places import Place
from carve.source.merge.scopes import looking_at_its_frame, reads_and_writes

__all__ = ["ends_by_returning", "held_back"]

_STAYING = (
    *(ast.Await, ast.Yield, ast.YieldFrom, ast.AsyncFor, ast.AsyncWith),
    *(ast.Global, ast.Nonlocal, ast.Delete),
)
_JUMPS = (ast.Break, ast.Continue)
_LOOPS = (ast.For, ast.While)


def held_back(place: Place, nodes: tuple[ast.AST, ...]) -> str | None:
    """Return what the code has that cannot be put into a method of its own."""
    tail = nodes[-1] if place.kind == "run" and ends_by_returning(nodes) else None
    reasons = (_staying(node) for node in _same_scope(nodes) if node is not tail)
    if reason := next(filter(None, reasons), None):
        return reason
    if seen := next(filter(None, map(looking_at_its_frame, nodes)), None):
        return f"{seen} would see another frame"
    if place.kind == "expression" and reads_and_writes(nodes)[1]:
        return "the expression sets a variable"
    return "it leaves or continues a loop" if any(map(_leaves_loop, nodes)) else None


def ends_by_returning(nodes: tuple[ast.AST, ...]) -> bool:
    """Tell whether the last of the statements returns."""
    return bool(nodes) and isinstance(nodes[-1], ast.Return)


def _staying(node: ast.AST) -> str | None:
    if isinstance(node, ast.Return):
        return "a statement in between returns"
    if isinstance(node, _STAYING) or getattr(node, "is_async", None):
        return f"{type(node).__name__.lower()} cannot be left to another method"
    if isinstance(node, ast.ImportFrom) and node.names[0].name == "*":
        return "a star import cannot be left to another method"
    return None


def _leaves_loop(node: ast.AST) -> bool:
    if isinstance(node, _JUMPS):
        return True
    if isinstance(node, (*_LOOPS, Function, ast.Lambda, ast.ClassDef)):
        below: Iterable[ast.AST] = getattr(node, "orelse", []) if isinstance(node, _LOOPS) else []
        return any(map(_leaves_loop, below))
    return any(map(_leaves_loop, ast.iter_child_nodes(node)))


def _same_scope(nodes: Iterable[ast.AST]) -> Iterator[ast.AST]:
    for node in nodes:
        yield node
        if not isinstance(node, Function | ast.Lambda | ast.ClassDef):
            yield from _same_scope(ast.iter_child_nodes(node))
