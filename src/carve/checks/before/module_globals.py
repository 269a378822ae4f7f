"""Every global that moved code uses can be had in the mixin's module, and means the same there.

Every global that moved code uses can be had in the mixin's module and means the same there.
What was imported is imported again. What the module defines itself is looked up there when a
moved method runs, by an import in its first line; so is what tests replace in that module.
What is needed earlier, for a default or a decorator, moves along. Refused is what functions
rebind or what is deleted, what comes from a star import, and what is only there for type
checkers but used when code runs. Refused is too an import that would be noticed: where the
module also runs as a program, or a method lists its own locals.

```python
count = 0


def bump() -> None:
    global count
    count += 1  # whoever imports `count` keeps the 0
```
"""

import ast
from collections.abc import Iterator

from carve.checks.looking_up import seen_lookups
from carve.errors import Finding
from carve.source.cut import Cut
from carve.source.module import Binding
from carve.source.names import BUILTINS
from carve.workspace import Workspace


def find(cut: Cut, _: Workspace) -> Iterator[Finding]:
    """Yield each global name that cannot simply be imported by the mixin's module."""
    yield from seen_lookups(cut)
    bindings = cut.module.bindings
    unbound: list[str] = []
    for name in sorted(cut.runtime_names | cut.type_names):
        binding = bindings.get(name)
        if binding is None:
            unbound.append(name)
        elif not _is_had(cut, name):
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


def _is_had(cut: Cut, name: str) -> bool:
    """Tell whether the name moves along, or is looked up in the host's module when code runs."""
    if name in cut.helper_names or name == cut.host.name or name in cut.reach.late:
        return True
    return name in cut.reach.typed and name not in cut.runtime_names


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
