"""The faults: for one node of the syntax tree, the nodes that could stand there by mistake.

The set follows what mutation testing has settled on (DeMillo, Lipton, Sayward, "Hints on Test Data
Selection", 1978; Offutt et al., "An Experimental Determination of Sufficient Mutant Operators",
1996): relational, logical and arithmetic operators, constants, statements; and what Python adds.
"""

import ast
from collections.abc import Callable, Iterator, Sequence

__all__ = ["Fault", "expression_faults", "statement_faults"]

Fault = tuple[str, ast.expr]

_COMPARE: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
_ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Div,
    ast.Mod: ast.Mult,
    ast.Pow: ast.Mult,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
    ast.BitXor: ast.BitOr,
    ast.LShift: ast.RShift,
    ast.RShift: ast.LShift,
}
_REMOVABLE = (ast.Assign, ast.AugAssign, ast.Delete, ast.Raise, ast.Assert)
_MARK = "XX"
# Tables are long and their entries alike; what is done to a few of them is enough.
_MANY = 24


def expression_faults(node: ast.expr) -> Iterator[Fault]:
    """Yield each fault that an expression can have, as the expression to put in its place."""
    make = _EXPRESSIONS.get(type(node))
    if make is not None:
        yield from make(node)


def statement_faults(node: ast.stmt) -> Iterator[tuple[str, ast.stmt]]:
    """Yield each fault that a whole statement can have, as the statement to put in its place."""
    yield from _removal(node)
    if isinstance(node, ast.AugAssign) and type(node.op) in _ARITHMETIC:
        operator = _ARITHMETIC[type(node.op)]()
        yield "arithmetic", ast.AugAssign(node.target, operator, node.value)
        yield "assign", ast.Assign([node.target], node.value)
    if isinstance(node, ast.Return) and node.value is not None and not _is_none(node.value):
        yield "return-value", ast.Return(ast.Constant(None))
    if isinstance(node, ast.Raise) and node.exc is not None:
        yield "exception-type", ast.Raise(_other_exception(node.exc), node.cause)
        if node.cause is not None:
            yield "exception-cause", ast.Raise(node.exc, None)


def _removal(node: ast.stmt) -> Iterator[tuple[str, ast.stmt]]:
    if isinstance(node, ast.Expr) and not isinstance(node.value, ast.Constant | ast.Yield):
        yield "remove-call", ast.Pass()
    elif isinstance(node, _REMOVABLE) or (
        isinstance(node, ast.AnnAssign) and node.value is not None
    ):
        yield "remove-statement", ast.Pass()
    elif isinstance(node, ast.Break):
        yield "loop-jump", ast.Continue()
    elif isinstance(node, ast.Continue):
        yield "loop-jump", ast.Break()


def _compare(node: ast.Compare) -> Iterator[Fault]:
    for index, operator in enumerate(node.ops):
        for other in _COMPARE[type(operator)]:
            operators = [*node.ops[:index], other(), *node.ops[index + 1 :]]
            yield "compare", ast.Compare(node.left, operators, node.comparators)


def _bool(node: ast.BoolOp) -> Iterator[Fault]:
    other = ast.Or() if isinstance(node.op, ast.And) else ast.And()
    yield "boolean", ast.BoolOp(other, node.values)
    for index in _some(node.values):
        left = [value for i, value in enumerate(node.values) if i != index]
        yield "boolean", left[0] if len(left) == 1 else ast.BoolOp(node.op, left)


def _unary(node: ast.UnaryOp) -> Iterator[Fault]:
    if isinstance(node.op, ast.Not | ast.USub | ast.Invert):
        yield "unary", node.operand


def _arithmetic(node: ast.BinOp) -> Iterator[Fault]:
    other = _ARITHMETIC.get(type(node.op))
    if other is not None:
        yield "arithmetic", ast.BinOp(node.left, other(), node.right)


def _constant(node: ast.Constant) -> Iterator[Fault]:
    value = node.value
    if isinstance(value, bool):
        yield "constant", ast.Constant(not value)
    elif isinstance(value, int | float):
        yield "constant", _number(value + 1)
        if value not in (0, 1):
            yield "constant", _number(value - 1)
    elif isinstance(value, str):
        yield "text", ast.Constant(f"{_MARK}{value}{_MARK}" if value else _MARK)
    elif isinstance(value, bytes):
        yield "text", ast.Constant(_MARK.encode() + value)
    elif value is None:
        yield "constant", ast.Constant("")


