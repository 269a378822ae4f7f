"""In every subclass the mixin comes directly after the host, as if the host were still whole.

In every subclass the mixin comes directly after the host. A subclass that names the host, by
whatever name, between two other bases is refused, because one of them could come between the
host and its mixin.

```python
class Audited: ...


class Reported(Audited): ...


class AuditedStore(Reported, Store, Audited): ...  # Store, then Audited, then the mixin
```
"""

import ast
from collections.abc import Iterator

from carve.checks.spelling import spellings
from carve.errors import Finding
from carve.source.cut import Cut
from carve.workspace import Workspace


def find(cut: Cut, workspace: Workspace) -> Iterator[Finding]:
    """Yield each class that names the host between two other bases.

    There Python may put a later base, which an earlier one inherits as well, between the host and
    its mixin: `class Sub(A, Host, B)` with `class A(B)` gives Sub, A, Host, B, mixin.
    """
    for spelling in spellings(cut, workspace):
        for node in spelling.module.nodes:
            if isinstance(node, ast.ClassDef) and any(map(spelling.means, node.bases[1:-1])):
                yield Finding(
                    spelling.module.path,
                    node.lineno,
                    f"{node.name} names {cut.host.name} between other bases, and one of them "
                    f"could come between {cut.host.name} and {cut.target.name}",
                    f"make {cut.host.name} the first or the last base of {node.name}",
                )
