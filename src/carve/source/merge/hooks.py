"""What a hook takes and gives back, or why a difference cannot be left to one."""

import ast
from dataclasses import dataclass

from carve.source.members import Function
from carve.source.merge.hook import Hook, HookSide
from carve.source.merge.limits import ends_by_returning, held_back
from carve.source.merge.outline import Outline, assigned
from carve.source.merge.places import Place
from carve.source.merge.scopes import bound_in, reads_and_writes

__all__ = ["hook_for"]


def hook_for(
    name: str,
    place: Place,
    functions: tuple[Function, ...],
    names: list[dict[str, str]],
    this: str,
) -> Hook | str:
    """Return the hook for a place; a text says why there can be none."""
    if reason := _out_of_reach(place, functions[0]):
        return reason
    ends = {ends_by_returning(nodes) for nodes in place.nodes}
    sides = [
        _side(function, nodes, place, known, this)
        for function, nodes, known in zip(functions, place.nodes, names, strict=True)
    ]
    returns = place.kind == "run" and ends == {True}
    outputs = {own for _, writes in sides for own in writes}
    given = () if returns else tuple(sorted(outputs, key=_position(functions[0], place)))
    # What only some of the classes set there, the others hand back as they got it.
    passed = {own for _, writes in sides for own in set(given) - set(writes)}
    inputs = _in_order({own for reads, _ in sides for own in reads} | passed, sides[0][0])
    kind = "expression" if place.kind == "expression" else "return" if returns else "statement"
    made = tuple(
        HookSide(
            nodes,
            tuple(known.get(own, own) for own in inputs),
            tuple(known.get(own, own) for own in given),
            function,
        )
        for function, nodes, known in zip(functions, place.nodes, names, strict=True)
    )
    reason = _unsafe(Outline.of(functions[0], place.first), inputs, given)
    return reason or next(filter(None, map(_hidden, made)), None) or Hook(name, place, kind, made)


def _out_of_reach(place: Place, function: Function) -> str | None:
    """Return why the code of some class cannot be a method, or cannot be called here."""
    reasons = (held_back(place, nodes) for nodes in place.nodes)
    if reason := next(filter(None, reasons), None):
        return reason
    if _is_class_level(function):
        return "a hook needs an instance, and this is a class method"
    if place.kind == "run" and len(set(map(ends_by_returning, place.nodes))) > 1:
        return "only some of the classes return there"
    return None


def _side(
    function: Function,
    nodes: tuple[ast.AST, ...],
    place: Place,
    known: dict[str, str],
    this: str,
) -> tuple[list[str], list[str]]:
    """Return what one host's code needs and sets, by the names of the first host.

    A name without a partner keeps its own, with a mark that no other host can have.
    """
    local = bound_in(function) - {this}
    reads, writes = reads_and_writes(nodes)
    rest = _outside(function, nodes)
    read_outside, written_outside = reads_and_writes(rest)
    sure = assigned(nodes)
    first_reads = _read_before_set(nodes)
    given = [name for name in writes & local if name in read_outside]
    if place.kind == "run" and ends_by_returning(nodes):
        given = []
    arguments = {inner.arg for inner in ast.walk(function.args) if isinstance(inner, ast.arg)}
    outer = written_outside | arguments
    needed = [
        name
        for name in sorted(reads & local, key=lambda name: (name not in first_reads, name))
        if name in outer and (name in first_reads or name not in sure)
    ]
    needed += [name for name in sorted(given) if name not in sure and name not in needed]
    back = {own: first for first, own in known.items()}
    return (
        [back.get(name, f"{name}?") for name in needed],
        [back.get(name, f"{name}?") for name in given],
    )


def _unsafe(outline: Outline, inputs: tuple[str, ...], outputs: tuple[str, ...]) -> str | None:
    for name in (*inputs, *outputs):
        if name.endswith("?"):
            return f"{name[:-1]!r} means something in some of the classes only"
        if outline.is_captured(name):
            return f"{name!r} is used by a function inside of the member, and changes"
    for name in inputs:
        if not outline.is_set_before(name):
            return f"{name!r} may not be set before it"
    for name in outputs:
        if not outline.is_read_nearby(name):
            return f"{name!r} is read where an error inside may have led"
    return None


def _hidden(side: HookSide) -> str | None:
    """Return what is wrong when a parameter of the hook would hide a global that it uses."""
    local = bound_in(side.function)
    reads, _ = reads_and_writes(side.nodes)
    for name in side.inputs:
        if side.inputs.count(name) > 1:
            return f"{name!r} would stand for two variables"
        if name in reads and name not in local:
            return f"{name!r} is a variable in one of the classes and a global in another"
    return None


def _is_class_level(function: Function) -> bool:
    kinds = {"staticmethod", "classmethod"}
    return any(ast.unparse(decorator) in kinds for decorator in function.decorator_list)


def _outside(function: Function, nodes: tuple[ast.AST, ...]) -> list[ast.AST]:
    """Return the parts of the function that do not contain the nodes."""
    inside = {id(node) for node in nodes}
    found: list[ast.AST] = []
    todo: list[ast.AST] = list(function.body)
    while todo:
        node = todo.pop()
        if id(node) in inside:
            continue
        if any(id(inner) in inside for inner in ast.walk(node)):
            found += _own_names(node)
            todo += ast.iter_child_nodes(node)
        else:
            found.append(node)
    return found


def _own_names(node: ast.AST) -> list[ast.AST]:
    """Return what a node with the place in it binds by itself: the error of a handler."""
    if isinstance(node, ast.ExceptHandler) and node.name:
        return [ast.Name(node.name, ast.Store())]
    if isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
        return [ast.Name(node.target.id, ast.Load())]
    return []


def _read_before_set(nodes: tuple[ast.AST, ...]) -> set[str]:
    """Return the names that a statement reads before one above it has certainly set them."""
    known: set[str] = set()
    found: set[str] = set()
    for node in nodes:
        found |= reads_and_writes([node])[0] - known
        known |= assigned((node,))
    return found


def _in_order(names: set[str], first: list[str]) -> tuple[str, ...]:
    return tuple(sorted(names, key=lambda n: (first.index(n) if n in first else len(first), n)))


def _position(function: Function, place: Place) -> "_Position":
    return _Position(place.nodes[0] or (function,))


@dataclass(frozen=True)
class _Position:
    nodes: tuple[ast.AST, ...]

    def __call__(self, name: str) -> tuple[int, str]:
        """Return where the name is set first."""
        walked = (inner for node in self.nodes for inner in ast.walk(node))
        for number, inner in enumerate(walked):
            bound = getattr(inner, "asname", None) or getattr(inner, "name", None)
            if name in (bound, getattr(inner, "id", None)):
                return number, name
        return 1 << 20, name
