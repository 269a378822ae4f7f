"""A class attribute that moves holds a plain value, which cannot know the class it is set on.

A class attribute that moves holds a plain value. A call that is not known to return one may
set up a descriptor, which asks for the class that it is set on, or depend on the moment.

```python
class NamedField:
    def __set_name__(self, owner: type, name: str) -> None:
        self.path = f"{owner.__name__}.{name}"


class FieldStore:
    limit = NamedField()  # stays: its path would become "MixinLimit.limit"


assert FieldStore.limit.path == "FieldStore.limit"
```
"""

import ast
from collections.abc import Iterator

from carve.errors import Finding
from carve.source.cut import Cut
from carve.source.module import full_name
from carve.workspace import Workspace

# Calls whose result does not ask for its class, and whose moment does not matter.
_SAFE = frozenset(
    {
        *(f"builtins.{name}" for name in ("dict", "list", "set", "frozenset", "tuple", "range")),
        *(f"builtins.{name}" for name in ("int", "float", "str", "bytes", "bytearray", "object")),
        *("builtins.staticmethod", "builtins.classmethod", "builtins.property"),
        *("re.compile", "pathlib.Path", "pathlib.PurePath", "decimal.Decimal", "uuid.UUID"),
        *("collections.deque", "collections.defaultdict", "collections.OrderedDict"),
        *("collections.Counter", "datetime.timedelta", "types.MappingProxyType"),
        *("threading.Lock", "threading.RLock", "operator.attrgetter", "operator.itemgetter"),
    }
)


def find(cut: Cut, _: Workspace) -> Iterator[Finding]:
    """Yield each call in a moved class attribute that may set up a descriptor or an order."""
    for node in cut.moved_definitions:
        value = node.value if isinstance(node, ast.Assign | ast.AnnAssign) else None
        for inner in ast.walk(value) if value is not None else ():
            if isinstance(inner, ast.Call) and full_name(cut.module, inner.func) not in _SAFE:
                yield Finding(
                    cut.module.path,
                    inner.lineno,
                    f"the value calls {ast.unparse(inner.func)}(), whose result may ask for the "
                    "class it is set on (__set_name__) or depend on the moment",
                    "leave this attribute in the class",
                )
