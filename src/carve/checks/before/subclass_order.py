"""In every subclass the mixin comes directly after the host, as if the host were still whole."""

import ast
from collections.abc import Iterator

from carve.errors import Finding
from carve.source.cut import Cut
from carve.workspace import Workspace


def find(cut: Cut, workspace: Workspace) -> Iterator[Finding]:
    """Yield each class that names the host between two other bases.

    There Python may put a later base, which an earlier one inherits as well, between the host and
    its mixin: `class Sub(A, Host, B)` with `class A(B)` gives Sub, A, Host, B, mixin.
    """
    for path in workspace.mentioning([cut.host.name]):
        for node in ast.walk(workspace.module_at(path).tree):
            if isinstance(node, ast.ClassDef) and cut.host.name in _names(node)[1:-1]:
                yield Finding(
                    path,
                    node.lineno,
                    f"{node.name} names {cut.host.name} between other bases, and one of them "
                    f"could come between {cut.host.name} and {cut.target.name}",
                    f"make {cut.host.name} the first or the last base of {node.name}",
                )


def _names(node: ast.ClassDef) -> list[str]:
    """Return the last part of each base's name."""
    plain = [base.value if isinstance(base, ast.Subscript) else base for base in node.bases]
    return [ast.unparse(base).rpartition(".")[2] for base in plain]
