"""Adds a re-export to a package whose imports and `__all__` are sorted."""

import ast
import re
from collections.abc import Sequence

from omnibase_core.cli.mixins.scaffolding.code_layout import import_of
from omnibase_core.cli.mixins.scaffolding.insertion import Insertion, with_lines
from omnibase_core.cli.request_error import RequestError

__all__ = ["with_export"]


def with_export(text: str, module: str, name: str) -> str:
    """Return an `__init__.py` that exports `name` of `module` as well."""
    try:
        body = ast.parse(text).body
    except (SyntaxError, ValueError) as error:
        raise RequestError(f"the __init__.py of the subcontracts is no Python: {error}") from error
    imports = [node for node in body if isinstance(node, ast.ImportFrom)]
    listed = next(filter(None, map(_listed, body)), [])
    if not imports or not listed:
        raise RequestError("the __init__.py of the subcontracts has no imports, or no __all__")
    return with_lines(
        text,
        Insertion(
            _place(imports, [each.module or "" for each in imports], module),
            import_of(module, name),
        ),
        Insertion(_place(listed, [str(each.value) for each in listed], name), f'    "{name}",'),
    )


def _listed(node: ast.stmt) -> list[ast.Constant]:
    """Return the names in `__all__`, if a statement lists them one a line."""
    if not isinstance(node, ast.Assign) or ast.unparse(node.targets[0]) != "__all__":
        return []
    found = getattr(node.value, "elts", [])
    names = [each for each in found if isinstance(each, ast.Constant)]
    lines = {node.lineno, *(each.lineno for each in names)}
    return names if len(lines) == len(found) + 1 else []


def _place(nodes: Sequence[ast.ImportFrom | ast.Constant], names: list[str], new: str) -> int:
    """Return the index of the line before which the new one comes."""
    for node, name in zip(nodes, names, strict=True):
        if _natural(name) > _natural(new):
            return node.lineno - 1
    return nodes[-1].end_lineno or nodes[-1].lineno


def _natural(name: str) -> list[str | int]:
    """Return what linters sort by: numbers within a name count as such."""
    parts = re.split(r"([0-9]+)", name)
    return [int(part) if number % 2 else part for number, part in enumerate(parts)]
