"""How close two members are: a weighted graph made of calls, data, helpers and words."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from carve.suggest.graph import CONSTRUCTORS, Edge, MemberGraph
from carve.suggest.words import cosine, rarity, weighed

__all__ = ["Likeness", "Weights", "likeness"]

_Pair = tuple[str, str]
# A name that many members share ties none of them together, and makes for a square of pairs.
_MOST_SHARED = 12
_NEIGHBOURS = 5
_LEAST_COSINE = 0.1


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each kind of closeness counts.

    A use ties its two ends together. What two members merely have in common counts less: the
    same inherited attribute, the same helper, the same words.
    """

    calls: float = 1.0
    data: float = 1.0
    words: float = 1.0
    helpers: float = 0.5
    inherited: float = 0.25


@dataclass(frozen=True)
class Likeness:
    """The closeness of pairs of members, one table for each kind, as fields of `Weights`."""

    names: tuple[str, ...]
    kinds: dict[str, dict[_Pair, float]]

    @cached_property
    def pairs(self) -> tuple[_Pair, ...]:
        """Return each pair that has anything in common, sorted."""
        return tuple(sorted({pair for table in self.kinds.values() for pair in table}))

    def weighted(self, weights: Weights) -> dict[_Pair, float]:
        """Return one weight for each pair."""
        return {
            pair: sum(
                getattr(weights, kind) * table.get(pair, 0.0) for kind, table in self.kinds.items()
            )
            for pair in self.pairs
        }


def likeness(graph: MemberGraph) -> Likeness:
    """Return how close the members are, those left out that belong to any class as such."""
    names = tuple(name for name in graph.nodes if _counts(graph, name))
    chosen = set(names)
    uses = [edge for edge in graph.edges if {edge.source, edge.target} <= chosen]
    runs = {name for name in names if graph.nodes[name].runs}
    return Likeness(
        names,
        {
            "calls": _used(graph, [edge for edge in uses if edge.target in runs]),
            "data": _used(graph, [edge for edge in uses if edge.target not in runs]),
            "words": dict(_worded(graph, names)),
            "helpers": _shared({n: set(users) for n, users in graph.helpers.items()}, chosen),
            "inherited": _shared(graph.outside_users, chosen),
        },
    )


def _counts(graph: MemberGraph, name: str) -> bool:
    special = name.startswith("__") and name.endswith("__")
    return name not in CONSTRUCTORS and (graph.nodes[name].runs or not special)


def _pair(one: str, other: str) -> _Pair:
    return (one, other) if one < other else (other, one)


def _used(graph: MemberGraph, edges: list[Edge]) -> dict[_Pair, float]:
    """Return the pairs of user and used; what many members use ties each of them less."""
    found: dict[_Pair, float] = {}
    for edge in edges:
        users = len(graph.users.get(edge.target, ()))
        pair = _pair(edge.source, edge.target)
        found[pair] = max(found.get(pair, 0.0), rarity(users, len(graph.nodes)))
    return found


def _shared(
    users: "dict[str, frozenset[str]] | dict[str, set[str]]", chosen: set[str]
) -> dict[_Pair, float]:
    found: dict[_Pair, float] = {}
    for name in sorted(users):
        mine = sorted(users[name] & chosen)
        if len(mine) <= _MOST_SHARED:
            for pair in combinations(mine, 2):
                found[pair] = found.get(pair, 0.0) + rarity(len(mine), len(chosen))
    return found


def _worded(graph: MemberGraph, names: tuple[str, ...]) -> Iterator[tuple[_Pair, float]]:
    """Yield the nearest neighbours by words; more of them would drown everything else."""
    documents = weighed({name: graph.nodes[name].words for name in names})
    for name in names:
        others = (
            (cosine(documents[name], documents[each]), each) for each in names if each != name
        )
        near = sorted((found for found in others if found[0] >= _LEAST_COSINE), reverse=True)
        yield from ((_pair(name, each), value) for value, each in near[:_NEIGHBOURS])
