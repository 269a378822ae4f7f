"""The mixin's module does not lead back, import by import, to the module that now needs it.

The mixin's module does not lead back, import by import, to the module that now needs it. The
packages on the way count: importing `shop.parts.summary` runs `shop/parts/__init__.py`.

```text
importing the mixin leads back to the class: shop.mixin_summary -> shop.reports -> shop.store
```
"""

import ast
from collections.abc import Iterator

from carve.errors import Finding
from carve.source.extraction import Extraction
from carve.source.module import Module, is_type_checking
from carve.workspace import Workspace


def find(done: Extraction, workspace: Workspace) -> Iterator[Finding]:
    """Yield the chain of imports from the mixin back to the host, when there is one.

    The packages that hold the mixin are not followed: Python has begun to import them before.
    """
    start, goal = done.mixin_module.name, done.before.name
    came_from: dict[str, str] = {}
    todo = [start]
    while todo:
        name = todo.pop()
        for other in _imported(_module(name, workspace)):
            if other not in came_from and other != start and not start.startswith(f"{other}."):
                came_from[other] = name
                todo.append(other)
    if goal in came_from:
        chain = [goal]
        while chain[-1] != start:
            chain.append(came_from[chain[-1]])
        yield Finding(
            done.mixin_source.path,
            1,
            f"importing the mixin leads back to the class: {' -> '.join(reversed(chain))}",
            "choose a package for the mixin that does not import the class's module, or import "
            "what closes the circle inside the function that needs it",
        )


def _module(name: str, workspace: Workspace) -> Module | None:
    path = workspace.path_of(name)
    return workspace.module_at(path) if path else None


def _imported(module: Module | None) -> Iterator[str]:
    """Yield the modules that importing `module` runs, packages on the way included."""
    if module is None:
        return
    parts = module.name.split(".")
    yield from (".".join(parts[:end]) for end in range(1, len(parts)))
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
            for field in ("body", "orelse", "finalbody"):
                yield from _run_on_import(getattr(node, field, []))
            for handler in getattr(node, "handlers", []):
                yield from _run_on_import(handler.body)
