"""What moved code keeps taking from the module that it leaves, by name and by place."""

import ast
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from carve.source.lookups import Lookup, annotated, late_names, lookups, wrappers
from carve.source.members import Function
from carve.source.standing import standing, typed_only

if TYPE_CHECKING:
    from carve.source.cut import Cut

__all__ = ["Reach"]

_DEFINED = frozenset({"helper", "conditional", "rebound"})


@dataclass(frozen=True)
class Reach:
    """The names that code of a cut goes on taking from the host's module; none unless it may."""

    cut: "Cut"

    @cached_property
    def lookups(self) -> tuple[Lookup, ...]:
        """Return the imports from the host's module that moved functions begin with."""
        if not self.cut.reaches:
            return ()
        wanted = standing(self.cut.module) & (self._defined | self.cut.replaced)
        wanted -= self.cut.helper_names | self.early
        return lookups(self.cut.module, self._late, wanted)

    @cached_property
    def late(self) -> frozenset[str]:
        """Return the names that moved functions look up in the host's module."""
        return frozenset(name for each in self.lookups for name in each.names)

    @cached_property
    def early(self) -> frozenset[str]:
        """Return the global names that moved code needs as soon as it is imported."""
        late = {name for node in self._late for name in late_names(self.cut.module, node)}
        values = {
            inner.id
            for attribute in self.cut.attributes
            for inner in ast.walk(attribute.node)
            if isinstance(inner, ast.Name)
        }
        return (self.cut.runtime_names - late) | self.cut.used.header | values

    @cached_property
    def annotated(self) -> frozenset[str]:
        """Return the global names that annotations of moved members mention."""
        return annotated(self.cut.moved_nodes, postponed=self.cut.module.postponed)

    @cached_property
    def typed(self) -> frozenset[str]:
        """Return what annotations mention and the host's module defines."""
        if not self.cut.reaches:
            return frozenset()
        known = standing(self.cut.module) | typed_only(self.cut.module)
        mentioned = self.annotated | self.cut.type_names
        return mentioned & known & self._defined - self.cut.helper_names

    @cached_property
    def resolved(self) -> frozenset[str]:
        """Return those which whoever resolves annotations finds in the host's module."""
        return self.typed & self.annotated & standing(self.cut.module)

    @property
    def _defined(self) -> frozenset[str]:
        bindings = self.cut.module.bindings
        return frozenset(name for name, each in bindings.items() if each.kind in _DEFINED)

    @property
    def _late(self) -> list[Function]:
        """Return the functions that run later than the module is imported."""
        members = [node for node in self.cut.moved_definitions if isinstance(node, Function)]
        helpers = [each for helper in self.cut.helpers for each in wrappers(helper.node)]
        return [*members, *helpers]
