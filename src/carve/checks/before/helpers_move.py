"""A helper that moves along is one definition, and nothing at import time needs it earlier.

A helper is a function, class or constant of the module's top level that moves along with the
members that use it. It is one definition, nothing computes it by a call at import time, and
some moved code does use it.

```python
import time


def plural(word: str) -> str:  # may move, with a member that uses it
    return f"{word}s"


started = time.time()  # its moment would change: refused
```
"""

import ast
from collections.abc import Iterator

from carve.errors import Finding
from carve.source.cut import Cut
from carve.source.members import Function, header
from carve.source.module import Binding, Module, full_name
from carve.workspace import Workspace

_DECLARING = frozenset(
    f"{module}.{name}"
    for module in ("typing", "typing_extensions")
    for name in ("TypeVar", "ParamSpec", "TypeVarTuple", "NewType")
) | frozenset(
    {*(f"builtins.{name}" for name in ("object", "set", "frozenset", "dict", "list", "tuple"))}
    | {"re.compile"}
)


def find(cut: Cut, _: Workspace) -> Iterator[Finding]:
    """Yield each helper that cannot move, and helpers that nothing moved makes use of."""
    for helper in cut.helpers:
        line = helper.node.lineno
        if helper.kind != "helper":
            yield Finding(
                cut.module.path,
                line,
                f"{helper.name!r} is bound by more than one plain definition",
                "list only functions, classes and constants of this module's top level",
            )
        elif not _defines_one(helper.node):
            yield Finding(
                cut.module.path,
                line,
                f"{helper.name!r} is not bound by a definition or assignment of its own",
                "define it, or assign it, by itself",
            )
        elif _impure(helper.node) and not _declares_type(cut.module, helper.node):
            yield Finding(
                cut.module.path,
                line,
                f"the value of {helper.name!r} is computed by a call or may change afterwards",
                f"put {helper.name!r} into a module of its own and import it from there",
            )
        elif (changed := _changed(cut, helper)) is not None:
            yield Finding(
                cut.module.path,
                changed,
                f"this may change {helper.name!r} before the class is made, and it would be "
                "needed before this runs",
                f"put {helper.name!r}, with what fills it, into a module of its own",
            )
        yield from _unused(cut, helper)


def _unused(cut: Cut, helper: Binding) -> Iterator[Finding]:
    others = {name for other in cut.helpers if other != helper for name in _names(other.node)}
    if helper.name not in cut.used.runtime | cut.used.types | others:
        yield Finding(
            cut.module.path,
            helper.node.lineno,
            f"no moved code uses {helper.name!r}",
            "take it out of helpers:",
        )


def _changed(cut: Cut, helper: Binding) -> int | None:
    """Return the first line that hands on or writes to what a constant holds, on import."""
    if isinstance(helper.node, Function | ast.ClassDef):
        return None
    for node in cut.module.tree.body:
        if node is cut.host.node:
            return None
        if isinstance(node, Function | ast.ClassDef) or node is helper.node:
            continue
        for inner in ast.walk(node):
            written = isinstance(inner, ast.Subscript | ast.Attribute)
            owner = inner.value if written else None  # type: ignore[attr-defined]
            reads = isinstance(owner, ast.Name) and owner.id == helper.name
            stored = reads and not isinstance(inner.ctx, ast.Load)  # type: ignore[attr-defined]
            if stored or (isinstance(inner, ast.Call) and helper.name in _handed(inner)):
                return node.lineno
    return None


def _handed(call: ast.Call) -> set[str]:
    """Return the names that the call can change: its owner and its arguments."""
    owner = call.func.value if isinstance(call.func, ast.Attribute) else None
    parts = [owner, *call.args, *(keyword.value for keyword in call.keywords)]
    return {part.id for part in parts if isinstance(part, ast.Name)}


def _names(node: ast.stmt) -> set[str]:
    return {inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name)}


def _defines_one(node: ast.stmt) -> bool:
    if isinstance(node, ast.Assign):
        return len(node.targets) == 1 and isinstance(node.targets[0], ast.Name)
    if isinstance(node, ast.AnnAssign):
        return isinstance(node.target, ast.Name) and node.value is not None
    return isinstance(node, Function | ast.ClassDef)


def _declares_type(module: Module, node: ast.stmt) -> bool:
    """Tell a type variable, a sentinel and the like: a call whose moment nobody can tell."""
    value = node.value if isinstance(node, ast.Assign | ast.AnnAssign) else None
    if not isinstance(value, ast.Call) or full_name(module, value.func) not in _DECLARING:
        return False
    return not _calls([*value.args, *(keyword.value for keyword in value.keywords)])


def _impure(node: ast.stmt) -> bool:
    parts: list[ast.AST] = [node]
    if isinstance(node, Function | ast.ClassDef):
        if node.decorator_list:
            return True
        parts = header(node)
    if isinstance(node, ast.ClassDef):
        # What its body computes is computed while the module is imported.
        bodies = [header(n) if isinstance(n, Function) else [n] for n in node.body]
        parts += [part for body in bodies for part in body]
        if node.keywords:
            return True
    return _calls(parts)


def _calls(parts: list[ast.AST]) -> bool:
    impure = (ast.Call, ast.Await, ast.NamedExpr)
    return any(isinstance(inner, impure) for part in parts for inner in ast.walk(part))
