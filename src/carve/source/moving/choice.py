"""What is to move out of a module, and what the moved and the staying code use."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from carve.source.imports import Import, import_of
from carve.source.members import Region, grow
from carve.source.module import Binding, Module
from carve.source.names import BUILTINS, Used, names_in_annotations, used_by_statements

__all__ = ["Choice"]

# Builtins have these too, but each module has its own.
_OWN = frozenset({"__name__", "__file__", "__doc__", "__package__", "__spec__", "__path__"})


@dataclass(frozen=True)
class Choice:
    """Top-level `names` of `module` that go to the module called `target`.

    `drops` need not be importable from `module` any longer; the modules in `cuts` offer the names
    as well, and are to stop it.
    """

    module: Module
    names: tuple[str, ...]
    target: str
    drops: frozenset[str] = frozenset()
    cuts: frozenset[str] = frozenset()

    @property
    def origins(self) -> frozenset[str]:
        """Return the modules from which nobody is to take the names any longer."""
        return (frozenset({self.module.name}) | self.cuts) - {self.target}

    @property
    def bindings(self) -> list[Binding]:
        """Return what binds the names, as far as they are known."""
        known = self.module.bindings
        return [known[name] for name in self.names if name in known]

    @cached_property
    def regions(self) -> list[Region]:
        """Return the lines that move, in order, with decorators and leading comments."""
        found = {_region(self.module, binding.node) for binding in self.bindings}
        return sorted(found, key=lambda region: region.start)

    @property
    def line_count(self) -> int:
        """Return how many lines move."""
        return sum(map(len, self.regions))

    @cached_property
    def used(self) -> Used:
        """Return the global names that the moved code uses and does not bring along."""
        text = "\n".join(self.module.source.slice(r.start, r.end) for r in self.regions)
        found = used_by_statements(text, postponed=self.module.postponed)
        known = set(self.module.bindings) | (found.runtime | found.types) - (BUILTINS - _OWN)
        own = frozenset(self.names)
        return Used((found.runtime & known) - own, (found.types & known) - own)

    @cached_property
    def runtime_imports(self) -> set[Import]:
        """Return the imports that the moved code needs when it runs."""
        return self._imports(self.used.runtime, "import")

    @cached_property
    def type_imports(self) -> set[Import]:
        """Return the imports that only its annotations need."""
        types = self._imports(self.used.types, "import")
        typed = self._imports(self.used.types | self.used.runtime, "type-only")
        return (types | typed) - self.runtime_imports

    @cached_property
    def used_by_rest(self) -> frozenset[str]:
        """Return the moved names that the staying code uses."""
        return frozenset(self._rest()) & frozenset(self.names)

    @cached_property
    def used_by_moved(self) -> frozenset[str]:
        """Return the moved names that the moved code itself looks up."""
        nodes = [inner for b in self.bindings for inner in ast.walk(b.node)]
        loads = {n.id for n in nodes if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)}
        return frozenset(loads) & frozenset(self.names)

    @property
    def reimported(self) -> set[Import]:
        """Return what the old module imports afterwards: what it uses, and what it is to offer."""
        found: set[Import] = set()
        for name in self.names:
            exported = name in self.module.exported and name not in self.drops
            if name in self.used_by_rest or exported:
                found.add(Import(self.target, name))
            elif name not in self.drops:
                found.add(Import(self.target, name, name))
        return found

    def _imports(self, names: frozenset[str], kind: str) -> set[Import]:
        known = self.module.bindings
        return {
            import_of(known[name], self.module)
            for name in names
            if name in known and known[name].kind == kind
        }

    def _rest(self) -> Iterator[str]:
        moved = {id(binding.node) for binding in self.bindings}
        for node in self.module.tree.body:
            if id(node) in moved:
                continue
            yield from (inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name))
            yield from (name for name, _ in names_in_annotations(node))


def _region(module: Module, node: ast.stmt) -> Region:
    decorators = getattr(node, "decorator_list", [])
    first = min([node.lineno, *(decorator.lineno for decorator in decorators)])
    return grow(module.source, first, node.end_lineno or first, node.col_offset)
