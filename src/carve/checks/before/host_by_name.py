"""Moved code does not name the host class, neither by its name nor as `__class__`."""

import ast
from collections.abc import Iterator

from carve.errors import Finding
from carve.source.cut import Cut
from carve.source.names import names_in_annotations
from carve.workspace import Workspace


def find(cut: Cut, _: Workspace) -> Iterator[Finding]:
    """Yield each mention of the host class in moved code."""
    for node in (*cut.moved_nodes, *(helper.node for helper in cut.helpers)):
        for inner in ast.walk(node):
            if isinstance(inner, ast.Name) and inner.id in (cut.host.name, "__class__"):
                yield Finding(
                    cut.module.path,
                    inner.lineno,
                    f"moved code names {inner.id!r}, which the mixin cannot import or means "
                    "the mixin there",
                    "write type(self) or zero-argument super(), or leave this member",
                )
        for name, line in names_in_annotations(node):
            if name == cut.host.name:
                yield Finding(
                    cut.module.path,
                    line,
                    f"an annotation in moved code names {name!r}, which the mixin cannot import",
                    "annotate it with typing.Self or a protocol, or leave this member",
                )
