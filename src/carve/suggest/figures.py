"""How much the parts of a class have to do with each other, and with the rest.

All figures leave the constructor out, as Bieman and Kang do: it touches everything there is.
Properties count as methods. They are told for a whole class and for any part of it.
"""

from collections.abc import Collection
from dataclasses import dataclass
from itertools import combinations

from carve.suggest.graph import CONSTRUCTORS, Edge, MemberGraph

__all__ = ["Figures", "figures"]


@dataclass(frozen=True, slots=True)
class Figures:
    """Cohesion and coupling of a class, or of some of its members.

    Attributes:
        members: How many members and attributes there are.
        lines: How many lines they have.
        lcom4: Parts without a connection. Hitz and Montazeri, "Measuring coupling and cohesion
            in object-oriented systems" (1995): the components of the graph in which two methods
            are connected when one uses the other or both use an attribute. 1 is cohesive, 0 means
            that there are no methods.
        tcc: Tight class cohesion. Bieman and Kang, "Cohesion and reuse in an object-oriented
            system" (1995): the share of pairs of methods that use a common attribute, themselves
            or through methods that they call. They ask public methods alone; here all are asked,
            as a mixin consists of private ones as well. None without a pair.
        lcc: Loose class cohesion (ibid.): the same for pairs that a chain of such pairs connects.
        attribute_coupling: Which share of the uses of attributes crosses the border: an attribute
            out there used in here, or one in here used out there. None without a use.
        call_coupling: The same for uses of methods. Both are the outer relations of a module in
            the sense of Briand, Morasca and Basili, "Property-based software engineering
            measurement" (1996), over all of its relations. Each pair counts once.
    """

    members: int
    lines: int
    lcom4: int
    tcc: float | None
    lcc: float | None
    attribute_coupling: float | None
    call_coupling: float | None


def figures(graph: MemberGraph, part: Collection[str] | None = None) -> Figures:
    """Return the figures of the whole class, or of the members in `part`."""
    chosen = set(graph.nodes if part is None else part)
    methods = [n for n in graph.nodes if n in chosen and graph.nodes[n].runs]
    methods = [name for name in methods if name not in CONSTRUCTORS]
    tight = _tight(graph, methods, chosen)
    pairs = len(methods) * (len(methods) - 1) // 2
    loose = sum(len(c) * (len(c) - 1) // 2 for c in _components(methods, tight))
    plain = [edge for edge in _relations(graph) if _is_attribute(graph, edge)]
    calls = [edge for edge in _relations(graph) if not _is_attribute(graph, edge)]
    return Figures(
        members=len(chosen),
        lines=sum(graph.nodes[name].lines for name in chosen),
        lcom4=len(_components(methods, _connected(graph, methods, chosen))),
        tcc=round(len(tight) / pairs, 3) if pairs else None,
        lcc=round(loose / pairs, 3) if pairs else None,
        attribute_coupling=_crossing(plain, chosen),
        call_coupling=_crossing(calls, chosen),
    )


def _relations(graph: MemberGraph) -> list[Edge]:
    return [e for e in (*graph.edges, *graph.outside) if e.source not in CONSTRUCTORS]


def _is_attribute(graph: MemberGraph, edge: Edge) -> bool:
    """Tell uses of attributes from those of methods; outside, what is called is a method."""
    node = graph.nodes.get(edge.target)
    return edge.relation != "calls" if node is None else not node.runs


def _crossing(edges: list[Edge], chosen: set[str]) -> float | None:
    pairs = {(edge.source, edge.target) for edge in edges}
    touching = [pair for pair in pairs if chosen & set(pair)]
    crossing = [pair for pair in touching if not chosen >= set(pair)]
    return round(len(crossing) / len(touching), 3) if touching else None


def _own_data(graph: MemberGraph, chosen: set[str]) -> dict[str, set[str]]:
    """Return the attributes of the part that each method uses itself."""
    found: dict[str, set[str]] = {}
    for edge in graph.edges:
        if edge.target in chosen and not graph.nodes[edge.target].runs:
            found.setdefault(edge.source, set()).add(edge.target)
    return found


def _callees(graph: MemberGraph, methods: list[str]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {name: set() for name in methods}
    for edge in graph.edges:
        if edge.source in found and edge.target in found:
            found[edge.source].add(edge.target)
    return found


def _connected(graph: MemberGraph, methods: list[str], chosen: set[str]) -> set[tuple[str, str]]:
    data = _own_data(graph, chosen)
    calls = _callees(graph, methods)
    return {
        (one, other)
        for one, other in combinations(methods, 2)
        if data.get(one, set()) & data.get(other, set())
        or other in calls[one]
        or one in calls[other]
    }


def _tight(graph: MemberGraph, methods: list[str], chosen: set[str]) -> set[tuple[str, str]]:
    data = _own_data(graph, chosen)
    calls = _callees(graph, methods)
    reached = {
        name: {each for callee in _reached(name, calls) for each in data.get(callee, ())}
        for name in methods
    }
    return {pair for pair in combinations(methods, 2) if reached[pair[0]] & reached[pair[1]]}


def _reached(name: str, calls: dict[str, set[str]]) -> set[str]:
    found: set[str] = set()
    todo = [name]
    while todo:
        each = todo.pop()
        if each not in found:
            found.add(each)
            todo += calls[each]
    return found


def _components(names: list[str], pairs: set[tuple[str, str]]) -> list[set[str]]:
    near: dict[str, set[str]] = {name: set() for name in names}
    for one, other in pairs:
        near[one].add(other)
        near[other].add(one)
    found: list[set[str]] = []
    for name in names:
        if not any(name in component for component in found):
            found.append(_reached(name, near))
    return found
