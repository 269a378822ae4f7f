"""Every global that moved code uses can be had in the mixin's module, and means the same there."""

import ast
from collections.abc import Iterator

from carve.errors import Finding
from carve.source.cut import Cut
from carve.source.module import Binding
from carve.source.names import BUILTINS
from carve.workspace import Workspace


def find(cut: Cut, _: Workspace) -> Iterator[Finding]:
    """Yield each global name that cannot simply be imported by the mixin's module."""
    bindings = cut.module.bindings
    unbound: list[str] = []
    for name in sorted(cut.runtime_names | cut.type_names):
        binding = bindings.get(name)
        if binding is None:
            unbound.append(name)
        elif name not in cut.helper_names and name != cut.host.name:
            yield from _objections(cut, binding)
    star = cut.module.star_imports
    if star and cut.used.runtime | cut.used_by_helpers.runtime | cut.type_names:
        used = min(cut.used.runtime | cut.used_by_helpers.runtime | cut.type_names)
        yield _finding(
            cut,
            star[0],
            f"moved code uses {used!r}, which may come from this star import",
            f"import the names that are needed one by one, {used!r} among them",
        )
        return
    for name in sorted(set(unbound) - BUILTINS):
        if name in cut.runtime_names:
            yield _finding(
                cut,
                cut.host.node,
                f"moved code uses {name!r}, which nothing in this module binds",
                "bind it before the class is taken apart, so that its meaning can be kept",
            )


def _objections(cut: Cut, binding: Binding) -> Iterator[Finding]:
    name = binding.name
    if binding.kind == "helper":
        yield _finding(
            cut,
            binding.node,
            f"moved code uses {name!r}, which this module defines: importing it back is a cycle",
            f"list {name!r} under helpers: to move it along, or put it into a module of its own",
        )
    elif binding.kind == "rebound":
        yield _finding(
            cut,
            binding.node,
            f"{name!r} is bound more than once, so an import of it may miss the change",
            f"bind {name!r} once, or leave the members that use it",
        )
    elif binding.kind == "conditional":
        yield _finding(
            cut,
            binding.node,
            f"{name!r} is bound conditionally (if, try or with)",
            f"put the condition into a module of its own and import {name!r} from there",
        )
    elif binding.kind == "type-only" and name in cut.runtime_names:
        yield _finding(
            cut,
            binding.node,
            f"{name!r} is imported for type checkers only, but moved code uses it when it runs",
            "import it outside of TYPE_CHECKING",
        )
    elif isinstance(binding.node, ast.ImportFrom) and cut.module.leaves_tree(binding.node):
        yield _finding(
            cut,
            binding.node,
            f"the dots of the import of {name!r} lead out of the tree that carve knows",
            "import it by its whole name, or name the folder of its package under roots:",
        )


def _finding(cut: Cut, node: ast.stmt, message: str, instead: str) -> Finding:
    return Finding(cut.module.path, getattr(node, "lineno", 1), message, instead)
