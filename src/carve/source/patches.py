"""Find where a file replaces a global of a module: patch, monkeypatch or plain assignment."""

import ast
from collections.abc import Iterator
from functools import lru_cache
from typing import TypeGuard

from carve.source.module import Module

ANY = "*"  # a name that is only known when the code runs
_NAMED = frozenset({"attribute", "name"})
_REPLACING = frozenset(
    {"patch", "mock", "mocker", "monkeypatch", "setattr", "delattr", "setitem", "__dict__"}
)
_BY_OBJECT = frozenset({"object", "setattr", "delattr", "multiple", "setitem"})


def patched_names(module: Module, target: str) -> Iterator[tuple[str, int]]:
    """Yield each name of the module `target` that `module` replaces, with the line.

    Any text `pkg.mod.name` counts, whichever function it is given to and also as a constant:
    a text too many is a question asked, a text too few is a test that tests nothing. Only what
    a function holds in a file that has no word for replacing anything is mere data.
    """
    yield from _patched(module, target)


@lru_cache(maxsize=256)
def _patched(module: Module, target: str) -> tuple[tuple[str, int], ...]:
    """Return them all: each step of a chain asks the same files about the same module."""
    return tuple(_found(module, target))


def _found(module: Module, target: str) -> Iterator[tuple[str, int]]:
    data = set() if _replaces(module) else set(_inside_functions(module))
    aliases = _aliases(module, target) | set(_loaded(module, target))
    parts = any(_is_text(node, target) for node in ast.walk(module.tree))
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            if id(node) in data:
                continue
            yield from _in_text(node, target)
            # f"{MODULE}.name" and MODULE + ".name", with MODULE = "pkg.mod" in this file.
            if parts and node.value.startswith(".") and node.value[1:].isidentifier():
                yield node.value[1:], node.lineno
        elif isinstance(node, ast.Call):
            yield from _in_call(node, aliases | {target}, target)
        elif _is_assigned(node) and ast.unparse(node.value) in aliases:
            yield node.attr, node.lineno


def _replaces(module: Module) -> bool:
    """Tell whether the file has a word that replacing needs."""
    return any(_words(node) & _REPLACING for node in ast.walk(module.tree))


def _words(node: ast.AST) -> set[str]:
    """Return the names that a node has, imported ones included."""
    if isinstance(node, ast.keyword):
        return set()  # `patch=0` is the last part of a version
    words = {getattr(node, key, None) for key in ("id", "attr", "arg", "name", "module")}
    return {part for word in words if isinstance(word, str) for part in word.split(".")}


def _inside_functions(module: Module) -> Iterator[int]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield from (id(inner) for part in node.body for inner in ast.walk(part))


def _is_assigned(node: ast.AST) -> TypeGuard[ast.Attribute]:
    return isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store | ast.Del)


def _in_text(node: ast.Constant, target: str) -> Iterator[tuple[str, int]]:
    # `mod.time.sleep` replaces a part of `time`, which is the same object wherever it is used.
    text = str(node.value)
    name = text.removeprefix(f"{target}.")
    if name != text and name.isidentifier():
        yield name, node.lineno


def _in_call(node: ast.Call, owners: set[str], target: str) -> Iterator[tuple[str, int]]:
    """Yield names in `patch.object(mod, "x")`, `setattr(mod, "x", 1)`, `multiple(mod, x=1)`."""
    called = ast.unparse(node.func).rpartition(".")[2]
    targets = [keyword.value for keyword in node.keywords if keyword.arg == "target"]
    if called not in _BY_OBJECT or not (node.args or targets):
        return
    first = (node.args or targets)[0]
    text = first.value if isinstance(first, ast.Constant) else None
    if text != target and ast.unparse(first) not in owners:
        return
    if called != "multiple":
        named = [keyword.value for keyword in node.keywords if keyword.arg in _NAMED]
        for name in [*node.args[1:2], *named]:
            constant = isinstance(name, ast.Constant)
            yield (str(getattr(name, "value", "")) if constant else ANY, node.lineno)
    for keyword in node.keywords:
        if called == "multiple":
            yield keyword.arg or ANY, node.lineno


def _is_text(node: ast.AST, target: str) -> bool:
    return isinstance(node, ast.Constant) and node.value == target


def _loaded(module: Module, target: str) -> Iterator[str]:
    """Yield names and expressions like `import_module("pkg.mod")` and `sys.modules["pkg.mod"]`."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call):
            loads = any(_is_text(argument, target) for argument in node.args)
        else:
            loads = isinstance(node, ast.Subscript) and _is_text(node.slice, target)
        if loads and isinstance(node, ast.expr):
            yield ast.unparse(node)
        value = node.value if isinstance(node, ast.Assign) else None
        if value is not None and any(_is_text(inner, target) for inner in ast.walk(value)):
            yield from (ast.unparse(name) for name in getattr(node, "targets", []))


def _aliases(module: Module, target: str) -> set[str]:
    """Return the expressions by which the file refers to the module `target`."""
    package, _, last = target.rpartition(".")
    found: set[str] = set()
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name == target:
                    found.add(alias.asname or target)
        elif isinstance(node, ast.ImportFrom) and module.absolute(node) == package:
            found |= {alias.asname or last for alias in node.names if alias.name == last}
    return found
