"""What a constructor does to its instance: which statements may move, and why another may not."""

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
    """`self.name = value`, or a call `self.name()`, at the top level of a constructor.

    Attributes:
        objection: Why it must stay there, whatever else moves.
        moment: Why it may only move while nothing runs between `super().__init__` and it.
    """

    name: str
    node: ast.Assign | ast.AnnAssign | ast.Expr
    region: Region
    objection: str | None = None
    moment: str | None = None

    @property
    def line(self) -> int:
        """Return the line of the statement."""
        return self.node.lineno

    @property
    def is_call(self) -> bool:
        """Tell whether it calls `name` instead of assigning it."""
        return isinstance(self.node, ast.Expr)


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
        objection = _objection(host, init, node, name) or _foreign(node, init)
        moment = _impure(node.value, this)
        found.setdefault(name, Attribute(name, node, _region(host, node), objection, moment))
    return found


def calls(host: HostClass) -> dict[str, Attribute]:
    """Return the calls `self.name()` that are statements of the host's own constructor."""
    init = host.init
    if init is None or not init.args.args:
        return {}
    this = init.args.args[0].arg
    found: dict[str, Attribute] = {}
    for node in ast.walk(init):
        name = _called(node, this)
        if name is None or not isinstance(node, ast.Expr):
            continue
        twice = "the constructor calls it more than once" if name in found else None
        objection = twice or _placed(host, init, node)
        moment = f"it calls {name}(), whose moment may matter"
        found[name] = Attribute(name, node, _region(host, node), objection, moment)
    return found


def _region(host: HostClass, node: ast.stmt) -> Region:
    return grow(host.module.source, node.lineno, node.end_lineno or node.lineno, node.col_offset)


def _called(node: ast.AST, this: str) -> str | None:
    match node:
        case ast.Expr(
            value=ast.Call(
                func=ast.Attribute(value=ast.Name(id=owner), attr=name), args=[], keywords=[]
            )
        ) if owner == this:
            return name
        case _:
            return None


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
    return _placed(host, init, node)


def _placed(host: HostClass, init: Function, node: ast.stmt) -> str | None:
    """Return what is wrong with the place at which the statement stands."""
    called = super_call(init)
    if node not in init.body:
        return "it is not a statement of the constructor itself"
    if called is None:
        return f"the constructor of {host.name} does not call super().__init__(...) by itself"
    if init.body.index(called) > init.body.index(node):
        return "it is assigned before super().__init__(...)"
    return None


def run_before(init: Function, node: ast.stmt) -> list[ast.stmt]:
    """Return the statements between `super().__init__(...)` and the assignment `node`."""
    called = super_call(init)
    if called is None or node not in init.body:
        return []
    return init.body[init.body.index(called) + 1 : init.body.index(node)]


def _foreign(node: ast.Assign | ast.AnnAssign, init: Function) -> str | None:
    """Return what the value needs that the mixin's constructor does not have."""
    local = _locals(init) - {init.args.args[0].arg}
    for inner in ast.walk(node.value) if node.value is not None else ():
        if isinstance(inner, ast.Name) and inner.id in local:
            return f"its value needs {inner.id!r}, which only the constructor has"
    return None


def _impure(value: ast.expr | None, this: str) -> str | None:
    for inner in ast.walk(value) if value is not None else ():
        if isinstance(inner, ast.Name) and inner.id == this:
            return f"its value needs {this!r}, which the constructor is still building"
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
