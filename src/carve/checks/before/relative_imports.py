"""Relative imports inside moved bodies still lead to the same module.

Relative imports inside moved bodies still lead to the same module: `from .prices import price`
may only move within its package.

```python
class PricedStore:
    def summary(self) -> str:
        from .prices import price  # from shop.parts, this would be shop.parts.prices

        return str(price(self))
```
"""

import ast
from collections.abc import Iterator

from carve.errors import Finding
from carve.source.cut import Cut
from carve.workspace import Workspace


def find(cut: Cut, _: Workspace) -> Iterator[Finding]:
    """Yield each relative import in moved code when the mixin belongs to another package."""
    if cut.target.module.rpartition(".")[0] == cut.module.package:
        return
    for node in (*cut.moved_nodes, *(helper.node for helper in cut.helpers)):
        for inner in ast.walk(node):
            if isinstance(inner, ast.ImportFrom) and inner.level:
                yield Finding(
                    cut.module.path,
                    inner.lineno,
                    "this relative import starts from another package in the mixin's module",
                    f"write 'from {cut.module.absolute(inner)} import ...'",
                )
