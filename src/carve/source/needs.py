"""What a mixin expects of the class it is mixed into, with the types that the code declares."""

import ast
from collections.abc import Iterable
from dataclasses import dataclass, field

from carve.source.imports import Import, import_of
from carve.source.members import Function, HostClass
from carve.source.module import Module
from carve.source.names import BUILTINS


@dataclass(frozen=True, slots=True)
class Need:
    """One attribute or method of the host; `declaration` is a statement for the mixin's body."""

    name: str
    declaration: str
    imports: frozenset[Import] = field(default_factory=frozenset)


def needs(names: Iterable[str], lineage: Iterable[HostClass]) -> list[Need]:
    """Return a declaration for each name, taken from the first class of `lineage` that has it.

    `lineage` is the host followed by its bases in method resolution order.
    """
    classes = list(lineage)
    return [_need(name, classes) for name in sorted(names)]


def common_needs(names: Iterable[str], lineages: Iterable[Iterable[HostClass]]) -> list[Need]:
    """Return the declarations in which all hosts agree, and `Any` where they do not."""
    rows = zip(*(needs(names, lineage) for lineage in lineages), strict=True)
    return [
        row[0]
        if len(set(row)) == 1
        else Need(row[0].name, f"{row[0].name}: Any", frozenset({Import("typing", "Any")}))
        for row in rows
    ]


def _need(name: str, classes: list[HostClass]) -> Need:
    for owner in classes:
        member = owner.members.get(name)
        if member and member.functions:
            return _from_function(name, member.functions[0], owner.module)
        annotation = _annotation(name, owner)
        if annotation is not None:
            return _typed(name, ast.unparse(annotation), [annotation], owner.module)
    return Need(name, f"{name}: Any", frozenset({Import("typing", "Any")}))


def _from_function(name: str, node: Function, module: Module) -> Need:
    decorators = {ast.unparse(decorator) for decorator in node.decorator_list}
    if decorators & {"property", "cached_property", "functools.cached_property"}:
        returns = node.returns
        if returns is None:
            return Need(name, f"{name}: Any", frozenset({Import("typing", "Any")}))
        return _typed(name, ast.unparse(returns), [returns], module)
    stub = _stub(node, decorators)
    used = [argument.annotation for argument in _arguments(node) if argument.annotation]
    needed = _imports([*used, *([node.returns] if node.returns else [])], module)
    if needed is None:
        return Need(name, f"{name}: Any", frozenset({Import("typing", "Any")}))
    return Need(name, stub, needed)


def _stub(node: Function, decorators: set[str]) -> str:
    word = "async def" if isinstance(node, ast.AsyncFunctionDef) else "def"
    returns = f" -> {ast.unparse(node.returns)}" if node.returns else ""
    kinds = [kind for kind in ("staticmethod", "classmethod") if kind in decorators]
    lines = [f"@{kind}" for kind in kinds]
    given = ", ".join(parameters(node.args))
    return "\n".join([*lines, f"{word} {node.name}({given}){returns}: ..."])


def parameters(arguments: ast.arguments) -> list[str]:
    """Return each parameter as a formatter writes it; `...` stands for all defaults."""
    plain = [*arguments.posonlyargs, *arguments.args]
    required = len(plain) - len(arguments.defaults)
    found = [_parameter(each, given=n >= required) for n, each in enumerate(plain)]
    if arguments.posonlyargs:
        found.insert(len(arguments.posonlyargs), "/")
    if arguments.vararg or arguments.kwonlyargs:
        found.append(f"*{_parameter(arguments.vararg) if arguments.vararg else ''}")
    named = zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
    found += [_parameter(each, given=default is not None) for each, default in named]
    return [*found, f"**{_parameter(arguments.kwarg)}"] if arguments.kwarg else found


def _parameter(argument: ast.arg, *, given: bool = False) -> str:
    if argument.annotation is None:
        return f"{argument.arg}=..." if given else argument.arg
    text = f"{argument.arg}: {ast.unparse(argument.annotation)}"
    return f"{text} = ..." if given else text


def _arguments(node: Function) -> list[ast.arg]:
    return [inner for inner in ast.walk(node.args) if isinstance(inner, ast.arg)]


def _annotation(name: str, owner: HostClass) -> ast.expr | None:
    """Return the declared type of an attribute: in the class body, else in a constructor."""
    for node in owner.node.body:
        if isinstance(node, ast.AnnAssign) and ast.unparse(node.target) == name:
            return node.annotation
    init = owner.init
    this = init.args.args[0].arg if init is not None and init.args.args else "self"
    for inner in ast.walk(init) if init is not None else ():
        if isinstance(inner, ast.AnnAssign) and ast.unparse(inner.target) == f"{this}.{name}":
            return inner.annotation
        if isinstance(inner, ast.Assign) and ast.unparse(inner.targets[0]) == f"{this}.{name}":
            return _type_of(inner.value, init)
    return None


def _type_of(value: ast.expr, init: Function | None) -> ast.expr | None:
    """Return the type of `self.x = parameter`, or of a literal number, text or truth value."""
    if isinstance(value, ast.Name) and init is not None:
        found = [argument for argument in _arguments(init) if argument.arg == value.id]
        return found[0].annotation if found else None
    if isinstance(value, ast.Constant) and type(value.value) in (int, float, str, bool, bytes):
        return ast.Name(type(value.value).__name__)
    if isinstance(value, ast.Call) and isinstance(value.func, ast.Name | ast.Attribute):
        # `self.lock = asyncio.Lock()`: the class that is called, when it is spelt like one.
        last = ast.unparse(value.func).rpartition(".")[2]
        return value.func if last[:1].isupper() else None
    return None


def _typed(name: str, text: str, expressions: list[ast.expr], module: Module) -> Need:
    needed = _imports(expressions, module)
    if needed is None:
        return Need(name, f"{name}: Any", frozenset({Import("typing", "Any")}))
    return Need(name, f"{name}: {text}", needed)


def _imports(expressions: list[ast.expr], module: Module) -> frozenset[Import] | None:
    """Return the imports that the expressions need; None where a name cannot be imported."""
    found: set[Import] = set()
    for expression in expressions:
        for inner in ast.walk(expression):
            if isinstance(inner, ast.Constant) and isinstance(inner.value, str):
                return None
            if not isinstance(inner, ast.Name) or inner.id in BUILTINS:
                continue
            binding = module.bindings.get(inner.id)
            if binding is None or binding.kind in ("conditional", "rebound"):
                return None
            if binding.kind == "helper":
                found.add(Import(module.name, inner.id))
            else:
                found.add(import_of(binding, module))
    return frozenset(found)
