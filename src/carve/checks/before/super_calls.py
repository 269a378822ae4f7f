"""Zero-argument `super()` finds the same method before and after, in what moves and what stays.

`super()` finds the same method before and after. The mixin comes directly after the host in
the resolution order, so `super().summary()` in code that stays would find the moved `summary`
instead of the one of a base. So would `super(Store, self).summary()`, in whichever class it
stands. In moved code, calls of `super` with arguments tie it to its class.

```python
class QuietStore(Store):
    def summary(self) -> str:
        return super(Store, self).__repr__()  # with `summary` for `__repr__`: refused
```
"""

import ast
from collections.abc import Iterable, Iterator

from carve.checks.spelling import Spelling, spellings
from carve.errors import Finding
from carve.source.cut import Cut
from carve.workspace import Workspace


def find(cut: Cut, workspace: Workspace) -> Iterator[Finding]:
    """Yield each `super().x` in staying code where x moves, and each explicit `super(...)`.

    The mixin comes directly after the host in the resolution order. So `super().x` in moved code
    goes on from the mixin to what it found before; in staying code it would now find the mixin.
    """
    for name, line in _super_attributes(cut.staying_nodes):
        if name in cut.member_names:
            yield Finding(
                cut.module.path,
                line,
                f"super().{name} in {cut.host.name} would now find {cut.target.name}.{name}",
                f"move this member as well, or leave {name!r}",
            )
    for node in cut.staying_nodes:
        for line in _as_value(node):
            yield Finding(
                cut.module.path,
                line,
                f"super() is used as a value in {cut.host.name}, so what it finds is not known",
                "write super().name with a plain name",
            )
    yield from _moved(cut)
    for spelling in spellings(cut, workspace):
        if "super" in spelling.module.source.text:
            yield from _from_outside(cut, spelling)


def _from_outside(cut: Cut, spelling: Spelling) -> Iterator[Finding]:
    """Yield each `super(God, ...)` in other classes that would now find the mixin."""
    moved = cut.member_names | ({"__init__"} if cut.attributes else set())
    own = spelling.module.path == cut.module.path
    first, last = cut.host.node.lineno, cut.host.node.end_lineno or 0
    read: dict[int, str] = {}
    for node in spelling.module.nodes:
        if isinstance(node, ast.Attribute):
            read[id(node.value)] = node.attr
        if not (_is_super(node) and isinstance(node, ast.Call) and node.args):
            continue
        name = read.get(id(node))
        inside = own and first <= node.lineno <= last
        if inside or not spelling.means(node.args[0]) or name not in {None, *moved}:
            continue
        yield Finding(
            spelling.module.path,
            node.lineno,
            f"super({cut.host.name}, ...).{name or 'name'} would now find {cut.target.name}."
            f"{name or 'name'}",
            "name the class that it is to find",
        )


def _moved(cut: Cut) -> Iterator[Finding]:
    for node in cut.moved_nodes:
        for inner in ast.walk(node):
            if isinstance(inner, ast.Name) and inner.id == "super" and not _called(node, inner):
                yield _explicit(cut, inner.lineno)
            if _is_super(inner) and isinstance(inner, ast.Call) and inner.args:
                yield _explicit(cut, inner.lineno)


def _explicit(cut: Cut, line: int) -> Finding:
    return Finding(
        cut.module.path,
        line,
        "super is used with arguments, or as a value, which ties the code to its class",
        "write super() without arguments, or leave this member",
    )


def _super_attributes(nodes: Iterable[ast.stmt]) -> Iterator[tuple[str, int]]:
    for node in nodes:
        for inner in ast.walk(node):
            if isinstance(inner, ast.Attribute) and _is_super(inner.value):
                yield inner.attr, inner.lineno


def _as_value(node: ast.stmt) -> Iterator[int]:
    """Yield the line of each `super` that is not `super(...).name`."""
    read = {
        id(inner.value.func)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Attribute) and isinstance(inner.value, ast.Call)
    }
    for inner in ast.walk(node):
        if isinstance(inner, ast.Name) and inner.id == "super" and id(inner) not in read:
            yield inner.lineno


def _is_super(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "super"
    )


def _called(tree: ast.AST, name: ast.Name) -> bool:
    return any(isinstance(node, ast.Call) and node.func is name for node in ast.walk(tree))
