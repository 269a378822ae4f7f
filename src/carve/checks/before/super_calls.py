"""Zero-argument `super()` finds the same method before and after, in what moves and what stays."""

import ast
from collections.abc import Iterable, Iterator

from carve.errors import Finding
from carve.source.cut import Cut
from carve.workspace import Workspace


def find(cut: Cut, _: Workspace) -> Iterator[Finding]:
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
