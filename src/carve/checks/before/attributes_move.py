"""An `__init__` attribute moves only when the moment of its assignment cannot matter."""

import ast
from collections.abc import Iterator

from carve.errors import Finding
from carve.source.attributes import Attribute, run_before
from carve.source.cut import Cut
from carve.source.members import HostClass
from carve.workspace import Workspace


def find(cut: Cut, workspace: Workspace) -> Iterator[Finding]:
    """Yield each attribute that must stay, and each constructor that would not reach the mixin's.

    The mixin assigns in its own `__init__`, after `super().__init__(...)`: earlier than the host
    did, and later than every base. So the value may not need anything, and every constructor from
    the host down to the mixin must call the next one.
    """
    for attribute in cut.attributes:
        if attribute.objection:
            yield Finding(
                cut.module.path,
                attribute.line,
                f"{attribute.name!r} cannot move: {attribute.objection}",
                "leave it in the constructor, or make it a plain value there first",
            )
    moved = {attribute.name for attribute in cut.attributes}
    lineage = workspace.lineage(cut.host)[0] if moved else []
    for attribute in cut.attributes:
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
