"""Which lines belong to the names that a step moves, before it moves them."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from carve.plan.model import StepSpec
from carve.plan.refs import ClassRef
from carve.plan.spec_merge_members import MergeMembersSpec
from carve.source.attributes import attributes, calls
from carve.source.members import HostClass, Region, grow
from carve.source.module import Module
from carve.workspace import Workspace

__all__ = ["Leaving", "givers", "leaving"]


@dataclass(frozen=True, slots=True)
class Leaving:
    """One name with the lines that define it."""

    name: str
    owner: str
    path: str
    regions: tuple[range, ...]


def givers(spec: StepSpec) -> tuple[ClassRef, ...]:
    """Return the classes that the step takes apart."""
    return spec.hosts if getattr(spec, "members", ()) else ()


def leaving(spec: StepSpec, workspace: Workspace) -> list[Leaving]:
    """Return the names that `spec` takes from its hosts, as far as the hosts have them."""
    return [
        found
        for index, host in enumerate(spec.hosts)
        for found in _of_host(spec, index, host, workspace)
    ]


def _of_host(spec: StepSpec, index: int, ref: ClassRef, workspace: Workspace) -> Iterator[Leaving]:
    path = workspace.path_of(ref.module)
    if path is None:
        return
    module = workspace.module_at(path)
    host = _host(module, ref) if givers(spec) else None
    known = _members(host) if host is not None else {}
    names = (*spec.moved, *getattr(spec, "calls", ()))
    if isinstance(spec, MergeMembersSpec):
        names = tuple(spec.name_in(index, name) for name in names)
    for name in dict.fromkeys(names):
        if name in known:
            regions, owner = known[name], str(ref)
        elif name in module.bindings:
            regions, owner = (_top_level(module, module.bindings[name].node),), ref.module
        else:
            continue
        yield Leaving(name, owner, path, tuple(range(r.start, r.end + 1) for r in regions))


def _host(module: Module, ref: ClassRef) -> HostClass | None:
    node = module.class_named(ref.name)
    return HostClass(module, node) if node is not None else None


def _members(host: HostClass) -> dict[str, tuple[Region, ...]]:
    """Return the lines of what the constructor does, and of members, which come first."""
    inside = {**calls(host), **attributes(host)}
    found = {name: (attribute.region,) for name, attribute in inside.items()}
    return found | {name: member.regions for name, member in host.members.items()}


def _top_level(module: Module, node: ast.stmt) -> Region:
    decorators: list[ast.expr] = getattr(node, "decorator_list", [])
    first = min([node.lineno, *(decorator.lineno for decorator in decorators)])
    return grow(module.source, first, node.end_lineno or first, node.col_offset)
