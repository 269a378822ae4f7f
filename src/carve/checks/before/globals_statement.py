"""Moved code does not rebind module globals and does not look at its own module.

Moved code neither rebinds a global of its module nor looks at the module itself, by
`globals()`, `__name__`, `__file__` and the like: in another module they mean something else.

```python
orders = 0


class CountingStore:
    def add(self, name: str) -> None:
        global orders  # in the mixin's module there would be a second `orders`
        orders += 1
```
"""

import ast
from collections.abc import Iterator

from carve.errors import Finding
from carve.source.cut import Cut
from carve.workspace import Workspace

_OWN_MODULE = frozenset(
    {"__name__", "__file__", "__package__", "__spec__", "__doc__", "__loader__", "__path__"}
)
_NAMESPACES = frozenset({"globals", "exec", "eval"})


def find(cut: Cut, _: Workspace) -> Iterator[Finding]:
    """Yield each `global` statement, each look at `__name__` and the like, each `globals()`."""
    parts = [*cut.moved_nodes, *(helper.node for helper in cut.helpers)]
    parts += [attribute.node for attribute in cut.attributes]
    for inner in (inner for node in parts for inner in ast.walk(node)):
        if isinstance(inner, ast.Global):
            yield _finding(cut, inner.lineno, f"rebinds the global {inner.names[0]!r}")
        elif isinstance(inner, ast.Name) and inner.id in _OWN_MODULE:
            yield _finding(cut, inner.lineno, f"reads {inner.id}, which differs in the new module")
        elif (
            isinstance(inner, ast.Call)
            and isinstance(inner.func, ast.Name)
            and inner.func.id in _NAMESPACES
        ):
            yield _finding(cut, inner.lineno, f"calls {inner.func.id}(), which sees its module")


def _finding(cut: Cut, line: int, what: str) -> Finding:
    return Finding(
        cut.module.path,
        line,
        f"moved code {what}",
        "pass the value in, keep it in a module that both import, or leave this member",
    )
