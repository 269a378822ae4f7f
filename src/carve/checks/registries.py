"""Whether the order in which functions enter a registry can be told from outside."""

import ast
from collections.abc import Iterator

from carve.source.module import Module
from carve.workspace import Workspace

__all__ = ["is_unordered"]

_LOOKS = frozenset({"get", "setdefault", "pop", "add", "discard"})


def is_unordered(module: Module, name: str, workspace: Workspace) -> bool:
    """Tell whether the dictionary or set `name` is only ever asked for single keys.

    A loop over it counts as well when all it does is to set one attribute for each key.
    """
    binding = module.bindings.get(name)
    value = getattr(binding.node, "value", None) if binding is not None else None
    is_set = isinstance(value, ast.Call) and ast.unparse(value) == "set()"
    if not is_set and not (isinstance(value, ast.Dict) and not value.keys):
        return False
    return all(
        _is_single(use, parents)
        for path in workspace.mentioning([name])
        for use, parents in _uses(workspace.module_at(path), name)
    )


def _uses(module: Module, name: str) -> Iterator[tuple[ast.AST, list[ast.AST]]]:
    """Yield each place that has the name, with what it stands in, the nearest last."""
    todo: list[tuple[ast.AST, list[ast.AST]]] = [(module.tree, [])]
    while todo:
        node, parents = todo.pop()
        if name in (getattr(node, "id", None), getattr(node, "attr", None)):
            yield node, parents
        if isinstance(node, ast.Constant) and node.value == name and not _is_listed(parents):
            yield node, parents
        todo += [(child, [*parents, node]) for child in ast.iter_child_nodes(node)]


def _is_listed(parents: list[ast.AST]) -> bool:
    """Tell whether the text is an entry of `__all__`."""
    return any(
        isinstance(each, ast.Assign) and ast.unparse(each.targets[0]) == "__all__"
        for each in parents
    )


def _is_single(use: ast.AST, parents: list[ast.AST]) -> bool:
    parent = parents[-1] if parents else None
    if isinstance(parent, ast.Subscript):
        return parent.value is use
    if isinstance(parent, ast.Compare):
        return use in parent.comparators and isinstance(parent.ops[0], ast.In | ast.NotIn)
    if isinstance(parent, ast.Assign | ast.AnnAssign):
        return isinstance(getattr(use, "ctx", None), ast.Store)
    if isinstance(parent, ast.Attribute):
        return parent.attr in _LOOKS or _is_setting(parents)
    return False


def _is_setting(parents: list[ast.AST]) -> bool:
    """Tell whether it is `for key, value in REGISTRY.items(): setattr(X, key, value)`."""
    call, loop = [*[None, None], *parents[:-1]][-2:][::-1]
    if not (isinstance(loop, ast.For) and loop.iter is call and len(loop.body) == 1):
        return False
    done = loop.body[0]
    setting = done.value if isinstance(done, ast.Expr) else None
    key = loop.target.elts[0] if isinstance(loop.target, ast.Tuple) else None
    return (
        isinstance(setting, ast.Call)
        and ast.unparse(setting.func) == "setattr"
        and key is not None
        and ast.unparse(setting.args[1]) == ast.unparse(key)
        and isinstance(setting.args[0], ast.Name)
    )
