"""A statement of `__init__` moves only when its moment stays the same, or cannot matter.

A statement of `__init__` moves only when its moment stays the same, or cannot matter. The
mixin's constructor ends just before the rest of the host's runs, so what follows
`super().__init__(...)` directly may move, in one piece, whatever it needs of the instance.
Anything further down would run earlier than before: it moves only as an assignment whose value
needs no parameter and no other attribute, and which no constructor of a base uses; a value
that is computed by a call moves past plain values alone. What is conditional stays, and so
does what needs a parameter.

```python
class AttributeStore:
    def __init__(self, name: str) -> None:
        super().__init__()
        self.clock = self.start()  # follows the bases directly: may move
        self.label = name.title()  # needs a parameter: stays
        self.orders: list[str] = []  # plain: may move
```
"""

import ast
from collections.abc import Iterator

from carve.errors import Finding
from carve.source.attributes import Attribute, attributes, run_before
from carve.source.cut import Cut
from carve.source.members import HostClass
from carve.workspace import Workspace


def find(cut: Cut, workspace: Workspace) -> Iterator[Finding]:
    """Yield each statement that must stay, and each constructor that would not reach the mixin's.

    The mixin's `__init__` runs `super().__init__(...)` first and ends just before the rest of the
    host's. What follows `super().__init__` directly in the host keeps its moment, then; anything
    else runs earlier than before, so its value may not need anything.
    """
    late = [attribute for attribute in cut.attributes if attribute.name not in cut.leading]
    moved = {attribute.name for attribute in late}
    lineage = workspace.lineage(cut.host)[0] if late else []
    for attribute in cut.attributes:
        yield from _held_back(cut, attribute, lineage)
    for attribute in late:
        yield from _touched_before(cut, attribute, lineage)
    yield from _order_is_seen(cut, lineage)
    for owner in lineage[1:]:
        init = owner.init
        for inner in ast.walk(init) if init is not None else ():
            if isinstance(inner, ast.Attribute) and inner.attr in moved:
                yield Finding(
                    owner.module.path,
                    inner.lineno,
                    f"the constructor of {owner.name} uses {inner.attr!r} as well",
                    f"leave {inner.attr!r} where it is",
                )


def _held_back(cut: Cut, attribute: Attribute, lineage: list[HostClass]) -> Iterator[Finding]:
    reason = attribute.objection
    instead = "leave it in the constructor, or make it a plain value there first"
    waits = attribute.name not in cut.leading and not _passes(cut, attribute, lineage)
    if reason is None and waits:
        reason = attribute.moment
        instead = "leave it, or move all that stands between super().__init__(...) and it as well"
    if reason is not None:
        yield Finding(
            cut.module.path,
            attribute.line,
            f"{attribute.name!r} cannot move: {reason}",
            instead,
        )


def _passes(cut: Cut, attribute: Attribute, lineage: list[HostClass]) -> bool:
    """Tell whether only plain values are assigned before a value that cannot come to them."""
    value = attribute.node.value
    strange = (ast.Await, ast.Yield, ast.YieldFrom, ast.NamedExpr, ast.Lambda)
    for inner in ast.walk(value) if value is not None else ():
        if isinstance(inner, strange) or (isinstance(inner, ast.Name) and inner.id == cut.this):
            return False
    init = cut.host.init
    if init is None or value is None or attribute.is_call:
        return False
    # What the class itself defines may be a property, whose setter runs code.
    defined = {name for owner in lineage for name in owner.members}
    plain = [a for a in attributes(cut.host).values() if a.moment is None]
    harmless = {id(a.node) for a in plain if a.name not in defined}
    harmless |= {id(a.node) for a in cut.attributes}
    return all(id(node) in harmless for node in run_before(init, attribute.node))


def _touched_before(cut: Cut, attribute: Attribute, lineage: list[HostClass]) -> Iterator[Finding]:
    """Yield the first statement between `super().__init__` and the assignment that may meet it."""
    init = cut.host.init
    moved = {id(other.node) for other in cut.attributes}
    for node in run_before(init, attribute.node) if init is not None else []:
        if id(node) in moved or init is None:
            continue
        used = _reached(node, init.args.args[0].arg, lineage)
        if used is None or attribute.name in used:
            yield Finding(
                cut.module.path,
                node.lineno,
                f"this runs before {attribute.name!r} is assigned, and may read or assign it",
                f"assign {attribute.name!r} directly after super().__init__(...)",
            )
            return


def _reached(node: ast.stmt, this: str, lineage: list[HostClass]) -> set[str] | None:
    """Return the attribute names that the statement can come to; None if `self` is handed on."""
    read = {id(inner.value) for inner in ast.walk(node) if isinstance(inner, ast.Attribute)}
    for inner in ast.walk(node):
        if isinstance(inner, ast.Name) and inner.id == this and id(inner) not in read:
            return None
    found: set[str] = set()
    todo = _names(node)
    while todo:
        name = todo.pop()
        found.add(name)
        for member in (owner.members.get(name) for owner in lineage):
            for part in member.nodes if member is not None else ():
                todo |= _names(part) - found
    return found


def _names(node: ast.AST) -> set[str]:
    """Return the attributes and the texts in the code: `getattr` takes a text."""
    attributes = {inner.attr for inner in ast.walk(node) if isinstance(inner, ast.Attribute)}
    texts = {inner.value for inner in ast.walk(node) if isinstance(inner, ast.Constant)}
    return attributes | {text for text in texts if isinstance(text, str) and text.isidentifier()}


def _order_is_seen(cut: Cut, lineage: list[HostClass]) -> Iterator[Finding]:
    """Yield each place at which the class sees its attributes being set, or lists them."""
    for owner in lineage:
        for inner in ast.walk(owner.node):
            listed = isinstance(inner, ast.Attribute) and inner.attr == "__dict__"
            listed |= isinstance(inner, ast.Name) and inner.id == "vars"
            if listed or getattr(inner, "name", None) == "__setattr__":
                yield Finding(
                    owner.module.path,
                    inner.lineno,  # type: ignore[attr-defined]
                    f"{owner.name} sees the order in which attributes are assigned, and moving "
                    f"{cut.attributes[0].name!r} changes it",
                    "leave the attributes in the constructor",
                )
