"""The surroundings of a place in a function: what is set before it, and what is read after it."""

import ast
from collections.abc import Iterable
from dataclasses import dataclass

from carve.source.members import Function
from carve.source.merge.scopes import reads_and_writes

__all__ = ["Outline", "assigned"]

_DELAYED = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.GeneratorExp)
_FIELDS = ("body", "orelse", "finalbody", "handlers", "cases")


@dataclass(frozen=True)
class Outline:
    """A place in a function, with the nodes around it from the outermost on."""

    function: Function
    place: ast.AST
    around: tuple[ast.AST, ...]

    @classmethod
    def of(cls, function: Function, place: ast.AST) -> "Outline":
        """Return the outline of the place."""
        return cls(function, place, _way(function, place))

    def is_set_before(self, name: str) -> bool:
        """Tell whether the local is certainly set when the place is reached."""
        walked = ast.walk(self.function.args)
        arguments = {inner.arg for inner in walked if isinstance(inner, ast.arg)}
        deleted = any(
            isinstance(inner, ast.Delete) and name in reads_and_writes([inner])[1]
            for inner in ast.walk(self.function)
        )
        caught = any(
            isinstance(node, ast.ExceptHandler) and node.name == name for node in self.around
        )
        if caught:
            return True
        handled = any(
            isinstance(inner, ast.ExceptHandler) and inner.name == name
            for inner in ast.walk(self.function)
        )
        if deleted or handled:
            return False
        return name in arguments or any(name in assigned(part) for part in self._passed())

    def is_read_nearby(self, name: str) -> bool:
        """Tell whether all reads of a local are where no error inside the place can lead to."""
        guards = [
            (node, below)
            for node, below in zip(self.around, (*self.around[1:], self.place), strict=True)
            if isinstance(node, ast.Try | ast.TryStar | ast.With) and below in node.body
        ]
        if not guards:
            return True
        inner = guards[-1][0]
        kept = {id(node) for part in getattr(inner, "body", []) for node in ast.walk(part)}
        kept |= {id(node) for part in getattr(inner, "orelse", []) for node in ast.walk(part)}
        return all(
            id(node) in kept
            for node in ast.walk(self.function)
            if isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Load)
        )

    def is_captured(self, name: str) -> bool:
        """Tell whether code that may run later uses the local, which is set more than once."""
        used = any(
            name in reads_and_writes(ast.iter_child_nodes(node))[0]
            for node in ast.walk(self.function)
            if isinstance(node, _DELAYED) and node is not self.function
        )
        stored = [
            node
            for node in ast.walk(self.function)
            if isinstance(node, ast.Name) and node.id == name and not _is_load(node)
        ]
        return used and len(stored) > 1

    def _passed(self) -> Iterable[tuple[ast.AST, ...]]:
        """Yield what has certainly been run when the place is reached, group by group."""
        for node, below in zip(self.around, (*self.around[1:], self.place), strict=True):
            if isinstance(node, ast.For):
                yield (ast.Assign([node.target], ast.Constant(None)),)
            if isinstance(node, ast.With):
                yield tuple(
                    ast.Assign([item.optional_vars], ast.Constant(None))
                    for item in node.items
                    if item.optional_vars is not None
                )
            for name in _FIELDS:
                block = getattr(node, name, None)
                if isinstance(block, list) and below in block and name in _FIELDS[:3]:
                    yield tuple(block[: block.index(below)])


def assigned(nodes: tuple[ast.AST, ...]) -> set[str]:
    """Return the names that the statements set whatever happens, errors apart."""
    found: set[str] = set()
    for node in nodes:
        if isinstance(node, ast.Assign):
            found |= reads_and_writes(node.targets)[1]
        elif isinstance(node, ast.AnnAssign) and node.value is not None:
            found |= reads_and_writes([node.target])[1]
        elif isinstance(node, ast.With):
            targets = [item.optional_vars for item in node.items if item.optional_vars]
            found |= reads_and_writes(targets)[1]
        elif isinstance(
            node, ast.AugAssign | ast.Import | ast.ImportFrom | Function | ast.ClassDef
        ):
            found |= _bound_by(node)
    return found


def _bound_by(node: ast.stmt) -> set[str]:
    if isinstance(node, ast.AugAssign):
        return reads_and_writes([node.target])[1]
    if isinstance(node, Function | ast.ClassDef):
        return {node.name}
    return reads_and_writes([node])[1]


def _way(node: ast.AST, place: ast.AST) -> tuple[ast.AST, ...]:
    """Return the nodes from `node` down to the one that has the place in it."""
    for child in ast.iter_child_nodes(node):
        if child is place:
            return (node,)
        if below := _way(child, place):
            return (node, *below)
    return ()


def _is_load(node: ast.Name) -> bool:
    return isinstance(node.ctx, ast.Load)
