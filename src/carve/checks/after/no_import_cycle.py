"""The mixin's module does not lead back, import by import, to the module that now needs it.

The mixin's module does not lead back, import by import, to the module that now needs it. The
packages on the way count: importing `shop.parts.summary` runs `shop/parts/__init__.py`.

```text
importing the mixin leads back to the class: shop.mixin_summary -> shop.reports -> shop.store
```
"""

from collections.abc import Iterator

from carve.errors import Finding
from carve.source.extraction import Extraction
from carve.source.moving.importing import way
from carve.workspace import Workspace


def find(done: Extraction, workspace: Workspace) -> Iterator[Finding]:
    """Yield the chain of imports from the mixin back to the host, when there is one."""
    if chain := way(workspace, done.mixin_module.name, done.before.name):
        yield Finding(
            done.mixin_source.path,
            1,
            f"importing the mixin leads back to the class: {' -> '.join(chain)}",
            "choose a package for the mixin that does not import the class's module, or import "
            "what closes the circle inside the function that needs it",
        )
