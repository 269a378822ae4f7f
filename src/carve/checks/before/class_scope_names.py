"""Nothing that runs with the class body crosses the cut: decorators, defaults, aliases.

Nothing that runs together with the class body crosses the cut: decorators, defaults,
annotations, aliases.

```python
class AliasStore:
    limit = 10

    def summary(self, most: int = limit) -> str:  # `limit` is looked up while the class is made
        return "nothing yet"
```
"""

import ast
from collections.abc import Iterator

from carve.errors import Finding
from carve.source.cut import Cut
from carve.source.members import Function, header
from carve.workspace import Workspace


def find(cut: Cut, _: Workspace) -> Iterator[Finding]:
    """Yield each name of the class body that is used across the cut while the body runs."""
    staying = frozenset(cut.host.members) | cut.host.conditional
    staying -= cut.member_names
    for node in cut.moved_nodes:
        for name, line in _used_by_header(node):
            if name in staying:
                yield _finding(cut, line, name, "stays in the class", f"move {name!r} as well")
    for node in cut.staying_nodes:
        for name, line in _used_by_header(node):
            if name in cut.member_names:
                yield _finding(cut, line, name, "moves to the mixin", f"leave {name!r}")


def _finding(cut: Cut, line: int, name: str, where: str, instead: str) -> Finding:
    return Finding(
        cut.module.path,
        line,
        f"the class body uses {name!r} while it runs, and that name {where}",
        instead,
    )


def _used_by_header(node: ast.stmt) -> Iterator[tuple[str, int]]:
    parts = header(node) if isinstance(node, Function | ast.ClassDef) else [node]
    for part in parts:
        for inner in ast.walk(part):
            if isinstance(inner, ast.Name):
                yield inner.id, inner.lineno
