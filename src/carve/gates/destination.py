"""All code of a module that is to be deleted has another place, or is given up with a reason.

What may go with a module are its docstrings, comments, imports, `__all__`, and the heads of
classes that have nothing of their own. Anything else has a place when a module that stays defines
it under the same name with the very same code.
"""

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from carve.errors import Finding
from carve.source.members import HostClass
from carve.source.module import Module
from carve.workspace import Workspace

__all__ = ["Left", "find", "left_in", "without_place"]

_SHOWN = 6


@dataclass(frozen=True, slots=True)
class Left:
    """One thing that a module still defines; a statement without a name is called by its line."""

    name: str
    nodes: tuple[ast.stmt, ...]
    first: int
    last: int
    lines: int

    @property
    def inside(self) -> bool:
        """Tell whether it is defined in a class."""
        return "." in self.name

    def __str__(self) -> str:
        """Return `Till.pay (line 3-9)`."""
        place = str(self.first) if self.first == self.last else f"{self.first}-{self.last}"
        return f"{self.name} (line {place})"


def find(
    workspace: Workspace, module: str, loses: Mapping[str, str] | None = None
) -> Iterator[Finding]:
    """Yield one finding for all that has no other place, and one for each idle entry of `loses`.

    `loses` has what goes with the module, by name and with the reason.
    """
    path = workspace.path_of(module)
    if path is None:
        return
    given_up = dict(loses or {})
    here = left_in(workspace.module_at(path))
    for name in sorted(given_up.keys() - {each.name for each in here}):
        yield Finding(
            path, 1, f"the module has no {name!r} to lose", "take it out of loses:", "destination"
        )
    lost = without_place(workspace, path, [each for each in here if each.name not in given_up])
    if lost:
        yield _said(path, lost)


def left_in(module: Module) -> list[Left]:
    """Return all that the module itself defines or does, in the order of the file."""
    found: list[Left] = []
    for node in module.tree.body:
        if not _matters(node):
            continue
        if isinstance(node, ast.ClassDef):
            found += _in_class(HostClass(module, node))
        else:
            name = _name_of(node)
            first, last = _range(node)
            found.append(Left(name, (node,), first, last, last - first + 1))
    return found


def without_place(workspace: Workspace, path: str, left: Iterable[Left]) -> list[Left]:
    """Return what no other module below the roots defines just so."""
    wanted = list(left)
    names = {each.name.rpartition(".")[2] for each in wanted if each.name.isascii()}
    known: set[tuple[str, str]] = set()
    within = {*workspace.python_files()} - {path}
    for other in workspace.mentioning(names) if names else ():
        if other in within and _defines(workspace.read(other) or b"", names):
            known |= {_identity(each) for each in left_in(workspace.module_at(other))}
    return [each for each in wanted if _identity(each) not in known]


def _in_class(host: HostClass) -> Iterator[Left]:
    covered: set[ast.stmt] = set()
    found: list[Left] = []
    for member in host.members.values():
        covered |= {*member.nodes}
        nodes = tuple(node for node in member.nodes if _matters(node))
        if nodes:
            first, last = member.regions[0].start, member.regions[-1].end
            name, lines = f"{host.name}.{member.name}", sum(map(len, member.regions))
            found.append(Left(name, nodes, first, last, lines))
    for node in host.node.body:
        if node not in covered and _matters(node):
            first, last = _range(node)
            name = f"{host.name}.(line {first})"
            found.append(Left(name, (node,), first, last, last - first + 1))
    yield from sorted(found, key=lambda each: each.first)


def _matters(node: ast.stmt) -> bool:
    """Tell whether a statement is code that somebody could miss."""
    if isinstance(node, ast.Import | ast.ImportFrom | ast.Pass):
        return False
    if isinstance(node, ast.Expr):
        return not isinstance(node.value, ast.Constant)
    if isinstance(node, ast.If | ast.Try):
        handlers = [each for handler in getattr(node, "handlers", ()) for each in handler.body]
        inner = [*node.body, *node.orelse, *getattr(node, "finalbody", ()), *handlers]
        return any(map(_matters, inner))
    return _name_of(node) != "__all__"


def _name_of(node: ast.stmt) -> str:
    name = getattr(node, "name", None)
    targets: list[ast.expr] = getattr(node, "targets", []) or [getattr(node, "target", None)]
    if name is None and len(targets) == 1 and isinstance(targets[0], ast.Name):
        name = targets[0].id
    return str(name) if name is not None else f"(line {node.lineno})"


def _range(node: ast.stmt) -> tuple[int, int]:
    decorators: list[ast.expr] = getattr(node, "decorator_list", [])
    first = min([node.lineno, *(each.lineno for each in decorators)])
    return first, node.end_lineno or first


def _identity(left: Left) -> tuple[str, str]:
    name = left.name.rpartition(".")[2]
    # Where a statement has no name, its code alone tells what it is.
    plain = name if name.isidentifier() else ""
    kind = f"{plain} inside" if left.inside else plain
    return kind, "\n".join(map(ast.dump, left.nodes))


def _defines(raw: bytes, names: Iterable[str]) -> bool:
    words = b"|".join(re.escape(name).encode() for name in names)
    pattern = rb"(?m)^\s*(?:(?:async )?def |class )?(?:%b)\b\s*(?:[\[(:=]|$)" % words
    return re.search(pattern, raw) is not None


def _said(path: str, lost: list[Left]) -> Finding:
    longest = sorted(lost, key=lambda each: (-each.lines, each.first))
    shown = ", ".join(map(str, longest[:_SHOWN]))
    more = f" and {len(lost) - _SHOWN} more" if len(lost) > _SHOWN else ""
    lines = sum(each.lines for each in lost)
    sums = f"{lines:,} line{'s' * (lines != 1)} in {len(lost)} member{'s' * (len(lost) != 1)}"
    has = "have" if lines != 1 else "has"
    return Finding(
        path,
        lost[0].first,
        f"{sums} {has} no other place yet: {shown}{more}",
        "move them by steps before this one, or give what may go a reason under loses:",
        "destination",
    )
