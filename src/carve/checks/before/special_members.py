"""No moved member is one that Python reads from the very class, or only together with another.

No moved member is one that Python looks up in the very class (`__new__`, `__slots__`,
`__doc__`, ...). `__init__` moves whole, with all that it assigns, or stays. `__eq__` and
`__hash__` go together, because a class with the first and without the second cannot be hashed.
A class of the body stays, as its full name is in its repr and in what is pickled.

```python
class NestedStore:
    class Line:  # stays: moved code finds it as self.Line
        pass


assert NestedStore.Line.__qualname__ == "NestedStore.Line"
```
"""

import ast
from collections.abc import Iterator

from carve.errors import Finding
from carve.source.cut import Cut
from carve.workspace import Workspace

_OWN = frozenset(
    {
        *("__new__", "__init_subclass__", "__class_getitem__", "__slots__"),
        *("__annotations__", "__doc__", "__module__", "__qualname__", "__match_args__"),
        *("__set_name__", "__prepare__", "__del__"),
    }
)
_TOGETHER = frozenset({"__eq__", "__hash__"})


def find(cut: Cut, _: Workspace) -> Iterator[Finding]:
    """Yield each such member, and what goes only together, or only apart."""
    for member in cut.members:
        if member.name in _OWN:
            yield Finding(
                cut.module.path,
                member.line,
                f"{member.name!r} belongs to the class that Python finds it in",
                "leave it; move what it calls instead",
            )
    yield from _classes(cut)
    if "__init__" in cut.member_names and cut.attributes:
        yield Finding(
            cut.module.path,
            cut.attributes[0].line,
            f"{cut.attributes[0].name!r} is moved out of __init__, which moves itself",
            "name only __init__: its statements go with it",
        )
    defined = _TOGETHER & set(cut.host.members)
    if len(defined) > 1 and len(defined & cut.member_names) == 1:
        name = next(iter(defined & cut.member_names))
        yield Finding(
            cut.module.path,
            cut.host.members[name].line,
            "a class that defines __eq__ without __hash__ is not hashable",
            "move both, or leave both",
        )


def _classes(cut: Cut) -> Iterator[Finding]:
    """Yield each class of the body: its `__qualname__` is in its repr, and in what is pickled."""
    for node in cut.moved_nodes:
        if isinstance(node, ast.ClassDef):
            yield Finding(
                cut.module.path,
                node.lineno,
                f"{node.name!r} is a class, and what it is called would change: "
                f"{cut.host.name}.{node.name} is in its repr and in what is pickled",
                f"leave it: moved code reaches it as self.{node.name}",
            )
