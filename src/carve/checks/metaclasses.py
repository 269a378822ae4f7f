"""Whether a metaclass of the tree treats one more base like no base at all."""

import ast
from collections.abc import Iterator

from carve.checks.reached import reached
from carve.source.members import Function, HostClass
from carve.source.module import Module
from carve.workspace import Workspace

__all__ = ["hands_on"]

_PLAIN = frozenset({"builtins.type", "abc.ABCMeta"})
# Decide about the namespace or the order of resolution before there is a class.
_DECIDING = frozenset({"__prepare__", "mro", "__subclasscheck__", "__instancecheck__"})
_MAKING = ("__new__", "__init__")
_INSIDE = frozenset({"__dict__", "__bases__", "__mro__", "__base__", "__annotations__", "mro"})
_READERS = frozenset({"vars", "getmro", "getmembers", "get_annotations", "classify_class_attrs"})
_BASES_AND_NAMESPACE = slice(2, 4)


def hands_on(module: Module, metaclass: ast.expr, workspace: Workspace) -> bool:
    """Tell whether the metaclass hands bases and namespace on to `type` without a look.

    It may register the class, give it attributes and have its own way of making instances.
    """
    asking = ast.ClassDef(name="", bases=[metaclass], keywords=[], body=[], decorator_list=[])
    (_, *lineage), unseen = workspace.lineage(HostClass(module, asking))
    seen = bool(lineage) and set(unseen) <= _PLAIN
    return seen and not any(_looks(owner, workspace) for owner in lineage)


def _looks(owner: HostClass, workspace: Workspace) -> bool:
    """Tell whether the class does anything with what a new class is made of."""
    if owner.conditional or _DECIDING & set(owner.members) or owner.node.keywords:
        return True
    for part in reached(owner.module, owner.node, workspace):
        for node in ast.walk(part):
            word = getattr(node, "attr", getattr(node, "id", None))
            if word in _INSIDE | _READERS:
                return True
    making = [owner.members[name] for name in _MAKING if name in owner.members]
    functions = [node for member in making for node in member.nodes]
    return any(not isinstance(node, Function) or _is_used(node) for node in functions)


def _is_used(node: Function) -> bool:
    """Tell whether bases or namespace go anywhere but into one call of `super()`."""
    arguments = [*node.args.posonlyargs, *node.args.args][_BASES_AND_NAMESPACE]
    names = {argument.arg for argument in arguments}
    names |= {node.args.vararg.arg} if node.args.vararg else set()
    handed = {id(inner) for call in _super_calls(node) for inner in ast.walk(call)}
    return any(
        isinstance(inner, ast.Name) and inner.id in names and id(inner) not in handed
        for part in node.body
        for inner in ast.walk(part)
    )


def _super_calls(node: Function) -> Iterator[ast.expr]:
    """Yield the plain arguments of `super().__new__(...)`, and of `type.__new__(...)`."""
    for inner in ast.walk(node):
        if not (isinstance(inner, ast.Call) and isinstance(inner.func, ast.Attribute)):
            continue
        owner = ast.unparse(inner.func.value)
        if inner.func.attr in _MAKING and (owner.startswith("super(") or owner == "type"):
            for argument in inner.args:
                plain = argument.value if isinstance(argument, ast.Starred) else argument
                if isinstance(plain, ast.Name):
                    yield plain
