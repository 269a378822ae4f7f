"""Find where code asks whether an object is of a class: isinstance, except, match, super."""

import ast
from collections.abc import Iterator

from carve.errors import Finding
from carve.plan.refs import ClassRef
from carve.source.references.files import Files
from carve.source.references.origins import Origins, Thing
from carve.source.references.search import PYTHON

__all__ = ["asked_for"]

_CALLS = frozenset({"isinstance", "issubclass"})


def asked_for(files: Files, ref: ClassRef, origins: Origins) -> Iterator[Finding]:
    """Yield each place that would answer otherwise for an object that is no longer a `ref`."""
    target = Thing(ref.module, ref.name)
    for path in files.holding([ref.name]):
        if not path.endswith(PYTHON):
            continue
        module = files.module_at(path)
        scopes = origins.scopes(module)
        for node in module.nodes:
            for asked in _asked(node):
                inner = [n for n in ast.walk(asked) if isinstance(n, ast.Name | ast.Attribute)]
                if any(target in origins.meant(n, module, scopes.at(n)) for n in inner):
                    yield Finding(
                        path,
                        getattr(node, "lineno", asked.lineno),
                        f"this asks for a {ref.name}, which the subclasses would no longer be",
                        "ask for the new class first, or list the file under leaves:",
                    )


def _asked(node: ast.AST) -> Iterator[ast.expr]:
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        if node.func.id in _CALLS and len(node.args) > 1:
            yield node.args[1]
        elif node.func.id == "super" and node.args:
            yield node.args[0]
    elif isinstance(node, ast.ExceptHandler) and node.type is not None:
        yield node.type
    elif isinstance(node, ast.MatchClass):
        yield node.cls
