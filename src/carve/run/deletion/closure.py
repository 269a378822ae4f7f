"""Which files below the roots decide what a module does: it, and all that it imports."""

import ast
from collections.abc import Iterable, Iterator

from carve.workspace import Workspace

__all__ = ["closure"]


def closure(workspace: Workspace, paths: Iterable[str]) -> list[str]:
    """Return `paths` with everything below the roots that they import, wherever they do, sorted.

    The packages on the way count, and so does an import inside of a function.
    """
    seen: set[str] = set()
    todo = [path for path in paths if workspace.exists(path)]
    while todo:
        path = todo.pop()
        if path in seen:
            continue
        seen.add(path)
        for name in _imported(workspace, path):
            found = workspace.path_of(name)
            if found is not None and found not in seen:
                todo.append(found)
    return sorted(seen)


def _imported(workspace: Workspace, path: str) -> Iterator[str]:
    try:
        tree = ast.parse(workspace.read(path) or b"")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    own = workspace.name_of(path)
    package = own if path.endswith("__init__.py") else own.rpartition(".")[0]
    names = {*_with_parents(own)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {part for alias in node.names for part in _with_parents(alias.name)}
        elif isinstance(node, ast.ImportFrom):
            base = _absolute(package, node)
            names |= {*_with_parents(base), *(f"{base}.{alias.name}" for alias in node.names)}
    yield from names


def _absolute(package: str, node: ast.ImportFrom) -> str:
    if not node.level:
        return node.module or ""
    parts = package.split(".")
    kept = parts[: len(parts) - node.level + 1]
    return ".".join([*kept, *([node.module] if node.module else [])])


def _with_parents(name: str) -> Iterator[str]:
    parts = name.split(".") if name else []
    yield from (".".join(parts[:end]) for end in range(1, len(parts) + 1))
