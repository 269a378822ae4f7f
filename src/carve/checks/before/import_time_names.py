"""Nothing lists the names of the module while it is imported: the mixin would be a new one."""

import ast
from collections.abc import Iterator

from carve.errors import Finding
from carve.source.cut import Cut
from carve.source.members import Function, header
from carve.workspace import Workspace

_NAMESPACES = frozenset({"globals", "locals", "vars", "dir"})


def find(cut: Cut, _: Workspace) -> Iterator[Finding]:
    """Yield each call at the top level, or in the class body, that lists the names around it."""
    for node in _run_on_import(cut.module.tree.body):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in _NAMESPACES
            and not node.args
        ):
            yield Finding(
                cut.module.path,
                node.lineno,
                f"{node.func.id}() is called while the module is imported, and would now see "
                f"{cut.target.name} or miss what moved",
                "name what is meant, for example in a literal __all__",
            )


def _run_on_import(body: list[ast.stmt]) -> Iterator[ast.AST]:
    todo: list[ast.AST] = list(body)
    while todo:
        node = todo.pop()
        yield node
        if isinstance(node, Function):
            todo += header(node)
        elif not isinstance(node, ast.Lambda):
            todo += ast.iter_child_nodes(node)
