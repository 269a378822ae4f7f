"""The members and attributes of a class as a graph: who calls, reads and writes what."""

import ast
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from carve.plan.refs import ClassRef
from carve.source.attributes import Attribute, attributes
from carve.source.cut import Cut
from carve.source.members import HostClass, Member
from carve.suggest.uses import Use, uses_of_member, uses_of_value, words_within

__all__ = ["CONSTRUCTORS", "Edge", "Kind", "MemberGraph", "Node", "Relation", "member_graph"]

Kind = Literal["method", "property", "class", "class attribute", "instance attribute"]
Relation = Literal["calls", "reads", "writes"]
CONSTRUCTORS = frozenset({"__init__", "__new__", "__post_init__"})
_PROPERTIES = frozenset({"property", "cached_property", "abstractproperty"})


@dataclass(frozen=True, slots=True)
class Node:
    """A member of the class, or an attribute that its constructor assigns."""

    name: str
    kind: Kind
    line: int
    lines: int
    words: Counter[str] = field(compare=False)

    @property
    def runs(self) -> bool:
        """Tell whether it is code to be run: a method or a property."""
        return self.kind in ("method", "property")


@dataclass(frozen=True, slots=True, order=True)
class Edge:
    """`source` calls, reads or writes `target`, `count` times."""

    source: str
    target: str
    relation: Relation
    count: int


@dataclass(frozen=True)
class MemberGraph:
    """A class as nodes and edges.

    Attributes:
        host: The class.
        nodes: Its members and attributes by name, in the order of the text.
        edges: The uses among them.
        outside: The uses of what the class inherits, or sets outside of its constructor.
        helpers: Functions, classes and constants of the module with the members that use them.
    """

    host: HostClass
    nodes: dict[str, Node]
    edges: tuple[Edge, ...]
    outside: tuple[Edge, ...]
    helpers: dict[str, tuple[str, ...]]

    @cached_property
    def users(self) -> dict[str, frozenset[str]]:
        """Return who uses each node, the constructor left out."""
        return _users(self.edges)

    @cached_property
    def outside_users(self) -> dict[str, frozenset[str]]:
        """Return who uses each name from outside, the constructor left out."""
        return _users(self.outside)


def member_graph(host: HostClass) -> MemberGraph:
    """Return the graph of a class as its text tells it; nothing is imported or run."""
    assigned = attributes(host)
    inside = {name: each for name, each in assigned.items() if name not in host.members}
    nodes = {name: _member_node(member) for name, member in host.members.items()}
    nodes |= {name: _attribute_node(each) for name, each in inside.items()}
    found: list[Edge] = []
    for name, member in host.members.items():
        found += _edges(name, uses_of_member(host, member))
    for name, each in inside.items():
        found += _edges(name, uses_of_value(host, each))
    return MemberGraph(
        host,
        dict(sorted(nodes.items(), key=lambda item: item[1].line)),
        tuple(sorted(edge for edge in found if edge.target in nodes)),
        tuple(sorted(edge for edge in found if edge.target not in nodes)),
        _helpers(host),
    )


def _users(edges: tuple[Edge, ...]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for edge in edges:
        if edge.source not in CONSTRUCTORS:
            found.setdefault(edge.target, set()).add(edge.source)
    return {name: frozenset(users) for name, users in found.items()}


def _edges(name: str, uses: Counter[Use]) -> Iterator[Edge]:
    for use, count in uses.items():
        if use.target != name:
            yield Edge(name, use.target, use.relation, count)


def _member_node(member: Member) -> Node:
    first = member.nodes[0]
    lines = sum(map(len, set(member.regions)))
    words = words_within(member.name, member.nodes)
    return Node(member.name, _kind(member), first.lineno, lines, words)


def _attribute_node(each: Attribute) -> Node:
    words = words_within(each.name, (each.node,))
    return Node(each.name, "instance attribute", each.line, len(each.region), words)


def _kind(member: Member) -> Kind:
    if not member.functions:
        return "class" if hasattr(member.nodes[0], "bases") else "class attribute"
    marks = {
        getattr(decorator, "attr", getattr(decorator, "id", ""))
        for decorator in member.functions[0].decorator_list
    }
    return "property" if marks & _PROPERTIES else "method"


def _helpers(host: HostClass) -> dict[str, tuple[str, ...]]:
    own = {
        name
        for name, binding in host.module.bindings.items()
        if binding.kind == "helper" and name != host.name
    }
    found: dict[str, list[str]] = {}
    for name, member in host.members.items():
        for helper in sorted(own & _globals(host, member)):
            found.setdefault(helper, []).append(name)
    return {helper: tuple(users) for helper, users in sorted(found.items())}


def _globals(host: HostClass, member: Member) -> frozenset[str]:
    cut = Cut(host, ClassRef(host.module.name, host.name), (member,))
    try:
        return cut.used.runtime | cut.used.types
    except SyntaxError:
        # Statements that share a line with others are no text of their own.
        return frozenset(member_name for node in member.nodes for member_name in _names(node))


def _names(node: ast.AST) -> Iterator[str]:
    yield from (inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name))
