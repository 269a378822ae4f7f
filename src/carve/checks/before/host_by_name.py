"""Moved code names the host class only where it can look it up when it runs.

Moved code names the host class only where it can look it up when it runs: in methods, which
begin with an import of it then, and in annotations. Elsewhere the mixin's module would have to
import the host, which closes a circle; and `__class__` means the mixin there. `type(self)` and
`super()` without arguments say the same.

```python
class NamedStore:
    limit = 10

    def summary(self) -> str:  # moves, with `from shop.store import NamedStore` in it
        return f"at most {NamedStore.limit}"

    def kind(self) -> type:
        return __class__  # refused: in the mixin, that is the mixin
```
"""

import ast
from collections.abc import Iterator

from carve.errors import Finding
from carve.source.cut import Cut
from carve.source.names import names_in_annotations
from carve.workspace import Workspace


def find(cut: Cut, _: Workspace) -> Iterator[Finding]:
    """Yield each mention of the host class in moved code that cannot be looked up later."""
    known = {"__class__"}
    if cut.host.name not in cut.reach.late:
        known.add(cut.host.name)
    if cut.host.name in cut.reach.typed and cut.host.name not in cut.runtime_names:
        known.discard(cut.host.name)
    for node in (*cut.moved_nodes, *(helper.node for helper in cut.helpers)):
        for inner in ast.walk(node):
            if isinstance(inner, ast.Name) and inner.id in known:
                yield Finding(
                    cut.module.path,
                    inner.lineno,
                    f"moved code names {inner.id!r}, which the mixin cannot import or means "
                    "the mixin there",
                    "write type(self) or zero-argument super(), or leave this member",
                )
        for name, line in names_in_annotations(node):
            if name == cut.host.name and name not in cut.reach.typed:
                yield Finding(
                    cut.module.path,
                    line,
                    f"an annotation in moved code names {name!r}, which the mixin cannot import",
                    "annotate it with typing.Self or a protocol, or leave this member",
                )