def _number(value: float) -> ast.expr:
    constant = ast.Constant(abs(value))
    return ast.UnaryOp(ast.USub(), constant) if value < 0 else constant


def _formatted(node: ast.JoinedStr) -> Iterator[Fault]:
    marked = ast.Constant(_MARK)
    yield "text", ast.JoinedStr([marked, *node.values])
    for index, part in enumerate(node.values):
        if isinstance(part, ast.FormattedValue):
            yield "text", ast.JoinedStr([*node.values[:index], marked, *node.values[index + 1 :]])


def _call(node: ast.Call) -> Iterator[Fault]:
    for index in _some(node.keywords):
        if node.keywords[index].arg is not None:
            others = [*node.keywords[:index], *node.keywords[index + 1 :]]
            yield "keyword", ast.Call(node.func, node.args, others)
    for index in _some(node.args):
        argument = node.args[index]
        if not isinstance(argument, ast.Starred) and not _is_none(argument):
            arguments = [*node.args[:index], ast.Constant(None), *node.args[index + 1 :]]
            yield "argument", ast.Call(node.func, arguments, node.keywords)


def _conditional(node: ast.IfExp) -> Iterator[Fault]:
    yield "condition", ast.IfExp(node.test, node.orelse, node.body)


def _await(node: ast.Await) -> Iterator[Fault]:
    yield "await", node.value


def _dict(node: ast.Dict) -> Iterator[Fault]:
    for index in _some(node.keys):
        keys = [*node.keys[:index], *node.keys[index + 1 :]]
        values = [*node.values[:index], *node.values[index + 1 :]]
        yield "entry", ast.Dict(keys, values)


def _sequence(node: ast.List | ast.Tuple | ast.Set) -> Iterator[Fault]:
    if isinstance(getattr(node, "ctx", None), ast.Store | ast.Del):
        return
    if any(isinstance(each, ast.Slice) for each in node.elts):
        return
    for index in _some(node.elts):
        left = [*node.elts[:index], *node.elts[index + 1 :]]
        if isinstance(node, ast.Set):
            if left:
                yield "entry", ast.Set(left)
        else:
            yield "entry", type(node)(left, ast.Load())


def _comprehension(
    node: ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp,
) -> Iterator[Fault]:
    for index, generator in enumerate(node.generators):
        if generator.ifs:
            bare = ast.comprehension(generator.target, generator.iter, [], generator.is_async)
            generators = [*node.generators[:index], bare, *node.generators[index + 1 :]]
            if isinstance(node, ast.DictComp):
                yield "condition", ast.DictComp(node.key, node.value, generators)
            else:
                yield "condition", type(node)(node.elt, generators)


_EXPRESSIONS: dict[type[ast.expr], Callable[..., Iterator[Fault]]] = {
    ast.Compare: _compare,
    ast.BoolOp: _bool,
    ast.UnaryOp: _unary,
    ast.BinOp: _arithmetic,
    ast.Constant: _constant,
    ast.JoinedStr: _formatted,
    ast.Call: _call,
    ast.IfExp: _conditional,
    ast.Await: _await,
    ast.Dict: _dict,
    ast.List: _sequence,
    ast.Tuple: _sequence,
    ast.Set: _sequence,
    ast.ListComp: _comprehension,
    ast.SetComp: _comprehension,
    ast.GeneratorExp: _comprehension,
    ast.DictComp: _comprehension,
}


def _other_exception(node: ast.expr) -> ast.expr:
    """Return the raised exception as one of another type, with the same first argument."""
    arguments = node.args[:1] if isinstance(node, ast.Call) else []
    raised = node.func if isinstance(node, ast.Call) else node
    same = isinstance(raised, ast.Name) and raised.id == "LookupError"
    other = ast.Name("ArithmeticError" if same else "LookupError", ast.Load())
    return ast.Call(other, arguments, [])


def _some(entries: Sequence[object]) -> Sequence[int]:
    """Return the index of each entry; of very many only the first, the middle and the last."""
    count = len(entries)
    return range(count) if count <= _MANY else (0, count // 2, count - 1)


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None
