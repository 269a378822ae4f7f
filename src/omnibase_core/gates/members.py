"""A member of a class: where it is defined and, of a function, how its definition begins."""

import ast
import inspect
import textwrap
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from omnibase_core.gates.source import Function, parse_header

__all__ = ["Member", "member_of"]


@dataclass(frozen=True, slots=True)
class Member:
    """What a class, or one that it inherits from, defines under a name.

    Attributes:
        path: The file.
        line: Where in it.
        header: The definition without decorators and body, of a function or property.
        is_property: Whether it is read without a call.
    """

    path: Path
    line: int
    header: Function | None = None
    is_property: bool = False


def member_of(cls: type, name: str) -> Member | None:
    """Return what `cls` has under `name`: a function, a property or an attribute of instances."""
    found = inspect.getattr_static(cls, name, None)
    function = _function(found)
    if function is not None:
        try:
            lines, line = inspect.getsourcelines(function)
            header = parse_header("".join(lines))
            path = Path(inspect.getsourcefile(function) or "")
        except (OSError, TypeError, SyntaxError):
            return Member(Path(inspect.getfile(cls)), 1)
        return Member(path, line, header, isinstance(found, property | cached_property))
    return next((made for base in cls.__mro__ if (made := _assigned(base, name))), None)


def _function(found: Any) -> Any:
    """Return the function behind a method or property of any kind."""
    if isinstance(found, property):
        found = found.fget
    elif isinstance(found, cached_property):
        found = found.func
    elif isinstance(found, staticmethod | classmethod):
        found = found.__func__
    return inspect.unwrap(found) if callable(found) else None


def _assigned(cls: type, name: str) -> Member | None:
    """Return the first place where a class body annotates or sets `name`, or a method of it."""
    try:
        lines, first = inspect.getsourcelines(cls)
        tree = ast.parse(textwrap.dedent("".join(lines)))
        path = Path(inspect.getsourcefile(cls) or "")
    except (OSError, TypeError, SyntaxError):
        return None
    (body,) = tree.body
    for node in ast.walk(body):
        if _sets(node, name, body):
            return Member(path, first + getattr(node, "lineno", 1) - 1)
    return None


def _sets(node: ast.AST, name: str, body: ast.stmt) -> bool:
    """Return whether a node of a class sets or declares `name` for it or its instances."""
    if isinstance(node, ast.Attribute):
        return isinstance(node.ctx, ast.Store) and node.attr == name
    if node not in getattr(body, "body", ()):
        return False
    targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
    return any(isinstance(each, ast.Name) and each.id == name for each in targets)
