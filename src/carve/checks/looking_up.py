"""Nothing tells that a moved method takes what it uses from the host's module when it runs.

What the host's module defines, or what tests replace there, is imported in the first line of each
method that uses it. That is refused where the module also runs as a program, for then it would be
there twice, and where the method lists its own locals.
"""

import ast
from collections.abc import Iterator

from carve.errors import Finding
from carve.source.cut import Cut

__all__ = ["seen_lookups"]

_LISTING = frozenset({"locals", "vars", "dir"})


def seen_lookups(cut: Cut) -> Iterator[Finding]:
    """Yield each place at which the import would make a difference."""
    if cut.reach.late or cut.reach.resolved:
        yield from _as_program(cut)
    yield from _shadowing(cut)
    for lookup in cut.reach.lookups:
        for node in ast.walk(lookup.node):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in _LISTING
                and not node.args
            ):
                yield Finding(
                    cut.module.path,
                    node.lineno,
                    f"{lookup.node.name!r} lists its locals, and {lookup.names[0]!r} would now "
                    "be one of them",
                    "leave this member, or name what is meant",
                )
    if cut.reach.resolved and "sys" in cut.module.bindings:
        binding = cut.module.bindings["sys"]
        plain = binding.kind == "import" and isinstance(binding.node, ast.Import)
        if not plain or binding.alias is None or binding.alias.name != "sys":
            yield Finding(
                cut.module.path,
                binding.node.lineno,
                "'sys' is not the module of this name here, and annotations need that one",
                "import sys plainly, or leave the members with annotations of this module",
            )


def _as_program(cut: Cut) -> Iterator[Finding]:
    for node in cut.module.tree.body:
        if isinstance(node, ast.If) and "__name__" in ast.unparse(node.test):
            yield Finding(
                cut.module.path,
                node.lineno,
                f"{cut.module.name} also runs as a program, and moved code that imports "
                f"{min(cut.reach.late | cut.reach.resolved)!r} from it would load it again",
                "put what runs as a program into a module of its own, such as __main__",
            )


def _shadowing(cut: Cut) -> Iterator[Finding]:
    """Yield each `name = name` in the body of a class in a function: it reads the module's."""
    for node in (each for part in cut.moved_definitions for each in ast.walk(part)):
        if not isinstance(node, ast.ClassDef):
            continue
        statements = [each for each in node.body if isinstance(each, ast.Assign | ast.AnnAssign)]
        names = [each for part in statements for each in ast.walk(part)]
        plain = [each for each in names if isinstance(each, ast.Name)]
        stored = {each.id for each in plain if isinstance(each.ctx, ast.Store)}
        for each in plain:
            both = isinstance(each.ctx, ast.Load) and each.id in stored
            if both and each.id in cut.module.bindings:
                yield Finding(
                    cut.module.path,
                    each.lineno,
                    f"{each.id!r} is read from the module here and bound in the class as well",
                    "give one of the two another name, or leave this member",
                )
