"""No private method stays behind that only moved code uses: the list of members is incomplete.

No private method stays behind that only moved code uses. `_total` would be left in a class
that has no more use for it:

```python
class LonelyStore:
    def summary(self) -> str:  # moves
        return f"{self._total()} orders"

    def _total(self) -> int:  # stays
        return 3
```

List `_total` under `members`, or under `leaves` if the class is to keep it.
"""

import ast
from collections.abc import Iterator

from carve.errors import Finding
from carve.source.cut import Cut
from carve.workspace import Workspace


def find(cut: Cut, _: Workspace) -> Iterator[Finding]:
    """Yield each private method of the host whose last users move away from it.

    The mixin would work, but only in this one host, which keeps code that it no longer uses.
    """
    used_by_rest = {
        node.attr
        for statement in (*cut.staying_nodes, *_other_statements(cut))
        for node in ast.walk(statement)
        if isinstance(node, ast.Attribute)
    }
    for name in sorted(cut.offered - used_by_rest - cut.leaves):
        member = cut.host.members.get(name)
        if member is not None and member.functions and name.startswith("_"):
            yield Finding(
                cut.module.path,
                member.line,
                f"only moved code uses {name!r}, which stays in {cut.host.name}",
                f"list {name!r} under members:, or under leaves: if {cut.host.name} is to keep it",
            )


def _other_statements(cut: Cut) -> Iterator[ast.stmt]:
    moved = {id(helper.node) for helper in cut.helpers}
    for node in cut.module.tree.body:
        if node is not cut.host.node and id(node) not in moved:
            yield node
