"""Decorators of moved members only wrap: none registers the function or looks at its class.

Decorators of moved members only wrap. One that is not known to be of that kind may register
the function when it is imported, in an order that would change; `abstractmethod` would make
the host abstract.

```python
handlers = []


class RegisteringStore:
    @handlers.append
    def summary(self) -> str: ...
```
"""

import ast
from collections.abc import Iterator

from carve.checks.wrapping import only_wraps
from carve.errors import Finding
from carve.source.cut import Cut
from carve.source.module import full_name
from carve.workspace import Workspace

_SAFE = frozenset(
    {
        *("builtins.property", "builtins.staticmethod", "builtins.classmethod"),
        *("functools.cached_property", "functools.cache", "functools.lru_cache"),
        *("functools.wraps", "functools.singledispatchmethod"),
        *("contextlib.contextmanager", "contextlib.asynccontextmanager"),
        *(
            f"{module}.{name}"
            for module in ("typing", "typing_extensions")
            for name in ("overload", "override", "final", "no_type_check")
        ),
    }
)
_OF_MEMBER = frozenset({"setter", "getter", "deleter", "register"})


def find(cut: Cut, workspace: Workspace) -> Iterator[Finding]:
    """Yield each decorator that is not known to be safe to run in another class body."""
    for node in cut.moved_definitions:
        for decorator in getattr(node, "decorator_list", []):
            called = decorator.func if isinstance(decorator, ast.Call) else decorator
            if _belongs_to_member(called, cut) or full_name(cut.module, called) in _SAFE:
                continue
            if only_wraps(cut.module, decorator, workspace):
                continue
            reason = "may register the function when it is imported"
            if ast.unparse(called).rpartition(".")[2].startswith("abstract"):
                reason = "makes the host abstract, which a plain mixin would not"
            yield Finding(
                cut.module.path,
                decorator.lineno,
                f"the decorator @{ast.unparse(called)} {reason}",
                "leave this member in the class",
            )


def _belongs_to_member(called: ast.expr, cut: Cut) -> bool:
    """Tell whether it is `@total.setter`, with `total` a member that moves as well."""
    if not isinstance(called, ast.Attribute) or called.attr not in _OF_MEMBER:
        return False
    owner = called.value
    return isinstance(owner, ast.Name) and owner.id in cut.member_names
