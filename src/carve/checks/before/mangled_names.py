"""No private name (`__x`) is in moved code: Python mangles it with the name of the class.

No private name is in moved code, for Python puts the name of the class into it: `self.__total`
is `_Store__total` in `Store` and `_MixinSummary__total` in the mixin.

```python
class PrivateStore:
    __total = 3

    def summary(self) -> int:
        return self.__total


assert hasattr(PrivateStore, "_PrivateStore__total")
```
"""

from collections.abc import Iterator

from carve.errors import Finding
from carve.source.cut import Cut
from carve.source.names import mangled
from carve.workspace import Workspace


def find(cut: Cut, _: Workspace) -> Iterator[Finding]:
    """Yield each mangled name in moved code; it would belong to the mixin afterwards."""
    moved = [*cut.moved_nodes, *(attribute.node for attribute in cut.attributes)]
    for name, line in mangled(moved).items():
        yield Finding(
            cut.module.path,
            line,
            f"{name!r} means '_{cut.host.name}{name}' here and "
            f"'_{cut.target.name}{name}' in the mixin",
            f"rename it with one underscore, or leave every member that uses {name!r}",
        )
