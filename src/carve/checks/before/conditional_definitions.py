"""No moved member is also bound under an `if`, by `+=`, `import` and the like in the body.

No moved member is also bound under an `if`, a `try` or a loop of the class body, or there by
`+=`, `import` and the like.

```python
import sys


class ConditionalStore:
    def summary(self) -> str: return "long"

    if sys.version_info >= (3, 12):
        def summary(self) -> str: return "short"
```
"""

import ast
from collections.abc import Iterator

from carve.errors import Finding
from carve.source.cut import Cut
from carve.source.members import Function, bound_by
from carve.workspace import Workspace


def find(cut: Cut, _: Workspace) -> Iterator[Finding]:
    """Yield each moved name with more than plain definitions, and each that shares one."""
    for member in cut.members:
        if member.name in cut.host.conditional and member.name not in cut.host.guarded:
            yield Finding(
                cut.module.path,
                member.line,
                f"{member.name!r} is also defined conditionally in the body of {cut.host.name}",
                "make one definition of it, or leave it where it is",
            )
    for node in cut.moved_nodes:
        for name in sorted(bound_by(node) - _own(node) - cut.member_names):
            yield Finding(
                cut.module.path,
                node.lineno,
                f"this statement moves, and it binds {name!r} as well, which stays",
                f"move {name!r} too, or give it a statement of its own",
            )


def _own(node: ast.stmt) -> set[str]:
    """Return the name of a function: a setter of another name belongs to its property."""
    return {node.name} if isinstance(node, Function) else set()
