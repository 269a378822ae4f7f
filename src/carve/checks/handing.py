"""Which parameters of functions of the tree the arguments of a call become."""

import ast
from collections.abc import Callable, Iterator

from carve.checks.reached import meant
from carve.source.members import Function
from carve.source.module import Module
from carve.workspace import Workspace

__all__ = ["Received", "received"]

Received = tuple[Module, ast.AST, str]
_DEEPEST = 4  # functions that hand it on


def received(
    module: Module, call: ast.Call, is_it: Callable[[ast.AST], bool], workspace: Workspace
) -> Iterator[Received]:
    """Yield each function that gets it from the call, directly or handed on, and as what."""
    left, seen = [(module, call, is_it, 0)], set()
    while left:
        owner, asked, means, depth = left.pop()
        for inner, function in meant(owner, asked.func, workspace):
            for name in _parameters(asked, means, function):
                if (id(function), name) in seen:
                    continue
                seen.add((id(function), name))
                yield inner, function, name
                if depth < _DEEPEST:
                    left += [
                        (inner, each, _named(name), depth + 1)
                        for each in ast.walk(function)
                        if isinstance(each, ast.Call)
                    ]


def _parameters(call: ast.Call, means: Callable[[ast.AST], bool], function: ast.AST) -> set[str]:
    if not isinstance(function, Function):
        return set()
    given = [each.arg for each in (*function.args.posonlyargs, *function.args.args)]
    named = {*given, *(each.arg for each in function.args.kwonlyargs)}
    found = {each.arg for each in call.keywords if means(each.value)} & named
    # Whether a method is called on an object or on its class is not known here.
    width = 2 if given[:1] in (["self"], ["cls"]) else 1
    for place, each in enumerate(call.args):
        if means(each):
            found |= set(given[place : place + width])
    return {name for name in found if name is not None}


def _named(name: str) -> Callable[[ast.AST], bool]:
    return lambda node: isinstance(node, ast.Name) and node.id == name
