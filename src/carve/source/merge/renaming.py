"""Give a method another name; whoever calls it by the old one goes on doing so."""

import ast
import re

from carve.source.members import Function, HostClass
from carve.source.merge.edits import Letters
from carve.source.module import Module
from carve.source.text import Source

__all__ = ["renamed"]


def renamed(host: HostClass, old: str, new: str) -> HostClass | str:
    """Return the class with the definition of a method renamed, or why it cannot be."""
    method = host.members[old].nodes[0]
    if not isinstance(method, Function) or len(host.members[old].nodes) > 1:
        return f"{old!r} is not one method"
    if method.decorator_list:
        return f"{old!r} is decorated, so that an alias of it would be another thing"
    if any(isinstance(node, ast.Name) and node.id == old for node in ast.walk(host.node)):
        return f"{old!r} is used by the class body itself"
    module = host.module
    start, end = Letters(module.source).span(method)
    found = re.compile(rf"(?:async\s+)?def\s+({old})\b").match(module.source.text, start, end)
    if found is None:
        return f"the definition of {old!r} is written in an unusual way"
    text = module.source.text[: found.start(1)] + new + module.source.text[found.end(1) :]
    made = Module(module.name, Source(module.path, text, module.source.encoding))
    node = made.class_named(host.name)
    return HostClass(made, node) if node is not None else f"{old!r} cannot be renamed"
