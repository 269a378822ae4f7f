"""By which expressions a file speaks of a module, however it has come by it."""

import ast
import re
from collections.abc import Iterator
from functools import lru_cache

from carve.source.members import Function
from carve.source.module import Module

__all__ = ["aliases", "copies", "handed_out", "loads", "spelt"]

# What gives back a module, or its names, for the path of its file.
_BY_PATH = frozenset(
    {
        *("spec_from_file_location", "SourceFileLoader", "load_source", "run_path"),
        *("import_path", "import_file"),
    }
)
_PLAIN = (ast.Constant, ast.Name, ast.Attribute)
_BY_NAME = frozenset({"import_module", "__import__", "reload", "resolve_name", "run_module"})
_FROM_SPEC = frozenset({"module_from_spec", "load_module"}) | _BY_PATH


@lru_cache(maxsize=1024)
def aliases(module: Module, target: str, given: frozenset[str] = frozenset()) -> frozenset[str]:
    """Return the expressions that mean the module `target`, as `ast.unparse` writes them.

    `given` are fixtures that other files define and that hand it out.
    """
    found = {target, *_imported(module, target), *_loaded(module, target), *given}
    return _spread(module, found - copies(module, target))


@lru_cache(maxsize=1024)
def copies(module: Module, target: str) -> frozenset[str]:
    """Return the expressions that mean a copy of the module, loaded by the path of its file."""
    if not any(_path_loads(module, target)):
        return frozenset()
    made = {
        spelt(node)
        for node in module.nodes
        if isinstance(node, ast.Call) and _last(node.func) in _FROM_SPEC
    }
    return _spread(module, made)


def _spread(module: Module, known: set[str]) -> frozenset[str]:
    """Return the expressions with the names, fixtures and calls that hand them on."""
    found, size = set(known), 0
    while size != len(found):
        size = len(found)
        found |= {name for value, name in _assignments(module) if found & value}
        handing = {name for value, name in _results(module) if found & value}
        found |= handing | {f"{name}()" for name in handing}
    return frozenset(found)


def handed_out(module: Module, target: str) -> frozenset[str]:
    """Return the fixtures of the file that hand the module out, to tests of other files too."""
    return frozenset(
        name
        for name, node in _functions(module)
        if name in aliases(module, target)
        and any("fixture" in ast.unparse(each) for each in node.decorator_list)
    )


def loads(module: Module, target: str) -> Iterator[tuple[int, str]]:
    """Yield the line of each place that loads the module without an import, and how."""
    for line, word in _path_loads(module, target):
        yield line, f"by the path of its file, with {word}"
    known = aliases(module, target)
    for node in module.nodes:
        if isinstance(node, ast.Call) and node.args and _last(node.func) in _BY_NAME:
            first = node.args[0]
            if _is_text(first, target) or spelt(first) in known:
                yield node.lineno, f"with {_last(node.func)}"


@lru_cache(maxsize=1024)
def _path_loads(module: Module, target: str) -> tuple[tuple[int, str], ...]:
    """Return the line and the word of each call that loads a module by the path of its file."""
    parts = target.split(".")
    file = re.compile(rf"(?:^|[/\\]){re.escape(parts[-1])}(?:\.py|[/\\]__init__\.py)$")
    if not any(file.search(text) for text in _texts(module)):
        return ()
    calls = [node for node in module.nodes if isinstance(node, ast.Call)]
    return tuple((n.lineno, _last(n.func)) for n in calls if _last(n.func) in _BY_PATH)


def _texts(module: Module) -> Iterator[str]:
    for node in module.nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def _imported(module: Module, target: str) -> Iterator[str]:
    """Yield `god` for `from pkg import god`, `p.god` for `import pkg as p`, and so on."""
    for node in module.nodes:
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield from _below(alias.name, alias.asname or alias.name, target)
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                name = f"{module.absolute(node)}.{alias.name}"
                yield from _below(name, alias.asname or alias.name, target)


def _below(name: str, bound: str, target: str) -> Iterator[str]:
    if target == name:
        yield bound
    elif target.startswith(f"{name}."):
        yield bound + target.removeprefix(name)


def _loaded(module: Module, target: str) -> Iterator[str]:
    """Yield names and expressions like `import_module("pkg.mod")` and `sys.modules["pkg.mod"]`."""
    for node in module.nodes:
        if isinstance(node, ast.Call):
            loads = any(_is_text(argument, target) for argument in node.args)
        else:
            loads = isinstance(node, ast.Subscript) and _is_text(node.slice, target)
        if loads and isinstance(node, ast.expr):
            yield ast.unparse(node)
        value = node.value if isinstance(node, ast.Assign) else None
        if value is not None and any(_is_text(inner, target) for inner in ast.walk(value)):
            yield from (ast.unparse(name) for name in getattr(node, "targets", []))


def _is_text(node: ast.AST, target: str) -> bool:
    return isinstance(node, ast.Constant) and node.value == target


@lru_cache(maxsize=1024)
def _assignments(module: Module) -> tuple[tuple[frozenset[str], str], ...]:
    """Return what each assignment may give, and to which expression."""
    found: list[tuple[frozenset[str], str]] = []
    for node in module.nodes:
        if isinstance(node, ast.Assign):
            found += [(_choices(node.value), spelt(target)) for target in node.targets]
        elif isinstance(node, ast.AnnAssign | ast.NamedExpr) and node.value is not None:
            found.append((_choices(node.value), spelt(node.target)))
    return tuple(pair for pair in found if pair[0])


@lru_cache(maxsize=1024)
def _results(module: Module) -> tuple[tuple[frozenset[str], str], ...]:
    """Return what each function may return or yield, and the function."""
    return tuple(
        (_choices(inner.value), name)
        for name, node in _functions(module)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Return | ast.Yield) and inner.value is not None
    )


def _choices(value: ast.expr) -> frozenset[str]:
    """Return the expressions of which the value is one; of no interest are those with values."""
    if isinstance(value, ast.IfExp):
        return _choices(value.body) | _choices(value.orelse)
    if isinstance(value, ast.BoolOp):
        return frozenset().union(*map(_choices, value.values))
    if isinstance(value, ast.Await):
        return _choices(value.value)
    return frozenset({spelt(value)} if _is_short(value) else ())


def _is_short(value: ast.expr) -> bool:
    """Tell whether it is written like something that loads a module; the rest takes long."""
    if isinstance(value, ast.Attribute):
        return _is_short(value.value)
    if isinstance(value, ast.Subscript):
        return _is_short(value.value) and isinstance(value.slice, ast.Constant | ast.Name)
    if isinstance(value, ast.Call):
        plain = all(isinstance(each, _PLAIN) for each in value.args) and not value.keywords
        return (plain or _last(value.func) in _FROM_SPEC) and _is_short(value.func)
    return isinstance(value, ast.Name)


def spelt(node: ast.expr) -> str:
    """Return what `ast.unparse` does, sooner for plain names."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{spelt(node.value)}.{node.attr}"
    return ast.unparse(node)


def _functions(module: Module) -> Iterator[tuple[str, Function]]:
    for node in module.nodes:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, node


def _last(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")
