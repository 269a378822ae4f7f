"""Find where a file replaces a global of a module: patch, monkeypatch or plain assignment."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from carve.source.aliases import aliases, copies, spelt
from carve.source.module import Module

__all__ = ["ANY", "How", "Patch", "patched_names", "patches"]

ANY = "*"  # a name that is only known when the code runs
How = Literal["text", "object", "multiple", "item", "assignment"]
_NAMED = frozenset({"attribute", "name"})
_REPLACING = frozenset(
    {
        *("patch", "mock", "mocker", "monkeypatch", "setattr", "delattr", "setitem", "delitem"),
        *("__dict__", "vars", "swap_attr", "replace"),
    }
)
_BY_OBJECT = frozenset({"object", "setattr", "delattr", "spy", "stub", "__setattr__"})
_OF_MULTIPLE = frozenset({"target", "spec", "create", "spec_set", "autospec"})
_ITEMS = frozenset({"setitem", "delitem", "dict"})
_DELETING = frozenset({"delattr", "delitem"})


@dataclass(frozen=True)
class Patch:
    """One name of a module that is replaced: by which node of the file, and in which way.

    Attributes:
        node: The text, the call, or what is assigned to.
        parts: Whether the text is only a part of what names the target.
        copied: Whether it is replaced in a copy that was loaded by the path of the file.
        deletes: Whether the name is taken away instead, so that using it fails.
    """

    name: str
    line: int
    node: ast.expr
    how: How
    parts: bool = False
    copied: bool = False
    deletes: bool = False


def patched_names(
    module: Module, target: str, given: frozenset[str] = frozenset()
) -> Iterator[tuple[str, int]]:
    """Yield each name of the module `target` that `module` replaces, with the line."""
    yield from ((patch.name, patch.line) for patch in patches(module, target, given))


@lru_cache(maxsize=1024)
def patches(module: Module, target: str, given: frozenset[str] = frozenset()) -> tuple[Patch, ...]:
    """Return each replacement of a name of the module `target` in `module`.

    Any text `pkg.mod.name` counts, whichever function it is given to and also as a constant:
    a text too many is a question asked, a text too few is a test that tests nothing. Only what
    a function holds in a file that has no word for replacing anything is mere data. `given` are
    fixtures of other files that hand the module out.
    """
    return tuple(_found(module, target, given))


def _found(module: Module, target: str, given: frozenset[str]) -> Iterator[Patch]:
    known = aliases(module, target, given)
    copied = copies(module, target)
    texts = {id(patch.node): patch for patch in _texts(module, target, known)}
    data = _data(module) if texts else set()
    for node in module.nodes:
        if id(node) in texts and id(node) not in data:
            yield texts[id(node)]
        else:
            yield from _through(module, node, target, known)
            if copied:
                found = _through(module, node, target, copied)
                yield from (replace(patch, copied=True) for patch in found)


def _through(module: Module, node: ast.AST, target: str, known: frozenset[str]) -> Iterator[Patch]:
    """Yield what the node replaces in the module as one of the known expressions names it."""
    if isinstance(node, ast.Call):
        found = _in_call(node, known, target, _constants(module))
        deletes = _last(node.func) in _DELETING
    elif isinstance(node, ast.Attribute | ast.Subscript) and not isinstance(node.ctx, ast.Load):
        found = _assigned(node, known, _constants(module))
        deletes = isinstance(node.ctx, ast.Del)
    else:
        return
    yield from (replace(patch, deletes=deletes) for patch in found)


def _texts(module: Module, target: str, known: frozenset[str]) -> Iterator[Patch]:
    """Yield each constant that has a name of the module `target`."""
    replaces = _replaces(module)
    in_place = {id(node.args[0]) for node in _calls(module, frozenset({"dict"}))}
    gone = {id(node.args[0]) for node in _calls(module, _DELETING)}
    parts = any(_is_named(node, target, known) for node in module.nodes)
    for node in module.nodes:
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
            continue
        name = _in_text(node.value, target)
        # patch.dict("pkg.mod.OPTIONS") changes the one object that everybody has.
        if (name == ANY and not replaces) or (name and id(node) in in_place):
            continue
        if name is not None:
            deletes = id(node) in gone
            yield Patch(name, node.lineno, node, "text", parts=name == ANY, deletes=deletes)
        # f"{MODULE}.name" and MODULE + ".name", with MODULE = "pkg.mod" in this file.
        elif parts and node.value.startswith(".") and node.value[1:].isidentifier():
            yield Patch(node.value[1:], node.lineno, node, "text", parts=True)


def _in_text(text: str, target: str) -> str | None:
    # `mod.time.sleep` replaces a part of `time`, which is the same object wherever it is used.
    if not text.startswith(f"{target}."):
        return None
    name = text.removeprefix(f"{target}.")
    if name.isidentifier():
        return None if name == "__dict__" else name
    return ANY if not name or name[0] in "{%" else None


def _is_named(node: ast.AST, target: str, known: frozenset[str]) -> bool:
    """Tell whether the node is the name of the module: its text, or `mod.__name__`."""
    if isinstance(node, ast.Constant):
        return node.value == target
    if isinstance(node, ast.Attribute) and node.attr in {"__name__", "__module__"}:
        return node.attr == "__module__" or spelt(node.value) in known
    return False


def _calls(module: Module, names: frozenset[str]) -> Iterator[ast.Call]:
    for node in module.nodes:
        if isinstance(node, ast.Call) and node.args and _last(node.func) in names:
            yield node


def _in_call(
    node: ast.Call, known: frozenset[str], target: str, constants: dict[str, str]
) -> Iterator[Patch]:
    """Yield names in `patch.object(mod, "x")`, `setattr(mod, "x", 1)`, `multiple(mod, x=1)`."""
    called = _last(node.func)
    owner = _owner(node) if called in _BY_OBJECT | _ITEMS | {"multiple"} else None
    if owner is None:
        return
    if called in _ITEMS:
        if _is_namespace(owner, known, target):
            yield from _in_items(node, called, constants)
        return
    text = getattr(owner, "value", None) if isinstance(owner, ast.Constant) else spelt(owner)
    if text not in known:
        return
    if called == "multiple":
        names = [each.arg for each in node.keywords if each.arg not in _OF_MULTIPLE]
        yield from (Patch(name or ANY, node.lineno, node, "multiple") for name in names)
    else:
        named = [each.value for each in node.keywords if each.arg in _NAMED]
        found = [_constant(name, constants) for name in [*node.args[1:2], *named]]
        yield from (Patch(name, node.lineno, node, "object") for name in found)


def _owner(node: ast.Call) -> ast.expr | None:
    """Return what the call replaces a part of."""
    targets = [each.value for each in node.keywords if each.arg in {"target", "in_dict", "obj"}]
    return next(iter((*node.args, *targets)), None)


def _in_items(node: ast.Call, called: str, constants: dict[str, str]) -> Iterator[Patch]:
    """Yield names in `patch.dict(mod.__dict__, {"x": 1}, y=2)`, `setitem(vars(mod), "x", 1)`."""
    for value in node.args[1:2]:
        keys = value.keys if isinstance(value, ast.Dict) else [value]
        for key in keys:
            known = key if called != "dict" or isinstance(value, ast.Dict) else None
            yield Patch(_constant(known, constants), node.lineno, node, "item")
    for keyword in node.keywords if called == "dict" else ():
        if keyword.arg not in {"in_dict", "clear"}:
            yield Patch(keyword.arg or ANY, node.lineno, node, "item")


def _assigned(
    node: ast.Attribute | ast.Subscript, known: frozenset[str], constants: dict[str, str]
) -> Iterator[Patch]:
    """Yield `mod.x = 1`, `del mod.x`, and `vars(mod)["x"] = 1`."""
    if isinstance(node, ast.Attribute):
        if spelt(node.value) in known:
            yield Patch(node.attr, node.lineno, node, "assignment")
    elif _is_namespace(node.value, known, ""):
        yield Patch(_constant(node.slice, constants), node.lineno, node, "assignment")


def _is_namespace(node: ast.expr, known: frozenset[str], target: str) -> bool:
    """Tell whether it is the dictionary of the module: `mod.__dict__`, `vars(mod)`, or a text."""
    if isinstance(node, ast.Constant):
        return node.value == f"{target}.__dict__"
    if isinstance(node, ast.Attribute) and node.attr == "__dict__":
        return spelt(node.value) in known
    if isinstance(node, ast.Call) and _last(node.func) == "vars" and node.args:
        return spelt(node.args[0]) in known
    return False


def _constant(node: ast.expr | None, constants: dict[str, str]) -> str:
    if isinstance(node, ast.Name):
        return constants.get(node.id, ANY)
    value = node.value if isinstance(node, ast.Constant) else None
    return value if isinstance(value, str) else ANY


@lru_cache(maxsize=1024)
def _constants(module: Module) -> dict[str, str]:
    """Return the texts that top-level names of the file have for good."""
    return {
        name: str(binding.node.value.value)  # type: ignore[attr-defined]  # it is an assignment
        for name, binding in module.bindings.items()
        if binding.kind == "helper"
        and isinstance(getattr(binding.node, "value", None), ast.Constant)
    }


def _data(module: Module) -> set[int]:
    """Return the nodes that are mere data, by their identities."""
    return set() if _replaces(module) else set(_inside_functions(module))


@lru_cache(maxsize=1024)
def _replaces(module: Module) -> bool:
    """Tell whether the file has a word that replacing needs."""
    return any(_words(node) & _REPLACING for node in module.nodes)


def _words(node: ast.AST) -> set[str]:
    """Return the names that a node has, imported ones included."""
    if isinstance(node, ast.keyword):
        return set()  # `patch=0` is the last part of a version
    words = {getattr(node, key, None) for key in ("id", "attr", "arg", "name", "module")}
    return {part for word in words if isinstance(word, str) for part in word.split(".")}


def _inside_functions(module: Module) -> Iterator[int]:
    for node in module.nodes:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield from (id(inner) for part in node.body for inner in ast.walk(part))


def _last(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")
