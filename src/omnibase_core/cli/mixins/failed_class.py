"""Explains why Python refused a class statement."""

import ast
import linecache
import traceback
from collections.abc import Mapping
from types import FrameType
from typing import Any

from omnibase_core.discovery.finding import Finding
from omnibase_core.discovery.linearisation import why_impossible

__all__ = ["failed_class"]


def failed_class(error: TypeError) -> Finding | None:
    """Return the finding about the class statement that raised `error`; None if none did."""
    for frame, line in reversed(list(traceback.walk_tb(error.__traceback__))):
        statement = _statement(frame, line)
        if statement is None:
            continue
        names = {**frame.f_globals, **frame.f_locals}
        bases = [_resolved(base, names) for base in statement.bases]
        known = [base for base in bases if isinstance(base, type)]
        why = why_impossible(known) if len(known) == len(bases) else None
        return Finding(
            "impossible-order",
            "conflict",
            f"{statement.name} cannot be made: {why or ' '.join(str(error).split())}",
            (statement.name, *(base.__name__ for base in known)),
            where=f"{frame.f_code.co_filename}:{statement.lineno}",
        )
    return None


def _statement(frame: FrameType, line: int) -> ast.ClassDef | None:
    """Return the class statement that begins on the line where a frame stopped."""
    text = "".join(linecache.getlines(frame.f_code.co_filename, frame.f_globals))
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError):
        return None
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            head = [node.lineno, *(each.lineno for each in (*node.decorator_list, *node.bases))]
            if min(head) <= line <= max(head):
                return node
    return None


def _resolved(base: ast.expr, names: Mapping[str, Any]) -> Any:
    """Return what a name, a dotted name or a generic class with arguments stands for."""
    if isinstance(base, ast.Name):
        return names.get(base.id)
    if isinstance(base, ast.Attribute):
        return getattr(_resolved(base.value, names), base.attr, None)
    return _resolved(base.value, names) if isinstance(base, ast.Subscript) else None
