"""What speaks against moving names to another module, before anything is written."""

import ast
import sys
from collections.abc import Iterator

from carve.errors import Finding
from carve.plan.nearest import nearest
from carve.source.imports import Import, import_of
from carve.source.module import Module
from carve.source.moving.choice import Choice
from carve.source.moving.texts import place_in
from carve.source.patches import ANY, patched_names
from carve.source.references.files import Files

__all__ = ["objections", "unknown_names"]

_OWN = frozenset({"__name__", "__file__", "__doc__", "__package__", "__spec__", "__path__"})
_KINDS = {
    "conditional": "is bound under a condition",
    "rebound": "is bound more than once, or declared global",
    "type-only": "is only there for type checkers",
    "import": "is only imported",
}


def unknown_names(choice: Choice) -> Iterator[Finding]:
    """Yield each name that the module does not have."""
    known = sorted(choice.module.bindings)
    for name in choice.names:
        if name not in choice.module.bindings:
            message = f"{choice.module.name} has no top-level name {name!r}"
            instead = nearest(name, known) or "check how it is spelt"
            yield Finding(choice.module.path, 1, message, instead)


def objections(choice: Choice, target: Module | None, files: Files) -> Iterator[Finding]:
    """Yield all that speaks against it; `target` is None for a module that is to be made."""
    torn = [*_definitions(choice), *_lines(choice)]
    yield from torn
    if torn:
        return  # the other questions are about whole statements
    yield from _globals(choice)
    yield from _bodies(choice)
    yield from _patches(choice, files)
    yield from _home(choice, files)
    yield from _cuts(choice, files)
    if target is not None:
        yield from _clashes(choice, target)


def _definitions(choice: Choice) -> Iterator[Finding]:
    for binding in choice.bindings:
        node = binding.node
        where = choice.module.path, getattr(node, "lineno", 1)
        if binding.kind != "helper":
            message = f"{binding.name!r} {_KINDS[binding.kind]}, so it cannot move alone"
            yield Finding(*where, message, "define it once, plainly, at the top level")
        elif isinstance(node, ast.Assign | ast.AnnAssign) and not _is_single(node):
            message = f"{binding.name!r} is assigned together with other names"
            yield Finding(*where, message, "give it a statement of its own")
        elif binding.name.startswith("__"):
            message = f"{binding.name!r} belongs to its module"
            yield Finding(*where, message, "leave it where it is")


def _is_single(node: ast.Assign | ast.AnnAssign) -> bool:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    return len(targets) == 1 and isinstance(targets[0], ast.Name)


def _lines(choice: Choice) -> Iterator[Finding]:
    moved = {id(binding.node) for binding in choice.bindings}
    for node in choice.module.tree.body:
        lines = range(node.lineno, (node.end_lineno or node.lineno) + 1)
        if id(node) not in moved and any(n in r for r in choice.regions for n in lines):
            message = "this shares a line with what is to move"
            yield Finding(choice.module.path, node.lineno, message, "give it its own line")


def _globals(choice: Choice) -> Iterator[Finding]:
    module = choice.module
    for name in sorted(choice.used.runtime | choice.used.types):
        binding = module.bindings.get(name)
        kind = binding.kind if binding is not None else ""
        line = getattr(binding.node, "lineno", 1) if binding is not None else 1
        if kind == "helper":
            yield Finding(
                module.path,
                line,
                f"what moves uses {name!r}, which {module.name} defines itself",
                f"list {name!r} under helpers:, or move it first",
            )
        elif kind in ("conditional", "rebound"):
            message = f"what moves uses {name!r}, which {_KINDS[kind]}"
            yield Finding(module.path, line, message, "bind it once, plainly")
        elif name in _OWN:
            message = f"what moves uses {name}, which would be that of the new module"
            yield Finding(module.path, choice.regions[0].start, message, "give it a constant")
        elif binding is None and module.star_imports:
            message = f"{name!r} may come from `import *`"
            line = module.star_imports[0].lineno
            yield Finding(module.path, line, message, f"import {name!r} by name")


def _bodies(choice: Choice) -> Iterator[Finding]:
    package = choice.target.rpartition(".")[0]
    for inner in (n for binding in choice.bindings for n in ast.walk(binding.node)):
        if isinstance(inner, ast.Global):
            message = f"`global {', '.join(inner.names)}` would speak of the new module"
            yield Finding(choice.module.path, inner.lineno, message, "pass the value instead")
        relative = isinstance(inner, ast.ImportFrom) and inner.level
        if isinstance(inner, ast.ImportFrom) and relative and package != choice.module.package:
            message = "a relative import would start from another package"
            yield Finding(choice.module.path, inner.lineno, message, "write it absolutely")


def _patches(choice: Choice, files: Files) -> Iterator[Finding]:
    """Yield each patch of a global of the old module that the moved code looks up."""
    used = choice.used.runtime
    for path in files.holding([choice.module.name.rpartition(".")[2]]):
        for name, line in _patched(path, choice.module.name, files):
            if name in used or (name == ANY and used):
                yield Finding(
                    path,
                    line,
                    f"this replaces {name!r} in {choice.module.name}, but code that uses it moves",
                    f"replace it in {choice.target} as well, in a step of its own",
                )


def _patched(path: str, module: str, files: Files) -> Iterator[tuple[str, int]]:
    if path.endswith(".py"):
        yield from patched_names(files.module_at(path), module)


def _home(choice: Choice, files: Files) -> Iterator[Finding]:
    package = choice.target.rpartition(".")[0]
    where = choice.module.path, choice.regions[0].start
    if package and files.path_of(package) is None:
        message = f"there is no package {package} to put it into"
        yield Finding(*where, message, "create it with an __init__.py")
    if not package and choice.target in sys.stdlib_module_names:
        message = f"{choice.target!r} would hide the standard library's module"
        yield Finding(*where, message, "choose another module")


def _cuts(choice: Choice, files: Files) -> Iterator[Finding]:
    """Yield each module in `cuts:` that does not take one of the names by a plain import."""
    for name in sorted(choice.cuts):
        path = files.path_of(name)
        known = files.module_at(path).bindings if path else {}
        offered = {n for n in choice.names if n in known and known[n].kind == "import"}
        if not offered:
            message = f"cuts: {name} offers none of {', '.join(choice.names)}"
            yield Finding(path or choice.module.path, 1, message, f"take {name} out of cuts:")


def _clashes(choice: Choice, target: Module) -> Iterator[Finding]:
    """Yield each name that the target uses for something else, and differences in dialect."""
    instead = "rename one of the two first"
    for name in choice.names:
        known = target.bindings.get(name)
        if known is None:
            continue
        plain = known.kind == "import"
        if not plain or import_of(known, target) != Import(choice.module.name, name):
            message = f"{target.name} binds {name!r} already"
            yield Finding(target.path, getattr(known.node, "lineno", 1), message, instead)
    for item in sorted(choice.runtime_imports | choice.type_imports):
        known = target.bindings.get(item.bound)
        own = item.module == target.name and item.name == item.bound
        if (
            known is not None
            and not own
            and (known.alias is None or import_of(known, target) != item)
        ):
            message = f"{item.bound!r} means something else in {target.name}"
            yield Finding(target.path, getattr(known.node, "lineno", 1), message, instead)
        if own and (line := place_in(choice, target)) and known and known.node.lineno >= line:
            message = f"{item.bound!r} is defined too late for what moves here"
            yield Finding(target.path, known.node.lineno, message, "move it up first")
    if choice.module.postponed != target.postponed:
        message = "only one of the modules has `from __future__ import annotations`"
        yield Finding(target.path, 1, message, "let both have it, or none")
