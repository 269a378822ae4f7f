"""Moved statements have their lines for themselves: no semicolons, no body on the `class` line.

A statement that moves has its lines for itself.

```python
class CrowdedStore:
    limit = 10; lowest = 0  # moving `limit` would tear this line
```
"""

import ast
import itertools
from collections.abc import Iterator

from carve.errors import Finding
from carve.source.cut import Cut
from carve.workspace import Workspace


def find(cut: Cut, _: Workspace) -> Iterator[Finding]:
    """Yield each statement that shares a line with one that moves, or with an import."""
    body = cut.host.node.body
    init = cut.host.init
    moved = {id(node) for node in cut.moved_nodes}
    moved |= {id(attribute.node) for attribute in cut.attributes}
    moved |= {id(helper.node) for helper in cut.helpers}
    for block in (body, cut.module.tree.body, init.body if init else []):
        for first, second in itertools.pairwise(block):
            shared = first.end_lineno == second.lineno
            if shared and {id(first), id(second)} & moved | _imports(first, second):
                yield _finding(cut, second.lineno)
    if body[0].lineno == cut.host.node.lineno and cut.members:
        yield _finding(cut, body[0].lineno)


def _imports(first: ast.stmt, second: ast.stmt) -> set[int]:
    return {id(node) for node in (first, second) if isinstance(node, ast.Import | ast.ImportFrom)}


def _finding(cut: Cut, line: int) -> Finding:
    return Finding(
        cut.module.path,
        line,
        "two statements share this line, and one of them has to move or to change",
        "give each statement a line of its own",
    )
