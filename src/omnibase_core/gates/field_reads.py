"""Which settings a mixin reads, in its own module and in its helpers."""

import ast
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Final

from omnibase_core.gates.tree import Tree

__all__ = ["names_read"]

_HELPERS: Final = "omnibase_core.utils"
_BY_NAME: Final = frozenset({"getattr", "attrgetter"})


def names_read(tree: Tree, module: Path) -> frozenset[str]:
    """Return every setting that a mixin's module reads, or a helper that it imports.

    A setting is an attribute of what is called `settings`, or ends in `_settings`: an input has
    a `max_retries` as well. Helpers are modules under `utils`, and those under `utils` that
    they import in turn. A module that is no Python reads nothing.
    """
    seen = {module: None}
    names: set[str] = set()
    for path in (found := [module]):
        read, imported = _facts(path, path.stat().st_mtime_ns)
        names |= read
        for name in sorted(imported):
            helper = tree.file_of(name)
            if helper is not None and helper not in seen:
                seen[helper] = None
                found.append(helper)
    return frozenset(names)


@lru_cache(maxsize=512)
def _facts(path: Path, _changed: int) -> tuple[frozenset[str], frozenset[str]]:
    """Return the names that a module reads and the helpers that it imports."""
    try:
        nodes = list(ast.walk(ast.parse(path.read_bytes())))
    except (SyntaxError, ValueError):
        return frozenset(), frozenset()
    read = frozenset(name for node in nodes for name in _read(node))
    return read, frozenset(name for node in nodes for name in _imported(node))


def _read(node: ast.AST) -> Iterator[str]:
    """Yield the setting that a node reads, be it by its name in a string."""
    if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load):
        if _are_settings(node.value):
            yield node.attr
    elif isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in _BY_NAME:
        for argument in node.args:
            if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                yield from argument.value.split(".")


def _are_settings(owner: ast.expr) -> bool:
    name = getattr(owner, "attr", getattr(owner, "id", ""))
    return name == "settings" or name.endswith("_settings")


def _imported(node: ast.AST) -> Iterator[str]:
    """Yield the modules under `utils` that a statement may import; not all of them exist."""
    names: list[str] = []
    if isinstance(node, ast.Import):
        names = [each.name for each in node.names]
    elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
        names = [node.module, *(f"{node.module}.{each.name}" for each in node.names)]
    yield from (name for name in names if name.startswith(f"{_HELPERS}."))
