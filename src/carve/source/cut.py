"""What one extraction moves and what stays, as far as the text of the host's module tells."""

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from carve.plan.refs import ClassRef
from carve.source.attributes import Attribute, attributes, run_before
from carve.source.members import HostClass, Member, Region, definitions, grow
from carve.source.module import Binding, Module
from carve.source.names import (
    BUILTINS,
    Used,
    self_attributes,
    used_by_members,
    used_by_statements,
)
from carve.source.reach import Reach


@dataclass(frozen=True)
class Cut:
    """A line drawn through a class: `members`, `attributes` and `helpers` go to `target`.

    `attributes` are the statements of the constructor that go, in their order; `overrides` are
    members of the mixin that the host defines in its own way. Where it `reaches` back, moved
    methods look up what the host's module defines, or has `replaced` by tests, in that module.
    """

    host: HostClass
    target: ClassRef
    members: tuple[Member, ...]
    attributes: tuple[Attribute, ...] = ()
    helpers: tuple[Binding, ...] = ()
    drops: frozenset[str] = frozenset()
    leaves: frozenset[str] = frozenset()
    subcontract: ClassRef | None = None
    registry: str | None = None
    overrides: frozenset[str] = frozenset()
    reaches: bool = False
    replaced: frozenset[str] = frozenset()

    @property
    def module(self) -> Module:
        """Return the module that the code leaves."""
        return self.host.module

    @property
    def member_names(self) -> frozenset[str]:
        """Return the names of the members that move."""
        return frozenset(member.name for member in self.members)

    @property
    def attribute_names(self) -> frozenset[str]:
        """Return the names that moved statements of the constructor assign."""
        return frozenset(each.name for each in self.attributes if not each.is_call)

    @property
    def this(self) -> str:
        """Return what the constructor calls the instance."""
        init = self.host.init
        return init.args.args[0].arg if init is not None and init.args.args else "self"

    @property
    def is_slotted(self) -> bool:
        """Tell whether the mixin has to leave the layout of instances to the host."""
        return "__slots__" in self.host.members

    @cached_property
    def leading(self) -> frozenset[str]:
        """Return the names of moved statements that follow `super().__init__` directly.

        The mixin's constructor ends just before the rest of the host's runs, so the moment of
        these does not change at all.
        """
        init = self.host.init
        moved = {id(each.node) for each in self.attributes}
        return frozenset(
            each.name
            for each in self.attributes
            if init is not None and all(id(n) in moved for n in run_before(init, each.node))
        )

    @property
    def helper_names(self) -> frozenset[str]:
        """Return the module-level names that move along."""
        return frozenset(helper.name for helper in self.helpers)

    @cached_property
    def regions(self) -> tuple[Region, ...]:
        """Return the lines of the class body that move, in order."""
        found = {region for member in self.members for region in member.regions}
        return tuple(sorted(found, key=lambda region: region.start))

    @cached_property
    def helper_regions(self) -> tuple[Region, ...]:
        """Return the module-level lines that move, in order."""
        found = {_region(self.module, helper.node) for helper in self.helpers}
        return tuple(sorted(found, key=lambda region: region.start))

    @property
    def line_count(self) -> int:
        """Return how many lines move."""
        inside = [attribute.region for attribute in self.attributes]
        return sum(map(len, (*self.regions, *self.helper_regions, *inside)))

    @cached_property
    def moved_nodes(self) -> tuple[ast.stmt, ...]:
        """Return the statements of the class body that move."""
        found = {id(node): node for member in self.members for node in member.nodes}
        return tuple(found.values())

    @cached_property
    def moved_definitions(self) -> tuple[ast.stmt, ...]:
        """Return the same, with what stands under an `if` one by one."""
        return tuple(each for node in self.moved_nodes for each in definitions(node))

    @cached_property
    def staying_nodes(self) -> tuple[ast.stmt, ...]:
        """Return the statements of the class body that stay."""
        moved = {id(node) for node in self.moved_nodes}
        return tuple(node for node in self.host.node.body if id(node) not in moved)

    @cached_property
    def used(self) -> Used:
        """Return the global names that the moved members and attributes use."""
        text = "".join(self.module.source.slice(r.start, r.end) for r in self.regions)
        members = used_by_members(text, postponed=self.module.postponed) if text else Used()
        values = frozenset(_expression_names(a.node.value for a in self.attributes)) - {self.this}
        # Python does not evaluate the annotation of an attribute inside of a function.
        types = frozenset(_expression_names(_annotation(a) for a in self.attributes))
        return Used(members.runtime | values, (members.types | types) - values, members.header)

    @cached_property
    def used_by_helpers(self) -> Used:
        """Return the global names that the moved helpers use."""
        text = "".join(self.module.source.slice(r.start, r.end) for r in self.helper_regions)
        return used_by_statements(text, postponed=self.module.postponed)

    @cached_property
    def runtime_names(self) -> frozenset[str]:
        """Return every global name, builtins left out, that moved code looks up when it runs."""
        shadowed = BUILTINS & set(self.module.bindings)
        return (self.used.runtime | self.used_by_helpers.runtime) - (BUILTINS - shadowed)

    @cached_property
    def type_names(self) -> frozenset[str]:
        """Return the global names that only annotations of moved code mention."""
        shadowed = BUILTINS & set(self.module.bindings)
        types = self.used.types | self.used_by_helpers.types
        return types - self.runtime_names - (BUILTINS - shadowed)

    @cached_property
    def reach(self) -> Reach:
        """Return what moved code looks up in the module that it leaves."""
        return Reach(self)

    @cached_property
    def used_by_rest(self) -> frozenset[str]:
        """Return the names that the code which stays in the module mentions anywhere."""
        moved = {id(node) for node in (*self.moved_nodes, *(h.node for h in self.helpers))}
        moved |= {id(attribute.node) for attribute in self.attributes}
        found = frozenset(_mentioned(self.module.tree, moved))
        return found | self.reach.late | self.reach.typed

    @cached_property
    def offered(self) -> frozenset[str]:
        """Return the attributes of `self` that moved code uses and does not bring along."""
        own = self.member_names | self.attribute_names
        if "__init__" in self.member_names:
            own |= attributes(self.host).keys()
        used = self_attributes(self.moved_definitions) | frozenset(self._used_by_attributes())
        return frozenset(name for name in used - own if not name.startswith("__"))

    def _used_by_attributes(self) -> Iterator[str]:
        """Yield the attributes of the instance that moved statements of the constructor read."""
        for attribute in self.attributes:
            for node in ast.walk(attribute.node):
                owner = node.value if isinstance(node, ast.Attribute) else None
                if isinstance(owner, ast.Name) and owner.id == self.this:
                    yield node.attr  # type: ignore[attr-defined]  # it has an owner


def _region(module: Module, node: ast.stmt) -> Region:
    decorators = getattr(node, "decorator_list", [])
    first = min([node.lineno, *(decorator.lineno for decorator in decorators)])
    return grow(module.source, first, node.end_lineno or first, node.col_offset)


def _expression_names(expressions: Iterable[ast.expr | None]) -> Iterator[str]:
    for expression in expressions:
        for inner in ast.walk(expression) if expression is not None else ():
            if isinstance(inner, ast.Name):
                yield inner.id


def _annotation(attribute: Attribute) -> ast.expr | None:
    return getattr(attribute.node, "annotation", None)


def _mentioned(tree: ast.AST, moved: set[int]) -> Iterator[str]:
    todo: list[ast.AST] = [tree]
    while todo:
        node = todo.pop()
        if id(node) in moved or isinstance(node, ast.Import | ast.ImportFrom):
            continue
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            # A string annotation mentions names too; a word too many only keeps an import.
            yield from _words(node.value)
        todo += ast.iter_child_nodes(node)


def _words(text: str) -> list[str]:
    if len(text) > 200:  # noqa: PLR2004 - longer than any annotation: prose
        return []
    return [word for word in text.replace(".", " ").split() if word.isidentifier()]
