"""Nothing looks into the class's own namespace or at its list of bases, which both change.

Nothing looks into the class's own namespace or at its list of bases, by `__dict__`, `vars`,
`__mro__`, `inspect.getsource` and the like, and nothing deletes a moved member from the class.
Both change, whereas `getattr`, `dir` and `inspect.getmembers` follow the bases.

```python
names = [name for name in vars(Store) if not name.startswith("_")]  # would miss what moved
```
"""

import ast
from collections.abc import Iterable, Iterator

from carve.checks.handing import received
from carve.checks.spelling import Spelling, spellings
from carve.errors import Finding
from carve.source.cut import Cut
from carve.workspace import Workspace

_OWN = frozenset(
    {
        *("__dict__", "__annotations__", "__bases__", "__base__", "__mro__", "__orig_bases__"),
        "mro",
    }
)
_READERS = frozenset(
    {
        *("vars", "delattr", "getsource", "getsourcelines", "get_annotations"),
        *("getmro", "getclasstree", "classify_class_attrs"),
    }
)
_ANY_CLASS = frozenset({"cls", "klass", "__class__"})


def find(cut: Cut, workspace: Workspace) -> Iterator[Finding]:
    """Yield each look into the namespace of the host, or of a class that may be the host."""
    for owner in workspace.lineage(cut.host)[0]:
        for line, what in _looks(ast.walk(owner.node), _ANY_CLASS, any_class=True):
            yield _finding(owner.module.path, line, what, cut)
    for spelling in spellings(cut, workspace):
        module, names = spelling.module, spelling.names | {cut.host.name}
        for line, what in _looks(module.nodes, names, any_class=False):
            yield _finding(module.path, line, what, cut)
        for line, what in _handed(spelling, workspace):
            yield _finding(module.path, line, what, cut)
        for line, what in _deleted(spelling, cut):
            yield _finding(module.path, line, what, cut)


def _handed(spelling: Spelling, workspace: Workspace) -> Iterator[tuple[int, str]]:
    """Yield each call that hands the class to a function of the tree that looks into it."""
    for call in spelling.module.nodes:
        if not isinstance(call, ast.Call) or isinstance(call.func, ast.Call):
            continue
        if not any(map(spelling.means, (*call.args, *(each.value for each in call.keywords)))):
            continue
        for module, function, name in received(spelling.module, call, spelling.means, workspace):
            for line, what in _looks(ast.walk(function), frozenset({name}), any_class=False):
                text = f"{ast.unparse(call)}, by {what} in {module.path}:{line},"
                yield call.lineno, text


def _deleted(spelling: Spelling, cut: Cut) -> Iterator[tuple[int, str]]:
    """Yield each deletion of a moved member from the class, which has it no longer itself."""
    for node in spelling.module.nodes:
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Del):
            if node.attr in cut.member_names and spelling.means(node.value):
                yield node.lineno, f"del {ast.unparse(node)}"
        elif isinstance(node, ast.Call) and node.args and _called(node) == "delattr":
            text = getattr(node.args[0], "value", None)
            if text in {f"{cut.module.name}.{cut.host.name}.{n}" for n in cut.member_names}:
                yield node.lineno, ast.unparse(node)


def _looks(
    nodes: Iterable[ast.AST], names: frozenset[str], *, any_class: bool
) -> Iterator[tuple[int, str]]:
    for node in nodes:
        if isinstance(node, ast.Attribute) and node.attr in _OWN:
            looked_at, line = node.value, node.lineno
        elif isinstance(node, ast.Call) and node.args and _called(node) in _READERS:
            looked_at, line = node.args[0], node.lineno
        else:
            continue
        if _is_class(looked_at, names, any_class=any_class):
            yield line, ast.unparse(node)


def _called(node: ast.Call) -> str:
    return ast.unparse(node.func).rpartition(".")[2]


def _is_class(node: ast.expr, names: frozenset[str], *, any_class: bool) -> bool:
    """Tell whether the expression may be the class: its name, `cls`, `type(x)`, `x.__class__`."""
    if isinstance(node, ast.Name):
        return node.id in names
    if isinstance(node, ast.Attribute):
        return node.attr in names
    return any_class and isinstance(node, ast.Call) and _called(node) == "type"


def _finding(path: str, line: int, what: str, cut: Cut) -> Finding:
    return Finding(
        path,
        line,
        f"{what} looks into a class, and what moves is no longer in {cut.host.name} itself",
        "use getattr, dir or inspect.getmembers, which follow the bases",
    )
