"""Follow imports from module to module, as Python does when it imports the first of them."""

import ast
from collections.abc import Iterator

from carve.source.module import Module, is_type_checking
from carve.source.references.files import Files

__all__ = ["imported", "way"]


def way(files: Files, start: str, goal: str) -> list[str]:
    """Return the modules through which importing `start` leads to `goal`; none if it does not.

    The packages that hold `start` are not followed: Python has begun to import them before.
    """
    came_from: dict[str, str] = {}
    todo = [start]
    while todo:
        name = todo.pop()
        path = files.path_of(name)
        for other in imported(files.module_at(path)) if path else ():
            if other not in came_from and other != start and not start.startswith(f"{other}."):
                came_from[other] = name
                todo.append(other)
    if goal not in came_from:
        return []
    chain = [goal]
    while chain[-1] != start:
        chain.append(came_from[chain[-1]])
    return chain[::-1]


def imported(module: Module) -> Iterator[str]:
    """Yield the modules that importing `module` runs, packages on the way included."""
    for node in _run_on_import(module.tree.body):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield from _with_parents(alias.name)
        else:
            base = module.absolute(node)
            yield from _with_parents(base)
            yield from (f"{base}.{alias.name}" for alias in node.names)


def _with_parents(name: str) -> Iterator[str]:
    parts = name.split(".")
    yield from (".".join(parts[:end]) for end in range(1, len(parts) + 1))


def _run_on_import(body: list[ast.stmt]) -> Iterator[ast.Import | ast.ImportFrom]:
    for node in body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield node
        elif not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not is_type_checking(
            node
        ):
            for block in ("body", "orelse", "finalbody"):
                yield from _run_on_import(getattr(node, block, []))
            for handler in getattr(node, "handlers", []):
                yield from _run_on_import(handler.body)
