"""Instance attributes that a constructor assigns: which may move, and why another may not."""

import ast
from dataclasses import dataclass

from carve.source.members import Function, HostClass, Region, grow

# Calls that build an empty value and read nothing: their moment does not matter.
_PURE = frozenset(
    {
        *("dict", "list", "set", "frozenset", "tuple", "bytearray", "object"),
        *("deque", "defaultdict", "OrderedDict", "Counter", "collections.deque"),
        *("collections.defaultdict", "collections.OrderedDict", "collections.Counter"),
        *("threading.Lock", "threading.RLock", "Lock", "RLock", "asyncio.Lock", "asyncio.Event"),
    }
)


@dataclass(frozen=True, slots=True)
class Attribute:
    """`self.name = value` in a constructor; `objection` says why it must stay there."""

    name: str
    node: ast.Assign | ast.AnnAssign
    region: Region
    objection: str | None

    @property
    def line(self) -> int:
        """Return the line of the assignment."""
        return self.node.lineno


def attributes(host: HostClass) -> dict[str, Attribute]:
    """Return the attributes that the host's own constructor assigns, by name."""
    init = host.init
    if init is None or not init.args.args:
        return {}
    this = init.args.args[0].arg
    found: dict[str, Attribute] = {}
    for node in ast.walk(init):
        name = _assigned(node, this)
        if name is None or not isinstance(node, ast.Assign | ast.AnnAssign):
            continue
        objection = _objection(host, init, node, name)
        region = grow(
            host.module.source, node.lineno, node.end_lineno or node.lineno, node.col_offset
        )
        found.setdefault(name, Attribute(name, node, region, objection))
    return found


def super_call(init: Function) -> ast.stmt | None:
    """Return the statement `super().__init__(...)` at the top level of the constructor."""
    for node in init.body:
        if isinstance(node, ast.Expr) and ast.unparse(node.value).startswith("super().__init__("):
            return node
    return None


def _assigned(node: ast.AST, this: str) -> str | None:
    if isinstance(node, ast.Assign) and len(node.targets) == 1:
        target = node.targets[0]
    elif isinstance(node, ast.AnnAssign) and node.value is not None:
        target = node.target
    else:
        return None
    if isinstance(target, ast.Attribute) and isinstance(target.value, ast.Name):
        return target.attr if target.value.id == this else None
    return None


def _objection(
    host: HostClass, init: Function, node: ast.Assign | ast.AnnAssign, name: str
) -> str | None:
    """Return the first reason for which the assignment must stay in the host's constructor."""
    this = init.args.args[0].arg
    called = super_call(init)
    written = [
        inner
        for inner in ast.walk(init)
        if isinstance(inner, ast.Attribute)
        and inner.attr == name
        and isinstance(inner.ctx, ast.Store | ast.Del)
    ]
    if node not in init.body:
        return "its assignment is conditional"
    if len(written) > 1:
        return "the constructor assigns it more than once"
    if called is None:
        return f"the constructor of {host.name} does not call super().__init__(...) by itself"
    if init.body.index(called) > init.body.index(node):
        return "it is assigned before super().__init__(...)"
    return _impure(node.value, _locals(init) | {this})


def run_before(init: Function, node: ast.stmt) -> list[ast.stmt]:
    """Return the statements between `super().__init__(...)` and the assignment `node`."""
    called = super_call(init)
    if called is None or node not in init.body:
        return []
    return init.body[init.body.index(called) + 1 : init.body.index(node)]


def _impure(value: ast.expr | None, local: set[str]) -> str | None:
    for inner in ast.walk(value) if value is not None else ():
        if isinstance(inner, ast.Name) and inner.id in local:
            return f"its value needs {inner.id!r}, which only the constructor has"
        if isinstance(inner, ast.Call) and ast.unparse(inner.func) not in _PURE:
            return f"its value calls {ast.unparse(inner.func)}(), whose moment may matter"
        if isinstance(inner, ast.Await | ast.Yield | ast.NamedExpr | ast.Lambda):
            return "its value is more than a plain expression"
    return None


def _locals(init: Function) -> set[str]:
    names = {argument.arg for argument in ast.walk(init.args) if isinstance(argument, ast.arg)}
    return names | {
        inner.id
        for inner in ast.walk(init)
        if isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Store)
    }
