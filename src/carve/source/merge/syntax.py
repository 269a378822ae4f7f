"""Which fields of Python's syntax a comparison treats in its own way, and small tests of nodes."""

import ast
from typing import TypeVar

from carve.source.merge.places import Parameter, dumped

__all__ = [
    "ANNOTATIONS",
    "HOOKABLE",
    "IGNORED",
    "NAMED_BY",
    "OPEN",
    "SCOPES",
    "are_texts",
    "covering",
    "is_target",
    "only",
]

T = TypeVar("T", bound=ast.AST)
# The statements with an expression that a hook may compute.
HOOKABLE = {
    ast.Assign: "value",
    ast.AnnAssign: "value",
    ast.AugAssign: "value",
    ast.Return: "value",
    ast.If: "test",
    ast.While: "test",
    ast.For: "iter",
    ast.Raise: "exc",
}
NAMED_BY = {
    ast.Name: "id",
    ast.ExceptHandler: "name",
    ast.MatchAs: "name",
    ast.MatchStar: "name",
    ast.MatchMapping: "rest",
}
# Where an expression may be replaced by a call without looking odd.
OPEN = {
    ast.Call: {"args"},
    ast.keyword: {"value"},
    ast.Dict: {"values"},
    ast.List: {"elts"},
    ast.Tuple: {"elts"},
    ast.Set: {"elts"},
    ast.BoolOp: {"values"},
    ast.BinOp: {"left", "right"},
    ast.IfExp: {"test", "body", "orelse"},
}
SCOPES = (ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
IGNORED = frozenset({"ctx", "kind", "type_comment", "type_ignores"})
ANNOTATIONS = frozenset({"annotation", "returns"})


def only(values: tuple[object, ...], kind: type[T]) -> tuple[T, ...]:
    """Return the values if all of them are of the kind, else nothing."""
    known = tuple(value for value in values if isinstance(value, kind))
    return known if len(known) == len(values) else ()


def covering(
    nodes: tuple[ast.expr, ...], parameters: tuple[Parameter, ...], *, typing: bool
) -> Parameter | None:
    """Return the parameter whose values these different expressions are."""
    dumps = [dumped(node) for node in nodes]
    if len(set(dumps)) == 1 or is_target(nodes[0]):
        return None
    usable = [p for p in parameters if p.annotation is not None or not typing]
    matching = (p for p in usable if dumps == [dumped(value) for value in p.values])
    return next(matching, None)


def is_target(node: ast.expr) -> bool:
    """Tell whether the expression is assigned to or deleted."""
    return not isinstance(getattr(node, "ctx", ast.Load()), ast.Load)


def are_texts(nodes: tuple[ast.expr, ...]) -> bool:
    """Tell whether all of the expressions are plain texts or f-strings."""
    return all(
        isinstance(node, ast.JoinedStr)
        or (isinstance(node, ast.Constant) and isinstance(node.value, str))
        for node in nodes
    )
