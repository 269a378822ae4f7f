"""The result of an extraction as text, before and after: what the checks afterwards look at."""

import ast
from dataclasses import dataclass
from functools import cached_property

from carve.source.cut import Cut
from carve.source.members import HostClass
from carve.source.module import Module
from carve.source.remainder import new_imports
from carve.source.text import Source


@dataclass(frozen=True)
class Extraction:
    """A cut with the two texts that it leads to."""

    cut: Cut
    host_source: Source
    mixin_source: Source

    @property
    def before(self) -> Module:
        """Return the host's module as it was."""
        return self.cut.module

    @cached_property
    def host_module(self) -> Module:
        """Return the host's module afterwards."""
        return Module(self.cut.module.name, self.host_source)

    @cached_property
    def mixin_module(self) -> Module:
        """Return the new module."""
        return Module(self.cut.target.module, self.mixin_source)

    @cached_property
    def host(self) -> HostClass:
        """Return the host class afterwards."""
        return _class_in(self.host_module, self.cut.host.name)

    @cached_property
    def mixin(self) -> HostClass:
        """Return the mixin."""
        return _class_in(self.mixin_module, self.cut.target.name)

    @property
    def unused_imports(self) -> frozenset[str]:
        """Return imports of the old module that lost their last use and stay importable."""
        module = self.host_module
        imported = {n for n, b in module.bindings.items() if b.kind == "import"}
        lost = imported & (self.cut.runtime_names | self.cut.type_names)
        reexported = module.exported | {item.bound for item in new_imports(self.cut)}
        return frozenset(lost - set(self.cut.used_by_rest) - reexported)


def _class_in(module: Module, name: str) -> HostClass:
    node = module.class_named(name)
    return HostClass(module, node if node is not None else ast.parse(f"class {name}: ...").body[0])  # type: ignore[arg-type]
