"""Add a name to the `__all__` of a module, or take it out, and leave the rest as it is."""

import ast
import re

from carve.source.module import Module
from carve.source.references.spots import Spots
from carve.source.text import Source

__all__ = ["with_export", "without_export"]


def with_export(module: Module, name: str) -> Module:
    """Return the module with `name` in its list, if it has one; in order where the list is."""
    found = _list(module)
    if found is None or name in module.exported:
        return module
    spots, text = Spots(module.source), module.source.text
    names = [str(getattr(element, "value", "")) for element in found.elts]
    if not names:
        start = spots.span(found)[0] + 1
        return _with(module, f'{text[:start]}"{name}"{text[start:]}')
    ordered = names == sorted(names)
    index = sum(other < name for other in names) if ordered else len(names)
    if index < len(names):
        start = spots.span(found.elts[index])[0]
        return _with(module, f'{text[:start]}"{name}"{_gap(found, spots, text)}{text[start:]}')
    end = spots.span(found.elts[-1])[1]
    return _with(module, f'{text[:end]}{_gap(found, spots, text)}"{name}"{text[end:]}')


def without_export(module: Module, name: str) -> Module:
    """Return the module without `name` in its list."""
    found = _list(module)
    if found is None or name not in module.exported:
        return module
    spots, text = Spots(module.source), module.source.text
    for element in found.elts:
        if getattr(element, "value", None) == name:
            start, end = spots.span(element)
            after = re.compile(r"\s*,[ \t]*(?:\r?\n[ \t]*(?=[\"'\])]))?").match(text, end)
            if after is not None and found.elts[-1] is not element:
                return _with(module, text[:start] + text[after.end() :])
            before = re.search(r",?\s*$", text[:start])
            return _with(module, text[: before.start() if before else start] + text[end:])
    return module


def _gap(found: ast.List | ast.Tuple, spots: Spots, text: str) -> str:
    """Return what stands between two entries: a comma, and a line end where they have lines."""
    first = spots.span(found.elts[0])[0]
    indent = re.search(r"\r?\n[ \t]*$", text[:first])
    return f",{indent[0]}" if indent else ", "


def _list(module: Module) -> ast.List | ast.Tuple | None:
    for node in module.tree.body:
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", None) == "__all__":
            return node.value if isinstance(node.value, ast.List | ast.Tuple) else None
    return None


def _with(module: Module, text: str) -> Module:
    return Module(module.name, Source(module.path, text, module.source.encoding))
