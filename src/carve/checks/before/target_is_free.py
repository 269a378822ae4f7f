"""The mixin's module is new, lies below a root, and hides no other module.

The mixin's module is new, lies below an import root, and hides no other module.

`to: shop.store:MixinSummary` is refused, as `shop.store` exists. So is `to: json:MixinSummary`
at the top of a root, which would hide the standard library's `json`.

```text
carve extract src/shop/store.py:Store --members summary --to shop.store:MixinSummary
refused: the module shop.store exists already (src/shop/store.py)
```
"""

import sys
from collections.abc import Iterator

from carve.errors import Finding
from carve.source.cut import Cut
from carve.workspace import Workspace


def find(cut: Cut, workspace: Workspace) -> Iterator[Finding]:
    """Yield what stands in the way of creating the mixin's module."""
    known = workspace.path_of(cut.target.module)
    if known is not None:
        yield _finding(
            cut,
            f"the module {cut.target.module} exists already ({known})",
            "extract into a module that does not exist yet",
        )
    package = cut.target.module.rpartition(".")[0]
    if package and workspace.path_of(package) is None:
        yield _finding(
            cut,
            f"there is no package {package} to put {cut.target.name} into",
            f"create it with an __init__.py below {', '.join(workspace.roots)}",
        )
    if not package and cut.target.module in sys.stdlib_module_names:
        yield _finding(
            cut,
            f"{cut.target.module!r} would hide the standard library's module",
            "choose another module name",
        )
    if cut.target.name in cut.module.bindings:
        yield _finding(
            cut,
            f"{cut.module.name} binds the name {cut.target.name!r} already",
            "choose another name for the mixin",
        )


def _finding(cut: Cut, message: str, instead: str) -> Finding:
    return Finding(cut.module.path, cut.host.node.lineno, message, instead)
