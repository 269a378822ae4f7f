"""Point a file's patches of module globals at the module to which the code has moved."""

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from carve.source.module import Module
from carve.source.patches import Patch
from carve.source.text import Source

__all__ = ["Aim", "followed", "held_back"]

_BY_TEXT = frozenset({"patch", "setattr", "delattr"})


@dataclass(frozen=True, slots=True)
class Aim:
    """Patches of `names` in the module `old` are to be patches in `new`."""

    old: str
    new: str
    names: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Change:
    start: tuple[int, int]
    end: tuple[int, int]
    text: str


def held_back(
    module: Module, found: Iterable[Patch], aim: Aim, *, foreign: frozenset[str]
) -> Iterator[Patch]:
    """Yield each of the patches in the file that cannot be rewritten.

    `foreign` are names of the file's top level that other files mention as well.
    """
    found = tuple(found)
    for patch in found:
        if patch.name in aim.names and not list(_changes(module, patch, found, aim, foreign)):
            yield patch


def followed(
    module: Module, found: Iterable[Patch], aim: Aim, *, foreign: frozenset[str]
) -> Source:
    """Return the file with each of its patches pointed at the new module."""
    found = tuple(found)
    changes: dict[tuple[int, int], _Change] = {}
    for patch in found:
        if patch.name in aim.names:
            changes |= {c.start: c for c in _changes(module, patch, found, aim, foreign)}
    return _changed(module.source, changes.values())


def _changes(
    module: Module, patch: Patch, found: tuple[Patch, ...], aim: Aim, foreign: frozenset[str]
) -> Iterator[_Change]:
    node = patch.node
    if patch.how == "text" and isinstance(node, ast.Constant) and not patch.parts:
        if _is_target(module, node, foreign):
            yield from _renamed(module, node, f"{aim.old}.", f"{aim.new}.")
    elif patch.how == "object" and isinstance(node, ast.Call):
        yield from _object(module, node, aim)
    elif patch.how == "multiple" and isinstance(node, ast.Call):
        mine = {each.name for each in found if each.node is node}
        if mine <= aim.names:
            yield from _multiple(module, node, aim)


def _is_target(module: Module, node: ast.Constant, foreign: frozenset[str]) -> bool:
    """Tell whether the text is given to a patch, or bound to a name that only patches use."""
    if id(node) in _first_arguments(module):
        return True
    for each in module.nodes:
        if isinstance(each, ast.Assign) and each.value is node:
            names = {getattr(target, "id", "") for target in each.targets}
            return len(names) == 1 and not names & foreign and _only_patched(module, min(names))
    return False


def _only_patched(module: Module, name: str) -> bool:
    bound = sum(isinstance(n, ast.Name) and n.id == name and _is_store(n) for n in module.nodes)
    reads = [n for n in module.nodes if isinstance(n, ast.Name) and n.id == name]
    given = _first_arguments(module)
    listed = any(isinstance(n, ast.Constant) and n.value == name for n in module.nodes)
    return bound == 1 and not listed and all(id(n) in given or _is_store(n) for n in reads)


def _is_store(node: ast.Name) -> bool:
    return not isinstance(node.ctx, ast.Load)


def _first_arguments(module: Module) -> set[int]:
    """Return what `patch`, `setattr` and `delattr` are given as the text of their target."""
    found: set[int] = set()
    for node in module.nodes:
        if isinstance(node, ast.Call) and _last(node.func) in _BY_TEXT:
            found |= {id(each) for each in node.args[:1]}
            found |= {id(each.value) for each in node.keywords if each.arg == "target"}
    return found


def _object(module: Module, node: ast.Call, aim: Aim) -> Iterator[_Change]:
    """Rewrite `patch.object(mod, "x", ...)` and `monkeypatch.setattr(mod, "x", ...)`."""
    called = node.func
    if not isinstance(called, ast.Attribute) or len(node.args) < 2:  # noqa: PLR2004 - a pair
        return
    owner, name = node.args[:2]
    if not isinstance(name, ast.Constant) or isinstance(owner, ast.Starred):
        return
    changes = list(_renamed(module, name, "", f"{aim.new}."))
    if not changes or called.attr not in {"object", "setattr", "delattr"}:
        return
    if called.attr == "object":
        if _last(called.value) != "patch":
            return
        yield _Change(_end(called.value), _end(called), "")
    yield _Change(_start(owner), _start(name), "")
    yield from changes


def _multiple(module: Module, node: ast.Call, aim: Aim) -> Iterator[_Change]:
    """Rewrite `patch.multiple(mod, x=...)`; all that it replaces is to follow."""
    if not node.args:
        return
    first = node.args[0]
    if isinstance(first, ast.Constant):
        yield from _renamed(module, first, aim.old, aim.new)
    else:
        yield _Change(_start(first), _end(first), f'"{aim.new}"')


def _renamed(module: Module, node: ast.Constant, old: str, new: str) -> Iterator[_Change]:
    """Rewrite the beginning of a text, when it is written in one piece and without escapes."""
    text = ast.get_source_segment(module.source.text, node) or ""
    quote = text[:1]
    plain = quote in {"'", '"'} and text == f"{quote}{node.value!s}{quote}"
    if plain and str(node.value).startswith(old):
        line, column = _start(node)
        yield _Change((line, column + 1), (line, column + 1 + len(old)), new)


def _changed(source: Source, changes: Iterable[_Change]) -> Source:
    starts = [0]
    for line in source.lines:
        starts.append(starts[-1] + len(line))

    def offset(place: tuple[int, int]) -> int:
        line, column = place
        inside = source.lines[line - 1].encode()[:column].decode()
        return starts[line - 1] + len(inside)

    text = source.text
    for each in sorted(changes, key=lambda change: change.start, reverse=True):
        text = text[: offset(each.start)] + each.text + text[offset(each.end) :]
    return Source(source.path, text, source.encoding)


def _start(node: ast.expr) -> tuple[int, int]:
    return node.lineno, node.col_offset


def _end(node: ast.expr) -> tuple[int, int]:
    return node.end_lineno or node.lineno, node.end_col_offset or node.col_offset


def _last(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")
