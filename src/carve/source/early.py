"""What a class body reads under a name that it binds only afterwards: that is a global."""

import ast
from collections.abc import Iterator

__all__ = ["global_before_own"]

_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_Function = ast.FunctionDef | ast.AsyncFunctionDef


def global_before_own(tree: ast.AST, *, postponed: bool) -> Iterator[str]:
    """Yield each name that a class body reads before it binds it: `limit = limit`.

    Python looks such a name up in the class, then among the globals; symtable calls it a local.
    """
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            bound = {name for statement in node.body for name in _bound(statement)}
            seen: set[str] = set()
            for statement in node.body:
                yield from set(_read(statement, postponed=postponed)) & bound - seen
                seen |= set(_bound(statement))


def _read(statement: ast.stmt, *, postponed: bool) -> Iterator[str]:
    """Yield what a plain statement of a class body reads while it runs."""
    match statement:
        case ast.Assign(value=value) | ast.Expr(value=value):
            yield from _names(value)
        case ast.AugAssign(target=target, value=value):
            yield from (target.id,) if isinstance(target, ast.Name) else ()
            yield from _names(value)
        case ast.AnnAssign(annotation=annotation, value=value):
            parts = [value, None if postponed else annotation]
            yield from (name for part in parts if part is not None for name in _names(part))
        case ast.ClassDef(bases=bases, keywords=keywords, decorator_list=decorators):
            for part in (*bases, *keywords, *decorators):
                yield from _names(part)
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            for part in _header(statement, postponed=postponed):
                yield from _names(part)


def _header(function: _Function, *, postponed: bool) -> Iterator[ast.expr]:
    yield from function.decorator_list
    yield from (*function.args.defaults, *filter(None, function.args.kw_defaults))
    if not postponed:
        walked = [inner for inner in ast.walk(function.args) if isinstance(inner, ast.arg)]
        yield from filter(None, [*(each.annotation for each in walked), function.returns])


def _names(node: ast.AST) -> Iterator[str]:
    """Yield the names that an expression reads in the scope that it stands in."""
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
        yield node.id
    elif isinstance(node, ast.Lambda):
        for part in (*node.args.defaults, *filter(None, node.args.kw_defaults)):
            yield from _names(part)
    elif isinstance(node, _COMPREHENSIONS):
        yield from _names(node.generators[0].iter)
    else:
        for child in ast.iter_child_nodes(node):
            yield from _names(child)


def _bound(statement: ast.stmt) -> Iterator[str]:
    """Yield what a plain statement of a class body binds."""
    match statement:
        case (
            ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name)
        ):
            yield name
        case ast.Assign(targets=targets):
            for inner in (each for target in targets for each in ast.walk(target)):
                if isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Store):
                    yield inner.id
        case ast.AnnAssign(target=ast.Name(name), value=value) if value is not None:
            yield name
        case ast.AugAssign(target=ast.Name(name)):
            yield name
