"""The functions of the tree that a piece of code names, and those that these name in turn.

More is found than is called: a method counts for every object, where its name is that of any
function in the same module.
"""

import ast
from collections.abc import Iterator

from carve.source.members import Function
from carve.source.module import Module, full_name
from carve.workspace import Workspace

__all__ = ["meant", "reached"]

_STEPS = 5  # of a name that one module after another hands on


def reached(module: Module, node: ast.AST, workspace: Workspace) -> Iterator[ast.AST]:
    """Yield the node and each function of the tree that can be reached from it by name."""
    seen: set[int] = set()
    left: list[tuple[Module, ast.AST]] = [(module, node)]
    while left:
        owner, part = left.pop()
        if id(part) in seen:
            continue
        seen.add(id(part))
        yield part
        for inner in ast.walk(part):
            if isinstance(inner, ast.Name | ast.Attribute):
                left += meant(owner, inner, workspace)
            elif isinstance(inner, ast.ImportFrom):  # where it is used, out of sight of the module
                source = owner.absolute(inner)
                for alias in inner.names:
                    left += _elsewhere(f"{source}.{alias.name}", workspace)


def meant(module: Module, name: ast.expr, workspace: Workspace) -> list[tuple[Module, ast.AST]]:
    """Return the functions of the tree that a name may mean, near ones before others."""
    if not isinstance(name, ast.Name | ast.Attribute):
        return []
    last = name.attr if isinstance(name, ast.Attribute) else name.id
    near = [(module, each) for each in _functions(module, last)]
    return near or _elsewhere(full_name(module, name), workspace)


def _elsewhere(text: str, workspace: Workspace) -> list[tuple[Module, ast.AST]]:
    for _ in range(_STEPS):
        owner, _, last = text.rpartition(".")
        path = workspace.path_of(owner) if owner else None
        if path is None:
            return []
        module = workspace.module_at(path)
        found = _functions(module, last)
        text, before = full_name(module, ast.Name(last)), text
        if found or text == before:
            return [(module, each) for each in found]
    return []


def _functions(module: Module, name: str) -> list[ast.AST]:
    """Return all functions of that name; of a class, those by which it is made."""
    found: list[ast.AST] = []
    for each in ast.walk(module.tree):
        if isinstance(each, Function) and each.name == name:
            found.append(each)
        elif isinstance(each, ast.ClassDef) and each.name == name:
            made = (part for part in each.body if isinstance(part, Function))
            found += [part for part in made if part.name in ("__new__", "__init__")]
    return found
