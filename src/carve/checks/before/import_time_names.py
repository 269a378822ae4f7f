"""Nothing lists the names of the module while it is imported: the mixin would be a new one.

Nothing lists the names of the module or of the class body while the module is imported. The
list would now hold the mixin, or miss what moved.

```python
constants = [name for name in dir() if name.isupper()]  # in the host's module: refused
```
"""

import ast
from collections.abc import Iterator

from carve.errors import Finding
from carve.source.cut import Cut
from carve.source.members import Function, header
from carve.workspace import Workspace

_NAMESPACES = frozenset({"globals", "locals", "vars", "dir"})


def find(cut: Cut, _: Workspace) -> Iterator[Finding]:
    """Yield each call at the top level, or in the class body, that lists the names around it."""
    elsewhere = set(_in_other_classes(cut))
    for node in _run_on_import(cut.module.tree.body):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in _NAMESPACES
            and not node.args
            and (id(node) not in elsewhere or node.func.id == "globals")
        ):
            yield Finding(
                cut.module.path,
                node.lineno,
                f"{node.func.id}() is called while the module is imported, and would now see "
                f"{cut.target.name} or miss what moved",
                "name what is meant, for example in a literal __all__",
            )


def _in_other_classes(cut: Cut) -> Iterator[int]:
    """Yield what stands in the bodies of other classes: there, only those are listed."""
    for node in cut.module.tree.body:
        if isinstance(node, ast.ClassDef) and node is not cut.host.node:
            for each in node.body:
                yield from (id(inner) for inner in ast.walk(each))


def _run_on_import(body: list[ast.stmt]) -> Iterator[ast.AST]:
    todo: list[ast.AST] = list(body)
    while todo:
        node = todo.pop()
        yield node
        if isinstance(node, Function):
            todo += header(node)
        elif not isinstance(node, ast.Lambda):
            todo += ast.iter_child_nodes(node)
