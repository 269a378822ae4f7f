"""Which names a function binds, and which of them a part of it reads or writes."""

import ast
import textwrap
from collections.abc import Iterable, Iterator, Mapping

from carve.source.members import Function
from carve.source.merge.syntax import NAMED_BY
from carve.source.names import used_by_members

__all__ = [
    "ambiguous",
    "bound_in",
    "looking_at_its_frame",
    "named_for_others",
    "reads_and_writes",
    "rename",
    "seen_by_name",
    "times_bound",
]

_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


_VARIABLES = {**NAMED_BY, ast.arg: "arg"}
_ALL_LOCALS = frozenset({"locals", "vars", "dir", "eval", "exec"})
_FRAME = _ALL_LOCALS | {"globals", "currentframe", "stack", "_getframe", "stacklevel"}


def bound_in(function: ast.AST) -> frozenset[str]:
    """Return every name that the function or anything inside of it binds."""
    return frozenset(_bound(function))


def named_for_others(function: Function) -> frozenset[str]:
    """Return the names that cannot be changed alone: of what is imported, defined or passed.

    The instance is among them, which all of the hosts call the same.
    """
    fixed = {argument.arg for argument in [*function.args.posonlyargs, *function.args.args][:1]}
    for node in ast.walk(function):
        if isinstance(node, ast.Global | ast.Nonlocal):
            fixed |= set(node.names)
        elif isinstance(node, ast.alias | ast.ClassDef | Function) and node is not function:
            fixed |= set(_named(node))
        if isinstance(node, ast.Lambda | Function) and node is not function:
            fixed |= {inner.arg for inner in ast.walk(node.args) if isinstance(inner, ast.arg)}
    return frozenset(fixed)


def rename(tree: ast.AST, names: Mapping[str, str]) -> None:
    """Give variables other names, wherever the tree speaks of them."""
    for node in ast.walk(tree):
        field = _VARIABLES.get(type(node))
        if field and (name := getattr(node, field)) in names:
            setattr(node, field, names[name])


def looking_at_its_frame(code: ast.AST) -> str | None:
    """Return a word by which the code looks at its own frame, where names are part of it."""
    for inner in ast.walk(code):
        if seen := _FRAME & {getattr(inner, key, None) for key in ("id", "attr", "arg")}:
            return min(map(str, seen))
    return None


def seen_by_name(function: Function) -> frozenset[str]:
    """Return the locals whose very names the function may look at, through its own frame."""
    asked = [pair for node in ast.walk(function) for pair in _asked_for_one(node)]
    known = {id(owner) for owner, _ in asked}
    for node in ast.walk(function):
        whole = isinstance(node, ast.Attribute) and node.attr == "f_locals"
        if (whole and id(node) not in known) or getattr(node, "id", None) in _ALL_LOCALS:
            return bound_in(function)
    return bound_in(function) & {
        str(name) for owner, name in asked if getattr(owner, "attr", None) == "f_locals"
    }


def _asked_for_one(node: ast.AST) -> Iterator[tuple[ast.AST, object]]:
    """Yield what is asked for one name that is written there, and the name."""
    match node:
        case ast.Call(ast.Attribute(owner, "get"), [ast.Constant(name), *_]):
            yield owner, name
        case ast.Subscript(owner, ast.Constant(name)):
            yield owner, name
        case ast.Compare(ast.Constant(name), [ast.In() | ast.NotIn()], [owner]):
            yield owner, name


def times_bound(function: ast.AST, name: str) -> int:
    """Return in how many places the function or anything inside of it binds `name`."""
    return list(_bound(function)).count(name)


def ambiguous(function: Function) -> frozenset[str]:
    """Return the names that are a local in one scope of the function, and a global in another."""
    text = textwrap.indent(ast.unparse(function), "    ") + "\n"
    used = used_by_members(text, postponed=False)
    return bound_in(function) & (used.runtime | used.types)


def reads_and_writes(nodes: Iterable[ast.AST]) -> tuple[set[str], set[str]]:
    """Return the names that the code reads and those that it binds, in the scope it stands in.

    What comprehensions, lambdas and nested functions bind for themselves is left out.
    """
    reads: set[str] = set()
    writes: set[str] = set()
    for node in nodes:
        _collect(node, reads, writes)
    return reads, writes


def _collect(node: ast.AST, reads: set[str], writes: set[str]) -> None:
    if isinstance(node, (*_COMPREHENSIONS, ast.Lambda, Function)):
        inner_reads, own = reads_and_writes(ast.iter_child_nodes(node))
        named = {inner.target.id for inner in ast.walk(node) if isinstance(inner, ast.NamedExpr)}
        scoped = isinstance(node, _COMPREHENSIONS)
        reads |= inner_reads - (own - named if scoped else own)
        writes |= named if scoped else set()
        if isinstance(node, Function):
            writes.add(node.name)
        return
    if isinstance(node, ast.Name):
        (reads if isinstance(node.ctx, ast.Load) else writes).add(node.id)
    elif isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
        reads.add(node.target.id)
    writes |= set(_named(node))
    for child in ast.iter_child_nodes(node):
        _collect(child, reads, writes)


def _bound(function: ast.AST) -> Iterator[str]:
    outside = {
        name for node in ast.walk(function) if isinstance(node, ast.Global) for name in node.names
    }
    for node in ast.walk(function):
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            if node.id not in outside:
                yield node.id
        elif node is not function:
            yield from _named(node)


def _named(node: ast.AST) -> Iterator[str]:
    """Yield what a node binds by a name that is not an expression."""
    if isinstance(node, ast.arg):
        yield node.arg
    elif isinstance(node, ast.alias):
        yield node.asname or node.name.partition(".")[0]
    elif isinstance(node, Function | ast.ClassDef):
        yield node.name
    elif isinstance(node, ast.ExceptHandler | ast.MatchAs | ast.MatchStar | ast.MatchMapping):
        name = node.rest if isinstance(node, ast.MatchMapping) else node.name
        yield from [name] if name else []
